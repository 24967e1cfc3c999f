using System.Globalization;
using System.Text.Json;
using HazardMap.Solve;

namespace HazardMap.Coverage;

/// <summary>The supply or the demand points of a problem, found again by the id that the problem gives them.</summary>
internal sealed class AccessPoints
{
    private const int MostPoints = 1_000_000;
    private readonly Dictionary<string, int> _numbers = new(StringComparer.Ordinal);
    private readonly List<(string Text, bool IsNumber)> _ids = [];
    private readonly List<double> _amounts = [];

    /// <summary>Capacities or populations.</summary>
    public IReadOnlyList<double> Amounts => _amounts;

    public string IdText(int point) => _ids[point].Text;

    public static AccessPoints Read(ProblemReader input, string list, string amount)
    {
        var points = new AccessPoints();
        var items = input.List(list);
        if (items.Length > MostPoints) throw ProblemReader.Malformed(list, $"must be at most {MostPoints} points");
        foreach (var item in items) points.Add(item, list, amount);
        return points;
    }

    /// <summary>Finds the point that an id names.</summary>
    public bool TryFind(JsonElement id, out int point)
    {
        point = -1;
        return TryId(id, out var text, out _) && _numbers.TryGetValue(text, out point);
    }

    /// <summary>Writes the id as it was given: text or number.</summary>
    public void WriteId(Utf8JsonWriter answer, int point)
    {
        if (_ids[point].IsNumber) answer.WriteRawValue(_ids[point].Text);
        else answer.WriteStringValue(_ids[point].Text);
    }

    private void Add(JsonElement item, string list, string amount)
    {
        var place = string.Create(CultureInfo.InvariantCulture, $"{list}[{_ids.Count}]");
        var point = new ProblemReader(item, place);
        if (!TryId(point.Member("id"), out var text, out var isNumber))
            throw ProblemReader.Malformed($"{place}.id", "must be text or a whole number");
        var value = point.Number(amount);
        if (value < 0) throw ProblemReader.Malformed($"{place}.{amount}", "must be 0 or more");
        if (!_numbers.TryAdd(text, _ids.Count))
            throw new RefusalException("RepeatedId", $"{place}.id: {text} is there already, at {list}[{_numbers[text]}].",
                $"{place}.id：编号 {text} 已出现在 {list}[{_numbers[text]}]。", $"{place}.id");
        _ids.Add((text, isNumber));
        _amounts.Add(value);
    }

    private static bool TryId(JsonElement id, out string text, out bool isNumber)
    {
        isNumber = ProblemReader.TryWhole(id, out var number);
        text = number.ToString(CultureInfo.InvariantCulture);
        return isNumber || ProblemReader.TryText(id, out text);
    }
}
