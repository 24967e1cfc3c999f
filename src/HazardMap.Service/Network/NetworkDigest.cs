using System.Buffers.Binary;
using System.Security.Cryptography;
using HazardMap.Network;

namespace HazardMap.Service.Network;

/// <summary>One hash of a whole network: the same roads give the same, whoever reads them.</summary>
internal static class NetworkDigest
{
    /// <summary>SHA-256 over edges in their order: number, ends, costs, vertices.</summary>
    public static string Of(RoadNetwork network)
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        var graph = network.Graph;
        var row = new byte[40];
        for (var edge = 0; edge < graph.EdgeCount; edge++)
        {
            var (cost, reverse) = graph.CostsOf(edge);
            BinaryPrimitives.WriteInt64LittleEndian(row, graph.EdgeId(edge));
            BinaryPrimitives.WriteInt64LittleEndian(row.AsSpan(8), graph.NodeId(graph.SourceOf(edge)));
            BinaryPrimitives.WriteInt64LittleEndian(row.AsSpan(16), graph.NodeId(graph.TargetOf(edge)));
            BinaryPrimitives.WriteDoubleLittleEndian(row.AsSpan(24), cost);
            BinaryPrimitives.WriteDoubleLittleEndian(row.AsSpan(32), reverse);
            hash.AppendData(row);
            hash.AppendData(System.Runtime.InteropServices.MemoryMarshal.AsBytes(network.Shapes.Of(edge)));
        }
        return Convert.ToHexStringLower(hash.GetHashAndReset());
    }
}
