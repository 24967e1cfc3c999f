using System.Globalization;
using System.Text.Json;
using HazardMap.Solve;

namespace HazardMap.Coverage;

/// <summary>The <c>accessibility</c> problem of <c>solve</c>.</summary>
internal static class AccessibilityProblem
{
    /// <summary>Reads the problem, computes, writes one JSON object.</summary>
    /// <exception cref="RefusalException">Malformed; the target is the place, such as <c>costs[3].cost</c>.</exception>
    public static void Solve(ProblemReader input, Utf8JsonWriter answer)
    {
        var supply = AccessPoints.Read(input, "supply", "capacity");
        var demand = AccessPoints.Read(input, "demand", "population");
        var (method, decay) = ReadMethod(input);
        var threshold = input.OptionalNumber("threshold") ?? double.PositiveInfinity;
        if (threshold < 0) throw ProblemReader.Malformed("threshold", "must be 0 or more, or null for none");
        var costs = ReadCosts(input, supply, demand);
        Write(answer, Accessibility.Of(new(method, threshold, decay, supply.Amounts, demand.Amounts, costs)), supply, demand);
    }

    private static (AccessMethod, Decay) ReadMethod(ProblemReader input)
    {
        var method = input.Text("method");
        var decay = DecayJson.Read(input);
        return method switch
        {
            "2SFCA" => (AccessMethod.TwoStep, decay),
            "3SFCA" => (AccessMethod.ThreeStep, decay),
            "gravity" when decay is Decay.Power => (AccessMethod.TwoStep, decay),
            "gravity" => throw ProblemReader.Malformed("decay.kind", "must be power for the gravity method"),
            _ => throw ProblemReader.Malformed("method", "must be 2SFCA, 3SFCA or gravity"),
        };
    }

    private static List<AccessCost> ReadCosts(ProblemReader input, AccessPoints supply, AccessPoints demand)
    {
        var items = input.List("costs");
        var costs = new List<AccessCost>(items.Length);
        var seen = new HashSet<(int, int)>(items.Length);
        foreach (var item in items)
        {
            var cost = ReadCost(item, costs.Count, supply, demand);
            if (!seen.Add((cost.Supply, cost.Demand)))
                throw new RefusalException("RepeatedPair", $"{Place(costs.Count)}: this pair has a cost already.",
                    $"{Place(costs.Count)}：此对供需点的成本重复。", Place(costs.Count));
            costs.Add(cost);
        }
        return costs;
    }

    private static AccessCost ReadCost(JsonElement item, int index, AccessPoints supply, AccessPoints demand)
    {
        if (item.ValueKind != JsonValueKind.Array || item.GetArrayLength() != 3)
            throw ProblemReader.Malformed(Place(index), "must be [supplyId, demandId, cost]");
        if (!supply.TryFind(item[0], out var from)) throw Unknown($"{Place(index)}.supply", item[0]);
        if (!demand.TryFind(item[1], out var to)) throw Unknown($"{Place(index)}.demand", item[1]);
        if (!ProblemReader.TryNumber(item[2], out var cost) || cost < 0)
            throw ProblemReader.Malformed($"{Place(index)}.cost", "must be a finite number, 0 or more");
        return new AccessCost(from, to, cost);
    }

    private static void Write(Utf8JsonWriter answer, Accessibility result, AccessPoints supply, AccessPoints demand)
    {
        answer.WriteStartObject();
        answer.WriteStartObject("accessibility");
        for (var i = 0; i < result.OfDemand.Count; i++) answer.WriteNumber(demand.IdText(i), result.OfDemand[i]);
        answer.WriteEndObject();
        answer.WriteStartObject("ratios");
        for (var i = 0; i < result.Ratios.Count; i++)
            if (result.Ratios[i] is { } ratio) answer.WriteNumber(supply.IdText(i), ratio);
        answer.WriteEndObject();
        answer.WriteStartArray("unreached");
        foreach (var point in result.Unreached) demand.WriteId(answer, point);
        answer.WriteEndArray();
        answer.WriteEndObject();
    }

    private static string Place(int index) => string.Create(CultureInfo.InvariantCulture, $"costs[{index}]");

    private static RefusalException Unknown(string place, JsonElement id)
    {
        var told = id.GetRawText() is { Length: <= 60 } text ? text : "it";
        return new("UnknownId", $"{place}: {told} is not among the ids given.", $"{place}：编号 {told} 未在列表中给出。", place);
    }
}
