using System.Globalization;
using System.Text.Json;
using HazardMap.Risk.Rules;

namespace HazardMap.Risk.Trips;

/// <summary>Days without school.</summary>
/// <param name="From">The first.</param>
/// <param name="To">The last.</param>
/// <param name="Name">What they are called.</param>
/// <param name="Sureness">low, medium or high.</param>
public sealed record HolidayPeriod(DateOnly From, DateOnly To, BilingualText Name, string Sureness);

/// <summary>Which days of a year children of an area have school: a file of <c>geodata/calendar</c>, or weekdays alone.</summary>
public sealed class SchoolCalendar
{
    private const string Code = "InvalidCalendar";
    private static readonly string[] Surenesses = ["low", "medium", "high"];
    private readonly DayKind[] _kinds;

    private SchoolCalendar(string? division, int year, BilingualText source, IReadOnlyList<HolidayPeriod> holidays,
        IReadOnlyList<DateOnly> workdays)
    {
        (Division, Year, Source, Holidays, Workdays) = (division, year, source, holidays, workdays);
        _kinds = new DayKind[DateTime.IsLeapYear(year) ? 366 : 365];
        for (var i = 0; i < _kinds.Length; i++)
            _kinds[i] = new DateOnly(year, 1, 1).AddDays(i).DayOfWeek is DayOfWeek.Saturday or DayOfWeek.Sunday
                ? DayKind.Weekend : DayKind.SchoolDay;
        foreach (var holiday in holidays)
            for (var i = holiday.From.DayOfYear - 1; i < holiday.To.DayOfYear; i++) _kinds[i] = DayKind.Holiday;
        foreach (var day in workdays) _kinds[day.DayOfYear - 1] = DayKind.SchoolDay;
        Days = new DayCounts(year, Of);
    }

    /// <summary>The division that it is for, with all below it; null: no file says anything of this year.</summary>
    public string? Division { get; }

    /// <summary>The year.</summary>
    public int Year { get; }

    /// <summary>Where it comes from; of a default that it is one.</summary>
    public BilingualText Source { get; }

    /// <summary>Days without school besides weekends.</summary>
    public IReadOnlyList<HolidayPeriod> Holidays { get; }

    /// <summary>Days of weekends with school.</summary>
    public IReadOnlyList<DateOnly> Workdays { get; }

    /// <summary>Nothing is known of the year but its weekdays: summer looks like term.</summary>
    public bool IsDefault => Division is null;

    /// <summary>How many days of each kind it has.</summary>
    public DayCounts Days { get; }

    /// <summary>What a day of the year is.</summary>
    /// <exception cref="ArgumentOutOfRangeException">A day of another year.</exception>
    public DayKind Of(DateOnly day) =>
        day.Year == Year ? _kinds[day.DayOfYear - 1] : throw new ArgumentOutOfRangeException(nameof(day), day, $"Not of {Year}.");

    /// <summary>By weekdays, where no file is there.</summary>
    public static SchoolCalendar Default(int year) => new(null, year, new BilingualText(
        $"No calendar for {year}: weekdays count as school days and no day as a holiday; visits in vacations are then too low. "
            + "Put a file into geodata/calendar.",
        $"没有 {year} 年校历：周一至周五按上学日计，全年不计假日，假期到访因此偏低。请在 "
            + "geodata/calendar 中放入校历文件。"), [], []);

    /// <summary>Reads a file strictly.</summary>
    /// <param name="json">Its text.</param>
    /// <param name="name">Its name, for refusals; <c>5326-2026.json</c> says what it is for.</param>
    /// <exception cref="RefusalException">It names the key, line and column.</exception>
    public static SchoolCalendar Parse(string json, string name = "calendar")
    {
        var positions = RulePositions.Of(json, name, Code);
        return new Reader(JsonSerializer.Deserialize<JsonElement>(json), positions).Read(name);
    }

    private sealed class Reader(JsonElement root, RulePositions positions)
    {
        private static readonly string[] Keys = ["$schema", "division", "year", "source", "holidays", "workdays"];

        public SchoolCalendar Read(string name)
        {
            if (root.ValueKind != JsonValueKind.Object) throw Refuse(RulePositions.TheFile, "must be a JSON object", "须为 JSON 对象");
            RefuseUnknown(root, "", Keys);
            var division = TextOf(root, "", "division");
            if (!division.All(char.IsAsciiDigit) || division.Length > 12)
                throw Refuse("division", "must be the code of a division", "须为行政区划代码");
            var year = root.TryGetProperty("year", out var json) && json.ValueKind == JsonValueKind.Number && json.TryGetInt32(out var y)
                && y is >= 1900 and <= 2999 ? y : throw Refuse("year", "must be a year from 1900 to 2999",
                    "须为 1900 至 2999 的年份");
            if (char.IsAsciiDigit(name[0]) && !name.StartsWith($"{division}-{year}", StringComparison.Ordinal))
                throw Refuse("division", $"and year do not match the file's name: expected {division}-{year}.json",
                    $"和 year 与文件名不符：应为 {division}-{year}.json");
            var taken = new Dictionary<DateOnly, string>();
            HolidayPeriod[] holidays = [.. Items("holidays").Select(i => Holiday(i.Item, i.Path, year, taken))];
            DateOnly[] workdays = [.. Items("workdays").Select(i => Workday(i.Item, i.Path, year, taken))];
            return new SchoolCalendar(division, year, Both(root, "", "source"), holidays, workdays);
        }

        private HolidayPeriod Holiday(JsonElement item, string path, int year, Dictionary<DateOnly, string> taken)
        {
            if (item.ValueKind != JsonValueKind.Object) throw Refuse(path, "must be an object", "须为对象");
            RefuseUnknown(item, path, ["from", "to", "name", "sureness"]);
            var (from, to) = (Day(TextOf(item, path, "from"), $"{path}.from", year), Day(TextOf(item, path, "to"), $"{path}.to", year));
            if (to < from) throw Refuse($"{path}.to", "must not be before from", "不得早于 from");
            var name = Both(item, path, "name");
            var sureness = TextOf(item, path, "sureness");
            if (!Surenesses.Contains(sureness, StringComparer.Ordinal))
                throw Refuse($"{path}.sureness", "must be low, medium or high", "须为 low、medium 或 high");
            for (var day = from; day <= to; day = day.AddDays(1)) Take(taken, day, path);
            return new HolidayPeriod(from, to, name, sureness);
        }

        private DateOnly Workday(JsonElement item, string path, int year, Dictionary<DateOnly, string> taken)
        {
            var day = Day(item.ValueKind == JsonValueKind.String ? item.GetString()! : "", path, year);
            Take(taken, day, path);
            return day.DayOfWeek is DayOfWeek.Saturday or DayOfWeek.Sunday ? day
                : throw Refuse(path, "must be a Saturday or Sunday: other days are school days anyhow",
                    "须为周六或周日：其他日子本为上学日");
        }

        private void Take(Dictionary<DateOnly, string> taken, DateOnly day, string path)
        {
            if (!taken.TryAdd(day, path))
                throw Refuse(path, $"has {Text(day)}, which {taken[day]} has too", $"含 {Text(day)}，而 {taken[day]} 也含该日");
        }

        private DateOnly Day(string text, string path, int year)
        {
            if (!DateOnly.TryParseExact(text, "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var day))
                throw Refuse(path, "must be a day such as 2026-07-11", "须为日期，如 2026-07-11");
            return day.Year == year ? day
                : throw Refuse(path, $"is of another year than {year}; a vacation over New Year is told in both years' files",
                    $"不属于 {year} 年；跨年的假期须分写在两年的文件中");
        }

        private (string Path, JsonElement Item)[] Items(string key)
        {
            if (!root.TryGetProperty(key, out var list)) throw Refuse(key, "is missing", "缺失");
            return list.ValueKind == JsonValueKind.Array ? [.. list.EnumerateArray().Select((item, i) => ($"{key}[{i}]", item))]
                : throw Refuse(key, "must be a list", "须为列表");
        }

        private BilingualText Both(JsonElement holder, string path, string key)
        {
            var at = Join(path, key);
            if (!holder.TryGetProperty(key, out var both)) throw Refuse(at, "is missing", "缺失");
            if (both.ValueKind != JsonValueKind.Object) throw Refuse(at, "must be an object with en and zh",
                "须为含 en 与 zh 的对象");
            RefuseUnknown(both, at, ["en", "zh"]);
            return new BilingualText(TextOf(both, at, "en"), TextOf(both, at, "zh"));
        }

        private string TextOf(JsonElement holder, string path, string key)
        {
            if (!holder.TryGetProperty(key, out var text)) throw Refuse(Join(path, key), "is missing", "缺失");
            return text.ValueKind == JsonValueKind.String && text.GetString() is { } found && !string.IsNullOrWhiteSpace(found)
                ? found : throw Refuse(Join(path, key), "must be a text", "须为文本");
        }

        private void RefuseUnknown(JsonElement holder, string path, string[] keys)
        {
            foreach (var property in holder.EnumerateObject())
                if (!keys.Contains(property.Name, StringComparer.Ordinal))
                    throw Refuse(Join(path, property.Name), "is not a key of a calendar", "不是校历文件的键");
        }

        private static string Join(string path, string key) => path.Length == 0 ? key : $"{path}.{key}";

        private static string Text(DateOnly day) => day.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);

        private RefusalException Refuse(string key, string what, string whatZh) => positions.Refuse(key, what, whatZh);
    }
}
