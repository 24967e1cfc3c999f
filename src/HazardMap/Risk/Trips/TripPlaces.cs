namespace HazardMap.Risk.Trips;

/// <summary>How far children live around the point that stands for them: the standard deviation in metres, by kind of the point.</summary>
public sealed class SettlementSpread
{
    private readonly TripNumber _perRadius, _least, _most;

    internal SettlementSpread(TripNumbers ask)
    {
        Building = ask.Number("homes.spreadMetres.building", 0, 10_000);
        Place = ask.Number("homes.spreadMetres.place", 0, 10_000);
        ChildrensHome = ask.Number("homes.spreadMetres.childrensHome", 0, 10_000);
        _perRadius = ask.Number("homes.spreadMetres.centre.perRadius", 0, 10);
        _least = ask.Number("homes.spreadMetres.centre.least", 0, 10_000);
        _most = ask.Number("homes.spreadMetres.centre.most", 0, 10_000);
        if (_most.Value < _least.Value)
            throw ask.Refuse(_most.Path, $"must be at least {_least.Path}", $"不得小于 {_least.Path}");
        Radii = [.. ((string[])["inner", "middle", "outer"]).Select(r => ask.Number($"homes.radii.{r}", 0, 10))];
        for (var i = 1; i < Radii.Count; i++)
            if (!(Radii[i].Value > Radii[i - 1].Value))
                throw ask.Refuse(Radii[i].Path, $"must be greater than {Radii[i - 1].Path}", $"须大于 {Radii[i - 1].Path}");
    }

    /// <summary>Around a residential building, or a cell of them.</summary>
    public TripNumber Building { get; }

    /// <summary>Around a named place.</summary>
    public TripNumber Place { get; }

    /// <summary>Around a children's home that stands for a settlement.</summary>
    public TripNumber ChildrensHome { get; }

    /// <summary>Radii of the three rings of offsets, in standard deviations; each has eight bearings, 45 degrees apart.</summary>
    public IReadOnlyList<TripNumber> Radii { get; }

    /// <summary>Around the centre of a division of that size; of one whose size nobody knows: the most.</summary>
    public double CentreMetres(double? squareKilometres) =>
        squareKilometres is { } size && size >= 0 && double.IsFinite(size)
            ? Math.Clamp(_perRadius.Value * Math.Sqrt(size / Math.PI) * 1000, _least.Value, _most.Value) : _most.Value;
}

/// <summary>Who of the children at home is where by day.</summary>
public sealed class TripCatchments
{
    internal TripCatchments(TripNumbers ask)
    {
        KindergartenStage = ask.Number("catchment.stages.kindergarten", 0, 1);
        PrimaryStage = ask.Number("catchment.stages.primary", 0, 1);
        JuniorStage = ask.Number("catchment.stages.junior", 0, 1);
        if (KindergartenStage.Value + PrimaryStage.Value + JuniorStage.Value > 1 + 1e-12)
            throw ask.Refuse("catchment.stages", "are shares of the same children: together at most 1",
                "为同一群儿童的比例：合计不得超过 1");
        SchoolMetres = ask.Number("catchment.farthestMetres.school", 0, 100_000);
        KindergartenMetres = ask.Number("catchment.farthestMetres.kindergarten", 0, 100_000);
        ChildrensHomeMetres = ask.Number("catchment.farthestMetres.childrensHome", 0, 100_000);
        PoolMetres = ask.Number("catchment.farthestMetres.pool", 0, 100_000);
    }

    /// <summary>Share of children aged 5 to 14 who are still of the age of a kindergarten.</summary>
    public TripNumber KindergartenStage { get; }

    /// <summary>Share of them who are of the age of primary school.</summary>
    public TripNumber PrimaryStage { get; }

    /// <summary>Share of them who are of the age of junior middle school.</summary>
    public TripNumber JuniorStage { get; }

    /// <summary>A school takes no child who lives farther, straight.</summary>
    public TripNumber SchoolMetres { get; }

    /// <inheritdoc cref="SchoolMetres"/>
    public TripNumber KindergartenMetres { get; }

    /// <inheritdoc cref="SchoolMetres"/>
    public TripNumber ChildrensHomeMetres { get; }

    /// <inheritdoc cref="SchoolMetres"/>
    public TripNumber PoolMetres { get; }
}

/// <summary>What a fence is worth that nobody looks at.</summary>
public sealed class FenceUpkeep
{
    internal FenceUpkeep(TripNumbers ask)
    {
        InspectedWithinDays = ask.Number("fence.inspectedWithinDays", 0, 100_000);
        KeptOtherwise = ask.Number("fence.keptOtherwise", 0, 1);
    }

    /// <summary>A fence that was inspected no longer ago has its whole effect.</summary>
    public TripNumber InspectedWithinDays { get; }

    /// <summary>The share of its effect, on the logarithm, that another keeps.</summary>
    public TripNumber KeptOtherwise { get; }
}

/// <summary>Deaths by drowning nationwide, and how much they weigh against a county's own.</summary>
public sealed class DeathRates
{
    internal DeathRates(TripNumbers ask)
    {
        Per100000 = ask.PerAge("rates.per100000", 1e-6, 100_000);
        LedgerShare = ask.Number("rates.ledgerShare", 1e-6, 1);
        PriorDeaths = ask.Number("rates.priorDeaths", 1e-6, 1e6);
    }

    /// <summary>Deaths a year of 100,000 children of the age.</summary>
    public PerAge<TripNumber> Per100000 { get; }

    /// <summary>The share of them that happen in waters such as a register lists.</summary>
    public TripNumber LedgerShare { get; }

    /// <summary>So many deaths of its own a county must have before they weigh as much as the national rate.</summary>
    public TripNumber PriorDeaths { get; }
}
