using System.Text.Json;
using HazardMap.Solve;

namespace HazardMap.Network;

/// <summary>The <c>network.matrix</c> problem of <c>solve</c>: the cheapest cost from each node to each.</summary>
internal static class MatrixProblem
{
    /// <summary>Reads the problem, searches, writes one JSON object: row by row as given; null where there is no way.</summary>
    /// <exception cref="RefusalException">Malformed; the target is the place, such as <c>from[3]</c>.</exception>
    public static void Solve(ProblemReader input, Utf8JsonWriter answer)
    {
        var graph = EdgeListJson.ReadGraph(input);
        var from = EdgeListJson.ReadNodes(input, "from", graph);
        var to = EdgeListJson.ReadNodes(input, "to", graph);
        var matrix = CostMatrix.Between(graph, from, to, threads: Environment.ProcessorCount);
        answer.WriteStartObject();
        answer.WriteStartArray("costs");
        for (var row = 0; row < from.Length; row++)
            for (var column = 0; column < to.Length; column++)
                CostTriple.Write(answer, graph.NodeId(from[row]), graph.NodeId(to[column]), matrix[row, column]);
        answer.WriteEndArray();
        answer.WriteEndObject();
    }
}
