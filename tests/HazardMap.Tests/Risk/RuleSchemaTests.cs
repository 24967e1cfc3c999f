using System.Text.Json.Nodes;
using HazardMap.Risk.Rules;

namespace HazardMap.Tests.Risk;

/// <summary>The published schema and the program's own reading say the same of every file,
/// and of every file with one thing wrong.</summary>
public class RuleSchemaTests
{
    private static readonly JsonSchema Schema = new(JsonNode.Parse(Rules.Text("schema"))!.AsObject());

    // What a schema cannot say: bounds that rise and end in null, levels in order, sources that exist, a reference of 1.
    private static readonly string[] OursAlone = ["belowMetres", "below", "atLeast", "source", "multiplier", "month", "hour"];

    public static TheoryData<string> Versions => [.. Rules.Versions];

    [Theory]
    [MemberData(nameof(Versions))]
    public void A_published_rule_is_accepted_by_both(string version)
    {
        Assert.True(Schema.Accepts(JsonNode.Parse(Rules.Text(version))));
        Assert.Equal(version, Rules.Any(version).Version);
    }

    // A rule of trips has so many numbers of one kind that every 31st place tells.
    [Theory]
    [InlineData("2026-3", 1)]
    [InlineData("2027-1", 31)]
    public void A_rule_with_any_one_thing_wrong_is_refused_by_both_or_accepted_by_both(string version, int every)
    {
        var whole = JsonNode.Parse(Rules.Text(version))!.AsObject();
        var tried = 0;
        foreach (var (what, file, key) in Mutations(whole, every))
        {
            var ours = Accepts(file.ToJsonString());
            if (ours != Schema.Accepts(file))
                Assert.True(!ours && (OursAlone.Contains(key, StringComparer.Ordinal)
                    || what.Contains("sources", StringComparison.Ordinal)), $"{what}: ours {ours}");
            tried++;
        }
        Assert.True(tried > 300, $"{tried} mutations");
    }

    private static bool Accepts(string json)
    {
        try
        {
            RiskRule.Parse(json);
            return true;
        }
        catch (RefusalException refusal)
        {
            Assert.Equal("InvalidRule", refusal.Code);
            Assert.NotNull(refusal.Target);
            return false;
        }
    }

    private static IEnumerable<(string What, JsonNode File, string Key)> Mutations(JsonObject whole, int every)
    {
        JsonNode?[] values = [null, -1, 1e99, " ", true, new JsonObject()];
        foreach (var path in Paths(whole, []).Where((_, i) => i % every == 0).ToList())
        {
            var key = path[^1] as string ?? "";
            foreach (var value in values)
                yield return ($"{string.Join('.', path)} = {value?.ToJsonString() ?? "null"}",
                    Changed(whole, path, (parent, at) => Put(parent, at, value?.DeepClone())), key);
            if (path[^1] is not string) continue;
            yield return ($"without {string.Join('.', path)}",
                Changed(whole, path, (parent, at) => parent.AsObject().Remove((string)at)), key);
            yield return ($"stranger beside {string.Join('.', path)}", Changed(whole, path, (parent, _) => parent["stranger"] = 1), "");
        }
    }

    private static IEnumerable<object[]> Paths(JsonNode? node, object[] path)
    {
        if (path.Length > 0) yield return path;
        if (node is JsonObject thing)
            foreach (var inner in thing.SelectMany(p => Paths(p.Value, [.. path, p.Key]))) yield return inner;
        if (node is JsonArray list)
            foreach (var inner in list.SelectMany((item, i) => Paths(item, [.. path, i]))) yield return inner;
    }

    private static JsonNode Changed(JsonObject whole, object[] path, Action<JsonNode, object> change)
    {
        var copy = whole.DeepClone();
        change(path[..^1].Aggregate(copy, (at, step) => step is string name ? at[name]! : at[(int)step]!), path[^1]);
        return copy;
    }

    private static void Put(JsonNode parent, object at, JsonNode? value)
    {
        if (at is string name) parent[name] = value;
        else parent[(int)at] = value;
    }
}
