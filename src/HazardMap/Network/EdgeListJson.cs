using System.Globalization;
using System.Text.Json;
using HazardMap.Solve;

namespace HazardMap.Network;

/// <summary>Reads the network and the nodes that a problem names.</summary>
internal static class EdgeListJson
{
    private static readonly string[] Names = ["id", "source", "target", "cost", "reverseCost"];

    /// <summary>The network of <c>edges</c> and <c>directed</c>.</summary>
    public static RoadGraph ReadGraph(ProblemReader input)
    {
        var builder = new RoadGraphBuilder(input.Flag("directed", absent: true));
        foreach (var item in input.List("edges")) builder.Add(ReadEdge(item, builder.Count));
        return builder.Build();
    }

    /// <summary>Nodes by their own numbers, each once, in the order given.</summary>
    public static int[] ReadNodes(ProblemReader input, string list, RoadGraph graph)
    {
        var items = input.List(list);
        if (items.Length == 0) throw ProblemReader.Malformed(list, "must have at least one node");
        return [.. items.Select((item, index) => ReadNode(item, Place(list, index), graph)).Distinct()];
    }

    private static int ReadNode(JsonElement item, string place, RoadGraph graph)
    {
        if (!ProblemReader.TryWhole(item, out var id)) throw ProblemReader.Malformed(place, "must be a node: a whole number");
        if (graph.TryFindNode(id, out var node)) return node;
        throw new RefusalException("UnknownNode", $"{place}: no edge begins or ends at node {id}.",
            $"{place}：没有任何边连接节点 {id}。", place);
    }

    // The place is only spelled out when something is refused.
    private static RoadEdge ReadEdge(JsonElement item, int index)
    {
        if (item.ValueKind != JsonValueKind.Array || item.GetArrayLength() != Names.Length)
            throw ProblemReader.Malformed(Place("edges", index), "must be [id, source, target, cost, reverseCost]");
        Span<long> numbers = stackalloc long[3];
        Span<double> costs = stackalloc double[2];
        var at = 0;
        foreach (var value in item.EnumerateArray())
        {
            var isSound = at < 3 ? ProblemReader.TryWhole(value, out numbers[at]) : ProblemReader.TryNumber(value, out costs[at - 3]);
            if (!isSound)
                throw ProblemReader.Malformed($"{Place("edges", index)}.{Names[at]}",
                    at < 3 ? "must be a whole number" : "must be a finite number");
            at++;
        }
        return new RoadEdge(numbers[0], numbers[1], numbers[2], costs[0], costs[1]);
    }

    private static string Place(string list, int index) => string.Create(CultureInfo.InvariantCulture, $"{list}[{index}]");
}
