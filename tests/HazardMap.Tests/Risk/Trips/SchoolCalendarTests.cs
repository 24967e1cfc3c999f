using HazardMap.Risk.Trips;

namespace HazardMap.Tests.Risk.Trips;

public class SchoolCalendarTests
{
    private const string Small = """
        { "division": "9901", "year": 2026, "source": { "en": "a test", "zh": "测试" },
          "holidays": [
            { "from": "2026-07-11", "to": "2026-08-31", "name": { "en": "Summer", "zh": "暑假" }, "sureness": "high" },
            { "from": "2026-10-01", "to": "2026-10-07", "name": { "en": "National Day", "zh": "国庆节" }, "sureness": "high" } ],
          "workdays": ["2026-10-10"] }
        """;

    public static TheoryData<string> Files =>
        [.. Directory.GetFiles(Repository.PathOf("geodata/calendar"), "*.json").Select(f => Path.GetFileName(f))];

    [Theory]
    [MemberData(nameof(Files))]
    public void A_published_calendar_is_read_and_makes_a_year_of_days(string name)
    {
        var calendar = SchoolCalendar.Parse(File.ReadAllText(Repository.PathOf($"geodata/calendar/{name}")), name);
        Assert.Equal(365, Enum.GetValues<DayKind>().Sum(calendar.Days.Of));
        Assert.Equal(31, calendar.Days[8, DayKind.Holiday]);
        Assert.InRange(calendar.Days.Of(DayKind.SchoolDay), 180, 220);
        Assert.Equal(calendar.Year == 2027, calendar.Source.En.StartsWith("A projection", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("2026-07-10", DayKind.SchoolDay)]
    [InlineData("2026-07-11", DayKind.Holiday)]
    [InlineData("2026-08-31", DayKind.Holiday)]
    [InlineData("2026-09-01", DayKind.SchoolDay)]
    [InlineData("2026-09-05", DayKind.Weekend)]
    [InlineData("2026-10-04", DayKind.Holiday)]
    [InlineData("2026-10-10", DayKind.SchoolDay)]
    public void A_day_is_what_the_calendar_says(string day, DayKind kind) => Assert.Equal(kind,
        SchoolCalendar.Parse(Small).Of(DateOnly.Parse(day, System.Globalization.CultureInfo.InvariantCulture)));

    [Fact]
    public void Without_a_file_weekdays_alone_count_and_the_calendar_says_so()
    {
        var calendar = SchoolCalendar.Default(2028);
        Assert.Equal((true, 0, 366), (calendar.IsDefault, calendar.Days.Of(DayKind.Holiday),
            Enum.GetValues<DayKind>().Sum(calendar.Days.Of)));
        Assert.Contains("No calendar for 2028", calendar.Source.En);
        Assert.Contains("没有 2028 年校历", calendar.Source.Zh);
    }

    [Theory]
    [InlineData("\"2026-10-01\"", "\"2026-08-31\"", "holidays[1]", "2026-08-31, which holidays[0] has too")]
    [InlineData("[\"2026-10-10\"]", "[\"2026-10-10\", \"2026-10-10\"]", "workdays[1]", "which workdays[0] has too")]
    [InlineData("[\"2026-10-10\"]", "[\"2026-10-04\"]", "workdays[0]", "which holidays[1] has too")]
    [InlineData("[\"2026-10-10\"]", "[\"2026-10-12\"]", "workdays[0]", "Saturday or Sunday")]
    [InlineData("\"2026-10-07\"", "\"2027-10-07\"", "holidays[1].to", "another year than 2026")]
    [InlineData("\"2026-10-07\"", "\"2026-09-07\"", "holidays[1].to", "not be before from")]
    [InlineData("\"2026-10-07\"", "\"2026-10-32\"", "holidays[1].to", "a day such as")]
    [InlineData("\"year\": 2026", "\"year\": 26", "year", "1900")]
    [InlineData("\"year\": 2026", "\"years\": 2026", "years", "not a key")]
    [InlineData("\"workdays\": [", "\"workday\": [", "workday", "not a key")]
    [InlineData("\"sureness\": \"high\" },\n", "\"sureness\": \"sure\" },\n", "holidays[0].sureness", "low, medium or high")]
    [InlineData("\"zh\": \"暑假\"", "\"cn\": \"暑假\"", "holidays[0].name.cn", "not a key")]
    public void A_wrong_calendar_is_refused_naming_the_place(string right, string wrong, string key, string what)
    {
        Assert.Contains(right, Small);
        var refusal = Assert.Throws<RefusalException>(() => SchoolCalendar.Parse(Small.Replace(right, wrong, StringComparison.Ordinal),
            "c"));
        Assert.Equal(("InvalidCalendar", key), (refusal.Code, refusal.Target));
        Assert.Contains(what, refusal.Message);
        Assert.Matches(@"^c, line \d+, column \d+: ", refusal.Message);
        Assert.Matches(@"^c 第 \d+ 行第 \d+ 列：", refusal.MessageZh);
    }

    [Fact]
    public void A_calendar_under_the_name_of_another_is_refused()
    {
        Assert.Equal("division", Assert.Throws<RefusalException>(() => SchoolCalendar.Parse(Small, "5326-2026.json")).Target);
        Assert.Equal("9901", SchoolCalendar.Parse(Small, "9901-2026.json").Division);
    }
}
