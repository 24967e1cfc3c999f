using System.Text.Json.Nodes;
using HazardMap.Network;

namespace HazardMap.Service.Network;

/// <summary>How well the roads hang together: what cannot be reached from the largest part is said, not hidden.</summary>
internal static class RoadReport
{
    private const int Told = 10;

    /// <summary>Both profiles.</summary>
    public static async Task<JsonObject> ReadAsync(RoadNetworks networks, CancellationToken stop) => new()
    {
        ["profiles"] = ProfileFile.Profiles.Version,
        ["walk"] = Of(await networks.OfAsync(RoadProfile.Walk, stop)),
        ["drive"] = Of(await networks.OfAsync(RoadProfile.Drive, stop)),
    };

    private static JsonObject Of(HeldNetwork held)
    {
        var graph = held.Network.Graph;
        var traps = Islands.OneWayTraps(graph);
        return new JsonObject
        {
            ["revision"] = held.Revision, ["edges"] = graph.EdgeCount, ["junctions"] = graph.NodeCount,
            ["bytesAnEdge"] = graph.EdgeCount == 0 ? 0 : Math.Round((double)graph.Bytes / graph.EdgeCount, 1),
            ["islands"] = Math.Max(0, held.Islands.Sizes.Count - 1), ["junctionsOnIslands"] = held.Islands.Sizes.Skip(1).Sum(),
            ["largestIslands"] = new JsonArray(
                [.. Enumerable.Range(1, Math.Clamp(held.Islands.Sizes.Count - 1, 0, Told)).Select(part => Island(held, part))]),
            ["junctionsInOneWayTraps"] = traps.Sizes.Skip(1).Sum() - held.Islands.Sizes.Skip(1).Sum(),
        };
    }

    private static JsonObject Island(HeldNetwork held, int part)
    {
        var graph = held.Network.Graph;
        var edge = Enumerable.Range(0, graph.EdgeCount).First(e => held.Islands.PartOf(graph.SourceOf(e)) == part);
        var (longitude, latitude) = held.Network.Shapes.Of(edge)[0];
        return new JsonObject { ["junctions"] = held.Islands.Sizes[part], ["longitude"] = longitude, ["latitude"] = latitude };
    }
}
