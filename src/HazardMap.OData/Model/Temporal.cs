using System.Globalization;
using System.Text.Json;
using System.Text.RegularExpressions;
using Npgsql;
using NpgsqlTypes;

namespace HazardMap.OData;

/// <summary>
/// Days, points in time, times of day and durations between payload, URL and database. OData's calendar is the years 1 to 9999; the
/// database has more, infinity included. What comes in is read strictly and refused outside the calendar. What goes out is taken as
/// the whole number that the database keeps, because the driver takes the calendar's ends for infinity and fails beyond them; a value
/// that the calendar does not have is written as null, so that one such row breaks nobody's answer.
/// </summary>
internal static partial class Temporal
{
    private const long MicrosecondsOfDay = 86_400_000_000;
    private static readonly DateTime Epoch = new(2000, 1, 1, 0, 0, 0, DateTimeKind.Utc);   // PostgreSQL's
    private static readonly long Earliest = (DateTime.MinValue - Epoch).Ticks / TimeSpan.TicksPerMicrosecond;
    private static readonly long Latest = (DateTime.MaxValue - Epoch).Ticks / TimeSpan.TicksPerMicrosecond;

    /// <summary>What a type can hold, for whoever sent something else; null: it is not a type of time.</summary>
    public static string? RangeOf(ODataType type) => type switch
    {
        ODataType.Date => "0001-01-01 to 9999-12-31",
        ODataType.DateTimeOffset => "0001-01-01T00:00:00Z to 9999-12-31T23:59:59.999999Z, with an offset of at most 14:00",
        ODataType.TimeOfDay => "00:00:00 to 23:59:59.999999",
        _ => null,
    };

    /// <summary>Reads <c>2024-02-29</c>; null: no day of the calendar.</summary>
    public static DateOnly? Date(string text) =>
        DateOnly.TryParseExact(text, "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var day) ? day : null;

    /// <summary>Reads <c>2024-02-29T23:59:59.5+08:00</c>, which must say its offset; digits beyond microseconds are dropped;
    /// null: no moment of the calendar.</summary>
    public static DateTimeOffset? Moment(string text)
    {
        var match = MomentForm().Match(text);
        if (!match.Success || match.Length != text.Length) return null;
        if (Date(match.Groups["day"].Value) is not { } day || TimeOfDay(match.Groups["time"].Value) is not { } time) return null;
        if (Offset(match.Groups["zone"].Value) is not { } offset) return null;
        var local = day.ToDateTime(time);
        var utc = local.Ticks - offset.Ticks;
        return utc >= DateTime.MinValue.Ticks && utc <= DateTime.MaxValue.Ticks ? new DateTimeOffset(local, offset) : null;
    }

    /// <summary>Reads <c>08:30</c> or <c>08:30:00.123456</c>; null: no time of a day, such as 24:00 or a leap second.</summary>
    public static TimeOnly? TimeOfDay(string text)
    {
        var match = TimeForm().Match(text);
        if (!match.Success || match.Length != text.Length) return null;
        var (hour, minute, second) = (Number(match, "hour"), Number(match, "minute"), Number(match, "second"));
        if (hour > 23 || minute > 59 || second > 59) return null;
        var fraction = long.Parse(match.Groups["fraction"].Value.PadRight(6, '0')[..6], CultureInfo.InvariantCulture);
        return new TimeOnly(hour, minute, second).Add(TimeSpan.FromMicroseconds(fraction));
    }

    /// <summary>The whole number that the database keeps for a value of time; any other value as it is.</summary>
    public static object Raw(object value) => value switch
    {
        DateOnly day => day.DayNumber - DateOnly.FromDateTime(Epoch).DayNumber,
        DateTimeOffset moment => Microseconds(moment.UtcDateTime),
        DateTime moment => Microseconds(moment),
        TimeOnly time => time.Ticks / TimeSpan.TicksPerMicrosecond,
        _ => value,
    };

    /// <summary>The same of a column of the current row.</summary>
    public static object Raw(NpgsqlDataReader row, int ordinal, ODataType type) => type switch
    {
        ODataType.Date => row.GetFieldValue<int>(ordinal),
        ODataType.DateTimeOffset or ODataType.TimeOfDay => row.GetFieldValue<long>(ordinal),
        ODataType.Duration => row.GetFieldValue<NpgsqlInterval>(ordinal),
        _ => row.GetValue(ordinal),
    };

    /// <summary>That number as an SQL expression, as text.</summary>
    public static string RawSql(string column, ODataType type) => type switch
    {
        ODataType.Date => $"(case {column} when 'infinity' then {int.MaxValue} when '-infinity' then {int.MinValue} "
            + $"else {column} - '2000-01-01'::date end)::text",
        ODataType.DateTimeOffset => $"(case {column} when 'infinity' then {long.MaxValue} when '-infinity' then {long.MinValue} "
            + $"else (extract(epoch from {column}) * 1000000 - {(Epoch - DateTime.UnixEpoch).Ticks / TimeSpan.TicksPerMicrosecond})::int8 "
            + "end)::text",
        ODataType.Duration => $"((((extract(year from {column}) * 12 + extract(month from {column})) * 30 + extract(day from {column})) "
            + $"* {MicrosecondsOfDay} + extract(hour from {column}) * 3600000000 + extract(minute from {column}) * 60000000 "
            + $"+ extract(second from {column}) * 1000000)::numeric(40))::text",
        _ => $"(extract(epoch from {column}) * 1000000)::int8::text",
    };

    /// <summary>A duration as the number of its microseconds. A month, which only SQL can put into an interval, is 30 days, as it is when
    /// intervals are compared.</summary>
    public static Int128 Length(NpgsqlInterval interval) =>
        (interval.Months * 30L + interval.Days) * (Int128)MicrosecondsOfDay + interval.Time;

    /// <summary>The duration of so many microseconds.</summary>
    public static NpgsqlInterval Interval(Int128 microseconds) =>
        new(months: 0, checked((int)(microseconds / MicrosecondsOfDay)), (long)(microseconds % MicrosecondsOfDay));

    /// <summary>The expression where the calendar has its value, else null.</summary>
    public static string InCalendar(string sql, string column, ODataType type) => type switch
    {
        ODataType.Date => $"(case when {column} between '0001-01-01' and '9999-12-31' then {sql} end)",
        ODataType.DateTimeOffset => $"(case when {column} >= '0001-01-01Z' and {column} < '10000-01-01Z' then {sql} end)",
        ODataType.TimeOfDay => $"(case when {column} < '24:00' then {sql} end)",
        _ => sql,
    };

    /// <summary>Writes a column of a type of time that is not null.</summary>
    public static void Write(Utf8JsonWriter json, NpgsqlDataReader row, int ordinal, ODataType type)
    {
        switch (type)
        {
            case ODataType.Date when Day(row.GetFieldValue<int>(ordinal)) is { } day: Format(json, day, "yyyy-MM-dd"); break;
            case ODataType.DateTimeOffset when row.GetFieldValue<long>(ordinal) is var at && at >= Earliest && at <= Latest:
                Format(json, Epoch.AddTicks(at * TimeSpan.TicksPerMicrosecond), "yyyy-MM-ddTHH:mm:ss.ffffffZ"); break;
            case ODataType.TimeOfDay when row.GetFieldValue<long>(ordinal) is var time and < MicrosecondsOfDay:
                Format(json, new TimeOnly(time * TimeSpan.TicksPerMicrosecond), "HH:mm:ss.ffffff"); break;
            case ODataType.Duration: Duration(json, row.GetFieldValue<NpgsqlInterval>(ordinal)); break;
            default: json.WriteNullValue(); break;
        }
    }

    private static DateOnly? Day(int raw)
    {
        var number = (long)raw + DateOnly.FromDateTime(Epoch).DayNumber;
        return number >= 0 && number <= DateOnly.MaxValue.DayNumber ? DateOnly.FromDayNumber((int)number) : null;
    }

    private static void Duration(Utf8JsonWriter json, NpgsqlInterval interval)
    {
        var all = Length(interval);
        var size = Int128.Abs(all);
        var days = (long)(size / MicrosecondsOfDay);
        var rest = TimeSpan.FromMicroseconds((long)(size % MicrosecondsOfDay));
        var text = System.Xml.XmlConvert.ToString(rest)[1..];   // PT0S without its P
        text = days == 0 ? "P" + text : string.Create(CultureInfo.InvariantCulture, $"P{days}D{(rest == TimeSpan.Zero ? "" : text)}");
        json.WriteStringValue(all < 0 ? "-" + text : text);
    }

    private static long Microseconds(DateTime moment) => (moment.Ticks - Epoch.Ticks) / TimeSpan.TicksPerMicrosecond;

    private static TimeSpan? Offset(string zone)
    {
        if (zone is "Z" or "z") return TimeSpan.Zero;
        var (hours, minutes) = (int.Parse(zone.AsSpan(1, 2), CultureInfo.InvariantCulture),
            int.Parse(zone.AsSpan(4, 2), CultureInfo.InvariantCulture));
        if (minutes > 59 || hours * 60 + minutes > 14 * 60) return null;
        return new TimeSpan(hours, minutes, 0) * (zone[0] == '-' ? -1 : 1);
    }

    private static int Number(Match match, string group) =>
        match.Groups[group].Success ? int.Parse(match.Groups[group].ValueSpan, CultureInfo.InvariantCulture) : 0;

    private static void Format<T>(Utf8JsonWriter json, T value, string format) where T : ISpanFormattable
    {
        Span<char> text = stackalloc char[40];
        value.TryFormat(text, out var length, format, CultureInfo.InvariantCulture);
        json.WriteStringValue(text[..length]);
    }

    [GeneratedRegex(@"^(?<day>\d{4}-\d\d-\d\d)[Tt](?<time>\d\d:\d\d(:\d\d(\.\d{1,12})?)?)(?<zone>[Zz]|[+\-]\d\d:\d\d)",
        RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1000)]
    private static partial Regex MomentForm();

    [GeneratedRegex(@"^(?<hour>\d\d):(?<minute>\d\d)(:(?<second>\d\d)(\.(?<fraction>\d{1,12}))?)?",
        RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1000)]
    private static partial Regex TimeForm();
}
