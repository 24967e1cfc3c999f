using HazardMap.Register;

namespace HazardMap.Risk.Trips;

/// <summary>What a rule of trips asks of a water besides where it is.</summary>
/// <param name="Hazard">What the register says of it.</param>
/// <param name="DaysSinceInspection">Since somebody last looked at it; null: nobody has.</param>
/// <param name="HasNotice">A flood or a release is announced for the hours that are asked about.</param>
public readonly record struct TripTraits(HazardTraits Hazard, int? DaysSinceInspection = null, bool HasNotice = false)
{
    /// <summary>It is no longer there.</summary>
    public bool IsFilled => Hazard.Status == HazardStatus.Filled;
}

/// <summary>What of a water may not be known.</summary>
public enum WaterFact
{
    /// <summary>Greatest depth.</summary>
    Depth,

    /// <summary>How fast it moves.</summary>
    Flow,

    /// <summary>How the bank falls.</summary>
    Bank,

    /// <summary>Who can reach it.</summary>
    Access,
}
