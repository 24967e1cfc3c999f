namespace HazardMap.Risk.Trips;

/// <summary>Drowned children of a county that its own record knows: deaths, in how many years.</summary>
/// <param name="Deaths">Of ages 1 to 14, in waters such as the register lists.</param>
/// <param name="Years">From the year since which the record is complete. Where only some divisions say so: years in which as many deaths
/// would be expected of all children as there are expected of theirs.</param>
public readonly record struct OwnDeaths(int Deaths, double Years);

/// <summary>How many deaths a year a register's children are expected to suffer.</summary>
/// <param name="PerYear">By age.</param>
/// <param name="Sd">Standard deviation of its logarithm, of each age by itself.</param>
/// <param name="CommonSd">The same of what both ages have in common.</param>
public sealed record DeathsExpected(PerAge<double> PerYear, PerAge<double> Sd, double CommonSd)
{
    /// <summary>By the nation's rates, or by the county's own deaths as far as they outweigh them.</summary>
    /// <remarks>
    /// The county's rate has a Gamma prior around the nation's, worth so many deaths as the rule says: with as many of its own the mean
    /// lies half way between. Ages keep their proportion, which few deaths cannot tell.
    /// </remarks>
    /// <param name="rates">Of the rule.</param>
    /// <param name="children">Children of the register, by age.</param>
    /// <param name="own">The county's own record; null: there is none that is complete.</param>
    /// <exception cref="RefusalException">A negative count.</exception>
    public static DeathsExpected Of(DeathRates rates, PerAge<double> children, OwnDeaths? own = null)
    {
        if (!(children.Aged1To4 >= 0 && children.Aged5To14 >= 0 && double.IsFinite(children.Aged1To4 + children.Aged5To14)))
            throw new RefusalException("BadCount", "Numbers of children must be 0 or more.", "儿童人数须不小于 0。", "children");
        if (own is { } o && !(o.Deaths >= 0 && o.Years >= 0 && double.IsFinite(o.Years)))
            throw new RefusalException("BadCount", "Own deaths and their years must be 0 or more.",
                "本地死亡数与年数须不小于 0。", "ownDeaths");
        double Nation(TripAge age) => children[age] * rates.Per100000[age].Value / 100_000 * rates.LedgerShare.Value;
        var nation = new PerAge<double>(Nation(TripAge.Aged1To4), Nation(TripAge.Aged5To14));
        if (own is not { Years: > 0 } record)
            return new(nation, new(rates.Per100000.Aged1To4.Sd, rates.Per100000.Aged5To14.Sd), rates.LedgerShare.Sd);
        var prior = rates.PriorDeaths.Value;
        var by = (prior + record.Deaths) / (prior + (nation.Aged1To4 + nation.Aged5To14) * record.Years);
        return new(new(nation.Aged1To4 * by, nation.Aged5To14 * by), new(0, 0), 1 / Math.Sqrt(prior + record.Deaths));
    }
}
