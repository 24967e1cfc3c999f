using System.Globalization;
using System.Text.Json;
using System.Text.Json.Serialization;
using HazardMap.Register;

namespace HazardMap.Field;

/// <summary>A round of the day, such as noon: a visit before it begins is due by its end.</summary>
/// <param name="From">When it begins.</param>
/// <param name="To">When it is over.</param>
public sealed record Round(TimeOnly From, TimeOnly To);

/// <summary>A season of every year, MM-DD; over the new year when it begins later than it ends.</summary>
/// <param name="From">First day.</param>
/// <param name="To">Last day.</param>
public sealed record YearlySeason(string From, string To)
{
    /// <summary>The first day as month * 100 + day.</summary>
    internal int First => Of(From);

    /// <summary>The last day as month * 100 + day.</summary>
    internal int Last => Of(To);

    // Of a leap year, so that 29 February is a day.
    private static int Of(string day) =>
        DateOnly.TryParseExact("2024-" + day, "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var parsed)
            ? parsed.Month * 100 + parsed.Day : 0;
}

/// <summary>How often a water of a level is visited.</summary>
public sealed record VisitRhythm
{
    /// <summary>Due at the end of the day so many days after the last visit.</summary>
    public int Days { get; init; }

    /// <summary>The same in months.</summary>
    public int Months { get; init; }

    /// <summary>When there are rounds; null: never.</summary>
    public YearlySeason? Season { get; init; }

    /// <summary>Two rounds of a day in season, or none.</summary>
    public IReadOnlyList<Round> Rounds { get; init; } = [];

    /// <summary>First and last day of the season as month * 100 + day.</summary>
    [JsonIgnore]
    public (int First, int Last)? SeasonDays => Season is { } season ? (season.First, season.Last) : null;
}

/// <summary>How long a defect may take, and when it climbs.</summary>
/// <param name="DeadlineDays">Days from finding to deadline, by severity.</param>
/// <param name="ClimbDaysAfterDeadline">Days after the deadline at which it reaches a level.</param>
public sealed record RectificationRhythm(
    IReadOnlyDictionary<RectificationSeverity, int> DeadlineDays, IReadOnlyDictionary<DivisionLevel, int> ClimbDaysAfterDeadline);

/// <summary>
/// The rhythm of the field: a file of <c>geodata/visits</c>, read strictly. When a water is due is computed by the database alone
/// (<c>register.visit_due</c>), from the rows that are made of this.
/// </summary>
/// <param name="Version">Its version, as in the file's name.</param>
/// <param name="TimeZone">IANA name of the zone in which its days begin.</param>
/// <param name="Visits">By level, each of the four.</param>
/// <param name="Rectifications">Of defects.</param>
public sealed record Rhythm(string Version, string TimeZone, IReadOnlyDictionary<RiskLevel, VisitRhythm> Visits,
    RectificationRhythm Rectifications)
{
    private const int MostDays = 3660;

    private static readonly JsonSerializerOptions Strict = new(JsonSerializerDefaults.Web)
    {
        UnmappedMemberHandling = JsonUnmappedMemberHandling.Disallow, NumberHandling = JsonNumberHandling.Strict,
        PropertyNameCaseInsensitive = false, AllowDuplicateProperties = false, RespectNullableAnnotations = true,
        RespectRequiredConstructorParameters = true, Converters = { new JsonStringEnumConverter() },
    };

    /// <summary>English title.</summary>
    public string TitleEn { get; init; } = "";

    /// <summary>Chinese title.</summary>
    public string TitleZh { get; init; } = "";

    /// <summary>Where its numbers come from.</summary>
    public IReadOnlyList<string> Sources { get; init; } = [];

    /// <summary>Reads a file strictly.</summary>
    /// <param name="json">Its text.</param>
    /// <param name="name">Its name, for refusals.</param>
    /// <exception cref="RefusalException">It is no rhythm; the message names the key.</exception>
    public static Rhythm Parse(string json, string name)
    {
        Rhythm rhythm;
        try
        {
            rhythm = JsonSerializer.Deserialize<Rhythm>(json, Strict) ?? throw Wrong(name, "$", "is empty", "为空");
        }
        catch (JsonException wrong)
        {
            throw Wrong(name, wrong.Path ?? "$", "cannot be read: " + wrong.Message, "无法读取：" + wrong.Message);
        }
        rhythm.Check(name);
        return rhythm;
    }

    private void Check(string name)
    {
        if (!TimeZoneInfo.TryFindSystemTimeZoneById(TimeZone, out _))
            throw Wrong(name, "timeZone", "is no time zone, such as Asia/Shanghai", "不是时区名，例如 Asia/Shanghai");
        foreach (var level in Enum.GetValues<RiskLevel>())
            CheckVisits(name, $"visits.{level}", Visits.GetValueOrDefault(level)
                ?? throw Wrong(name, $"visits.{level}", "is missing", "缺失"));
        foreach (var severity in Enum.GetValues<RectificationSeverity>())
            CheckDays(name, $"rectifications.deadlineDays.{severity}",
                Rectifications.DeadlineDays.TryGetValue(severity, out var days) ? days : -1);
        foreach (var (level, days) in Rectifications.ClimbDaysAfterDeadline)
        {
            CheckDays(name, $"rectifications.climbDaysAfterDeadline.{level}", days);
            if (level == DivisionLevel.Village)
                throw Wrong(name, $"rectifications.climbDaysAfterDeadline.{level}", "is where defects are: nothing climbs to it",
                    "是隐患所在的最低一级，不能作为上报目标");
        }
    }

    private static void CheckVisits(string name, string key, VisitRhythm visits)
    {
        CheckDays(name, key + ".days", visits.Days);
        CheckDays(name, key + ".months", visits.Months);
        if (visits.Days + visits.Months == 0) throw Wrong(name, key, "needs days or months", "须填写 days 或 months");
        if (visits.Season is null != visits.Rounds.Count is 0)
            throw Wrong(name, key, "has a season and rounds, or neither", "须同时填写 season 与 rounds，或都不填");
        if (visits.Season is null) return;
        if (visits.SeasonDays is (0, _) or (_, 0))
            throw Wrong(name, key + ".season", "needs days as MM-DD, such as 06-01", "须为 MM-DD，例如 06-01");
        if (visits.Rounds is not [{ } noon, { } dusk] || !(noon.From < noon.To && noon.To <= dusk.From && dusk.From < dusk.To))
            throw Wrong(name, key + ".rounds", "needs two rounds, one after the other, as HH:MM", "须为先后两个时段（HH:MM）");
    }

    private static void CheckDays(string name, string key, int days)
    {
        if (days is < 0 or > MostDays)
            throw Wrong(name, key, $"must lie between 0 and {MostDays}", $"须在 0 至 {MostDays} 之间");
    }

    private static RefusalException Wrong(string name, string key, string what, string whatZh) =>
        new("InvalidRhythm", $"{name}: {key} {what}.", $"{name}：{key} {whatZh}。", key);
}
