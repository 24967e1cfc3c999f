using HazardMap.Register;

namespace HazardMap.Risk.Trips;

/// <summary>How deadly a visit is, whoever comes.</summary>
public enum DeadlinessClass
{
    /// <summary>Below the mean.</summary>
    [Word("一级", "I")] I,

    /// <summary>About the mean.</summary>
    [Word("二级", "II")] II,

    /// <summary>Above the mean.</summary>
    [Word("三级", "III")] III,

    /// <summary>Far above it: marked even where nobody comes.</summary>
    [Word("四级", "IV")] IV,
}

/// <summary>Events of children at a water, in how many years they would have been recorded.</summary>
/// <param name="Events">Events with a child of 1 to 14, not victims.</param>
/// <param name="Years">From the year since which the county says that its record is complete.</param>
public readonly record struct OwnRecord(int Events, double Years);

/// <summary>The variance of the logarithm of a score, by what would take it away.</summary>
/// <param name="Facts">Measuring what nobody has stated.</param>
/// <param name="Visits">Counting who comes: attraction, decay, staying away, town, free time.</param>
/// <param name="Deadliness">Nothing but deaths: how deadly a known fact is.</param>
/// <param name="Rate">How many die in the county.</param>
/// <param name="Itself">What nobody knows of this water.</param>
public readonly record struct ScoreVariance(double Facts, double Visits, double Deadliness, double Rate, double Itself)
{
    /// <summary>All of it.</summary>
    public double Total => Facts + Visits + Deadliness + Rate + Itself;
}

/// <summary>A water's risk under a rule of trips.</summary>
/// <param name="RiskScore">Expected deaths of children aged 1 to 14 in 1,000 years; 0 or more, always finite.</param>
/// <param name="DeathsPerYear">The same a year, by age, before the own record.</param>
/// <param name="OwnFactor">What the water's own record makes of it; 1 where there is none.</param>
/// <param name="Visits">Unsupervised child visits on a holiday of the peak month.</param>
/// <param name="Deadliness">Deaths a visit, relative to the register's mean.</param>
/// <param name="Class">Of deadliness.</param>
/// <param name="Variance">Of the logarithm of the score.</param>
/// <param name="RiskLow">The lower end of the interval (80% by the published rule).</param>
/// <param name="RiskHigh">Its upper end.</param>
/// <param name="Level">Of the score.</param>
/// <param name="LevelHeld">Probability of that level.</param>
/// <param name="OtherLevel">The next most probable, where the level is not held firmly enough to be told alone; else null.</param>
public readonly record struct TripScore(double RiskScore, PerAge<double> DeathsPerYear, double OwnFactor, double Visits, double Deadliness,
    DeadlinessClass Class, ScoreVariance Variance, double RiskLow, double RiskHigh, RiskLevel Level, double LevelHeld,
        RiskLevel? OtherLevel)
{
    /// <summary>Standard deviation of the logarithm of the score.</summary>
    public double Sigma => Math.Sqrt(Variance.Total);
}
