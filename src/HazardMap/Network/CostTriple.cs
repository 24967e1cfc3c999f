using System.Text.Json;

namespace HazardMap.Network;

/// <summary>How the answers of <c>solve</c> tell a cost: <c>[from, to, cost]</c>, null where there is no way.</summary>
internal static class CostTriple
{
    public static void Write(Utf8JsonWriter answer, long from, long to, double cost)
    {
        answer.WriteStartArray();
        answer.WriteNumberValue(from);
        answer.WriteNumberValue(to);
        if (double.IsInfinity(cost)) answer.WriteNullValue();
        else answer.WriteNumberValue(cost);
        answer.WriteEndArray();
    }
}
