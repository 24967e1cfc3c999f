using System.Globalization;
using System.Text.Json;
using HazardMap.Risk.Trips;

namespace HazardMap.Risk.Rules;

// Numbers that say how uncertain they are, and lists of periods: what a rule of trips is made of.
internal sealed partial class RuleText
{
    /// <summary>Whether the file says that it is of this model; a file that says none is of the first one.</summary>
    public bool HasModel(string model)
    {
        if (!_root.TryGetProperty("model", out var named)) return false;
        return named.ValueKind == JsonValueKind.String && named.GetString() == model
            ? true : throw Refuse("model", $"must be {model}, or not be there", $"须为 {model}，或不写");
    }

    /// <summary>A number with its spread, such as <c>decay.aged1To4</c>.</summary>
    public TripNumber Value(string path, double least, double most) => ValueIn(Find(path, JsonValueKind.Object), path, least, most);

    /// <summary>Bands with rising bounds; the last has none.</summary>
    public TripBand[] ValueBands(string path, string boundKey, double mostBound, double least, double most)
    {
        var items = Items(path);
        if (items.Length == 0) throw Refuse(path, "must have at least one band", "至少须有一个分段");
        var bands = new TripBand[items.Length];
        for (var i = 0; i < items.Length; i++)
        {
            var (at, item) = items[i];
            var number = ValueIn(item, at, least, most);
            var below = Bound(item, $"{at}.{boundKey}", boundKey, isLast: i == items.Length - 1, mostBound);
            bands[i] = new TripBand(number with { Path = $"{at}.{boundKey}", Value = below, Sd = 0 }, number);
        }
        return bands;
    }

    /// <summary>The entries of a list, each an object, with their paths.</summary>
    public (string Path, JsonElement Item)[] Items(string path)
    {
        var list = Find(path, JsonValueKind.Array);
        (string Path, JsonElement Item)[] items = [.. list.EnumerateArray().Select((item, i) => ($"{path}[{i}]", item))];
        return Array.Find(items, i => i.Item.ValueKind != JsonValueKind.Object) is { Path: { } at }
            ? throw Refuse(at, "must be an object", "须为对象") : items;
    }

    public TripNumber ValueIn(JsonElement holder, string path, double least, double most)
    {
        var (source, sureness) = CheckOrigin(holder, path);
        var value = NumberIn(holder, path, "value", least, most);
        _parameters.RemoveAt(_parameters.Count - 1);   // the model lists them itself, with their spread
        return new TripNumber($"{path}.value", value, SpreadIn(holder, path), source, sureness);
    }

    /// <summary>A member of an enumeration.</summary>
    public T MemberIn<T>(JsonElement holder, string path, string key) where T : struct, Enum =>
        MemberOf<T>(TextIn(holder, path, key), $"{path}.{key}");

    /// <summary>A list of members of an enumeration, none of them twice.</summary>
    public T[] MembersIn<T>(JsonElement holder, string path, string key) where T : struct, Enum
    {
        var full = $"{path}.{key}";
        _read.Add(full);
        if (!holder.TryGetProperty(key, out var list)) throw Missing(full);
        if (list.ValueKind != JsonValueKind.Array || list.GetArrayLength() == 0)
            throw Refuse(full, $"must be a list of {string.Join(", ", Enum.GetNames<T>())}",
                $"须为列表，成员为 {string.Join("、", Enum.GetNames<T>())}");
        var members = new List<T>();
        foreach (var item in list.EnumerateArray())
        {
            var at = $"{full}[{members.Count}]";
            _read.Add(at);
            var member = MemberOf<T>(item.ValueKind == JsonValueKind.String ? item.GetString()! : "", at);
            if (members.Contains(member)) throw Refuse(at, "is there twice", "重复出现");
            members.Add(member);
        }
        return [.. members];
    }

    /// <summary>Hours of a day: the first that counts and the first that no longer does.</summary>
    public (int From, int To) HoursIn(JsonElement holder, string path)
    {
        var (from, to) = (WholeIn(holder, path, "from", 0, 23), WholeIn(holder, path, "to", 1, 24));
        return to > from ? (from, to)
            : throw Refuse($"{path}.to", "must be greater than from (what passes midnight is two entries)",
                "须大于 from（跨越午夜的时段须分为两项）");
    }

    /// <summary>Source and sureness of something that is no number.</summary>
    public void CheckOriginOf(string path) => CheckOrigin(Find(path, JsonValueKind.Object), path);

    /// <inheritdoc cref="CheckOriginOf(string)"/>
    public void CheckOriginOf(JsonElement holder, string path) => CheckOrigin(holder, path);

    /// <summary>An age as keys of the file have it.</summary>
    public TripAge AgeIn(JsonElement holder, string path) => MemberIn<TripAge>(holder, path, "age");

    /// <inheritdoc cref="HoursIn"/>
    public (int From, int To) HoursOf(string path) => HoursIn(Find(path, JsonValueKind.Object), path);

    private T MemberOf<T>(string word, string at) where T : struct, Enum
    {
        var names = Enum.GetNames<T>();
        return names.Contains(word, StringComparer.Ordinal) ? Enum.Parse<T>(word)
            : throw Refuse(at, $"must be {string.Join(" or ", names)}", $"须为 {string.Join(" 或 ", names)}");
    }

    private int WholeIn(JsonElement holder, string path, string key, int least, int most)
    {
        var full = $"{path}.{key}";
        _read.Add(full);
        if (!holder.TryGetProperty(key, out var json)) throw Missing(full);
        return json.ValueKind == JsonValueKind.Number && json.TryGetInt32(out var value) && value >= least && value <= most
            ? value : throw Refuse(full, $"must be a whole number from {least} to {most}", $"须为 {least} 到 {most} 的整数");
    }

    private double SpreadIn(JsonElement holder, string path)
    {
        var full = $"{path}.sd";
        _read.Add(full);
        if (!holder.TryGetProperty("sd", out var json)) throw Missing(full);
        return json.ValueKind == JsonValueKind.Number && json.TryGetDouble(out var sd) && sd is >= 0 and <= MostSpread ? sd
            : throw Refuse(full, string.Create(CultureInfo.InvariantCulture,
                    $"must be a number from 0 to {MostSpread}: the standard deviation of the number's natural logarithm"),
                string.Create(CultureInfo.InvariantCulture, $"须为 0 到 {MostSpread} 的数字：该数值自然对数的标准差"));
    }

    // e to the power of 5 is a factor of 148: whoever knows less knows nothing.
    private const double MostSpread = 5;
}
