using HazardMap.Register;
using HazardMap.Risk.Rules;

namespace HazardMap.Risk.Trips;

/// <summary>The numbers that say where children are and which water they go to: taken from a rule's file, which has their
/// sources.</summary>
public sealed record TripParameters
{
    /// <summary>Metres over which the pull of a water falls to 1/e.</summary>
    public required PerAge<double> DecayMetres { get; init; }

    /// <summary>What staying away from all water weighs beside a water of attraction 1 at the door; greater than 0.</summary>
    public required PerAge<double> StayingAway { get; init; }

    /// <summary>Farther children do not come; exactly at it they do.</summary>
    public required double CutoffMetres { get; init; }

    /// <summary>A line is so many places to go to: one a reach of at most this length.</summary>
    public required double ReachMetres { get; init; }

    /// <summary>What share of the trips of other children town children make.</summary>
    public required double TownFactor { get; init; }

    /// <summary>Under a walking rule: ways leave the network within so many metres of the water; null: straight distances.</summary>
    public double? BankMetres { get; init; }

    /// <summary>Whether distances are on foot.</summary>
    public bool OnFoot { get; init; }

    /// <summary>Shares of a division's children that are of each age.</summary>
    public required PerAge<double> AgeShares { get; init; }

    /// <summary>Children of a population, where only that is known.</summary>
    public required double ChildrenOfPopulation { get; init; }

    /// <summary>How far around a point the homes lie, by what the point is.</summary>
    public required SettlementSpread Spread { get; init; }

    /// <summary>Shares of those aged five to fourteen who go to a kindergarten, to a primary school, to a junior one; at most 1 in
    /// all.</summary>
    public required (double Kindergarten, double Primary, double Junior) StageShares { get; init; }

    /// <summary>No child goes farther to a school.</summary>
    public required double FarthestSchoolMetres { get; init; }

    /// <summary>To a kindergarten.</summary>
    public required double FarthestKindergartenMetres { get; init; }

    /// <summary>To a children's home.</summary>
    public required double FarthestChildrensHomeMetres { get; init; }

    /// <summary>To a pool.</summary>
    public required double FarthestPoolMetres { get; init; }

    /// <summary>Those of a rule.</summary>
    public static TripParameters Of(TripRule rule) => new()
    {
        DecayMetres = Values(rule.Decay),
        StayingAway = Values(rule.StayingAway),
        CutoffMetres = rule.CutoffMetres,
        ReachMetres = rule.Distance.ReachMetres!.Value,
        TownFactor = rule.Town.Value,
        BankMetres = rule.Distance.BankMetres,
        OnFoot = rule.Distance.Mode == DistanceMode.Walk,
        AgeShares = Values(rule.ChildrenOfAge),
        ChildrenOfPopulation = rule.ChildrenOfPopulation.Value,
        Spread = rule.Spread,
        StageShares = (rule.Catchments.KindergartenStage.Value, rule.Catchments.PrimaryStage.Value, rule.Catchments.JuniorStage.Value),
        FarthestSchoolMetres = rule.Catchments.SchoolMetres.Value,
        FarthestKindergartenMetres = rule.Catchments.KindergartenMetres.Value,
        FarthestChildrensHomeMetres = rule.Catchments.ChildrensHomeMetres.Value,
        FarthestPoolMetres = rule.Catchments.PoolMetres.Value,
    };

    /// <summary>How far around a point of a home the children live: one standard deviation, metres.</summary>
    /// <param name="kind">What the point is.</param>
    /// <param name="areaKm2">How large the division is; asked of centres only.</param>
    public double SpreadMetres(TripOriginKind kind, double? areaKm2) => kind switch
    {
        TripOriginKind.Building => Spread.Building.Value,
        TripOriginKind.Place => Spread.Place.Value,
        TripOriginKind.ChildrensHome => Spread.ChildrensHome.Value,
        TripOriginKind.Centre => Spread.CentreMetres(areaKm2),
        _ => 0,
    };

    /// <summary>Radii of the three rings of eight offsets around a point, in standard deviations.</summary>
    internal (double Inner, double Middle, double Outer) Radii =>
        (Spread.Radii[0].Value, Spread.Radii[1].Value, Spread.Radii[2].Value);

    /// <summary>How far children go to a facility of a kind; 0 where they do not go to any.</summary>
    public double FarthestMetres(FacilityKind kind) => kind switch
    {
        FacilityKind.School => FarthestSchoolMetres,
        FacilityKind.Kindergarten => FarthestKindergartenMetres,
        FacilityKind.ChildrensHome => FarthestChildrensHomeMetres,
        FacilityKind.SwimmingPool => FarthestPoolMetres,
        _ => 0,
    };

    private static PerAge<double> Values(PerAge<TripNumber> numbers) => new(numbers.Aged1To4.Value, numbers.Aged5To14.Value);
}
