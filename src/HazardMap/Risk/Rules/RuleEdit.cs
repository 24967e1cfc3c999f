using System.Globalization;
using System.Text.Json.Nodes;

namespace HazardMap.Risk.Rules;

/// <summary>Changes a number in a rule's text.</summary>
internal static class RuleEdit
{
    public static string Put(string json, RuleParameter changed)
    {
        var root = JsonNode.Parse(json)!;
        var steps = changed.Path.Replace("[", ".[", StringComparison.Ordinal).Split('.');
        var parent = steps[..^1].Aggregate(root,
            (at, step) => step[0] == '[' ? at[int.Parse(step[1..^1], CultureInfo.InvariantCulture)]! : at[step]!);
        parent[steps[^1]] = changed.Value;
        return root.ToJsonString();
    }
}
