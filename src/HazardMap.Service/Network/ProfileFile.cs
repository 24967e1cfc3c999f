using HazardMap.Network;
using HazardMap.Service.Database;

namespace HazardMap.Service.Network;

/// <summary>The travel profiles that come with the program.</summary>
internal static class ProfileFile
{
    private static readonly Lazy<TravelProfiles> File =
        new(() => TravelProfiles.Parse(System.IO.File.ReadAllText(ContentPath.Of("geodata/network/profiles.json"))));

    /// <summary>All of it; read and checked once.</summary>
    public static TravelProfiles Profiles => File.Value;

    /// <summary>One of it.</summary>
    public static TravelProfile Of(RoadProfile profile) => profile == RoadProfile.Walk ? Profiles.Walk : Profiles.Drive;
}
