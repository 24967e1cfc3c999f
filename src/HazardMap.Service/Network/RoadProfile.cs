namespace HazardMap.Service.Network;

/// <summary>How one moves: it decides which roads there are and what they cost.</summary>
internal enum RoadProfile
{
    /// <summary>On foot; costs are metres.</summary>
    Walk,

    /// <summary>By car; costs are seconds.</summary>
    Drive,
}
