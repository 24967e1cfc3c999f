using System.Text.Json;
using HazardMap.Solve;

namespace HazardMap.Network;

/// <summary>The <c>network.distances</c> problem of <c>solve</c>: what lies within a limit of each source, or of the nearest.</summary>
internal static class DistancesProblem
{
    /// <summary>Reads the problem, searches, writes one JSON object: by source as given, then by cost, then by node.</summary>
    /// <exception cref="RefusalException">Malformed; the target is the place, such as <c>edges[3].cost</c>.</exception>
    public static void Solve(ProblemReader input, Utf8JsonWriter answer)
    {
        var graph = EdgeListJson.ReadGraph(input);
        var sources = EdgeListJson.ReadNodes(input, "sources", graph);
        var limit = input.OptionalNumber("limit") ?? double.PositiveInfinity;
        if (limit < 0) throw ProblemReader.Malformed("limit", "must be 0 or more, or null for none");
        var search = new RoadSearch(graph);
        answer.WriteStartObject();
        answer.WriteStartArray("costs");
        if (input.Flag("nearest", absent: false)) Nearest(search, sources, limit, answer);
        else foreach (var source in sources) OneByOne(search, source, limit, answer);
        answer.WriteEndArray();
        answer.WriteEndObject();
    }

    // One pass; a node equally near to two sources belongs to the one given first.
    private static void Nearest(RoadSearch search, int[] sources, double limit, Utf8JsonWriter answer)
    {
        for (var label = 0; label < sources.Length; label++) search.Seed(sources[label], 0, label);
        search.Run(limit);
        foreach (var reached in search.Reached.ToArray().GroupBy(search.LabelOf).OrderBy(group => group.Key))
            Write(search, sources[reached.Key], reached, answer);
    }

    private static void OneByOne(RoadSearch search, int source, double limit, Utf8JsonWriter answer)
    {
        search.Clear();
        search.Seed(source);
        search.Run(limit);
        Write(search, source, search.Reached.ToArray(), answer);
    }

    private static void Write(RoadSearch search, int source, IEnumerable<int> reached, Utf8JsonWriter answer)
    {
        var graph = search.Graph;
        foreach (var node in reached.OrderBy(search.CostTo).ThenBy(graph.NodeId))
            CostTriple.Write(answer, graph.NodeId(source), graph.NodeId(node), search.CostTo(node));
    }
}
