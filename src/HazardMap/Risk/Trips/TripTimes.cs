using System.Globalization;

namespace HazardMap.Risk.Trips;

/// <summary>Where children are at an hour.</summary>
public enum TripBase
{
    /// <summary>At home, unless another base has them.</summary>
    Home,

    /// <summary>Pupils in school hours.</summary>
    School,

    /// <summary>Boarders outside school hours.</summary>
    Boarding,

    /// <summary>In a kindergarten.</summary>
    Kindergarten,

    /// <summary>In a children's home by day.</summary>
    ChildrensHome,

    /// <summary>At a pool that is guarded.</summary>
    Pool,
}

/// <summary>When children are at a base other than home.</summary>
/// <param name="Base">Which.</param>
/// <param name="Days">On which days.</param>
/// <param name="From">The first hour, 0 to 23.</param>
/// <param name="To">The hour that it ends with, 1 to 24.</param>
public sealed record TripStay(TripBase Base, IReadOnlyList<DayKind> Days, int From, int To);

/// <summary>The share of children at a base who are free and unsupervised.</summary>
/// <param name="Base">Which.</param>
/// <param name="Age">Of which age.</param>
/// <param name="Days">On which days.</param>
/// <param name="From">The first hour, 0 to 23.</param>
/// <param name="To">The hour that it ends with, 1 to 24.</param>
/// <param name="Share">Their share. Hours that no entry names have 0.</param>
public sealed record FreeShare(TripBase Base, TripAge Age, IReadOnlyList<DayKind> Days, int From, int To, TripNumber Share);

/// <summary>When children are where and who of them is free; how trips run through the year and the day before they are raked.</summary>
public sealed class TripTimes
{
    internal const int Hours = 24, DayKinds = 3, Months = 12;

    private readonly bool[] _stays = new bool[Enum.GetValues<TripBase>().Length * DayKinds * Hours];

    // The entry that holds; -1: nobody is free.
    private readonly int[] _entries = new int[Enum.GetValues<TripBase>().Length * 2 * DayKinds * Hours];

    internal TripTimes(TripNumbers ask)
    {
        Stays = ask.Structure("stays", text => text.Items("stays").Select(i =>
        {
            text.CheckOriginOf(i.Item, i.Path);
            var (from, to) = text.HoursIn(i.Item, i.Path);
            return new TripStay(text.MemberIn<TripBase>(i.Item, i.Path, "base"), text.MembersIn<DayKind>(i.Item, i.Path, "days"), from, to);
        }).ToArray());
        for (var i = 0; i < Stays.Count; i++) Place(ask, i);
        Free = ReadFree(ask);
        Array.Fill(_entries, -1);
        for (var i = 0; i < Free.Count; i++) PlaceFree(ask, i);
        TimeZone = ask.Structure("season.timeZone", text => text.Text("season", "timeZone"));
        Offset = ask.Structure("season.utcOffsetMinutes",
            text => TimeSpan.FromMinutes(text.Whole("season", "utcOffsetMinutes", -14 * 60, 14 * 60)));
        MonthShape = [.. Enumerable.Range(1, Months).Select(m => ask.Number(Path("season.months", m), 0, 100))];
        HourShape = [.. Enumerable.Range(0, Hours).Select(h => ask.Number(Path("season.hours", h), 0, 100))];
        PeakMonth = ask.Structure("season.peakMonth.month", text => text.Whole("season.peakMonth", "month", 1, Months));
        PeakMonthShare = ask.Number("season.peakMonth", 1e-6, 1 - 1e-6);
        Afternoon = ask.Structure("season.afternoon.hours", text => text.HoursOf("season.afternoon"));
        AfternoonShare = ask.Number("season.afternoon", 1e-6, 1 - 1e-6);
        if (!(MonthShape[PeakMonth - 1].Value > 0))
            throw ask.Refuse(MonthShape[PeakMonth - 1].Path, "must be greater than 0: it is the peak month",
                "须大于 0：它是高峰月份");
        if (!(HolidayAtHome([.. HourShape.Select(h => h.Value)]) > 0))
            throw ask.Refuse("unsupervised", "leaves no child aged 5 to 14 free at home on a holiday: visits are counted in such days",
                "使 5 至 14 岁儿童在假日居家时无人自由活动：到访以此类日子计");
    }

    /// <summary>When children are away from home.</summary>
    public IReadOnlyList<TripStay> Stays { get; }

    /// <summary>Who is free and unsupervised (f).</summary>
    public IReadOnlyList<FreeShare> Free { get; }

    /// <summary>Name of the clock, such as <c>Asia/Shanghai</c>.</summary>
    public string TimeZone { get; }

    /// <summary>What that clock is ahead of UTC, all year.</summary>
    public TimeSpan Offset { get; }

    /// <summary>How trips run through the year before a scale rakes them (g); January first.</summary>
    public IReadOnlyList<TripNumber> MonthShape { get; }

    /// <summary>How trips run through the day before a scale rakes them (h); from midnight.</summary>
    public IReadOnlyList<TripNumber> HourShape { get; }

    /// <summary>The month whose share of the year's deaths is known, 1 to 12.</summary>
    public int PeakMonth { get; }

    /// <summary>That share.</summary>
    public TripNumber PeakMonthShare { get; }

    /// <summary>The hours whose share of the day's deaths is known.</summary>
    public (int From, int To) Afternoon { get; }

    /// <summary>That share.</summary>
    public TripNumber AfternoonShare { get; }

    /// <summary>Month (1 to 12), date and hour of a time on the rule's clock.</summary>
    public (int Month, DateOnly Date, int Hour) On(DateTimeOffset at)
    {
        // No clock is ahead of the last hour that there is, nor behind the first.
        var local = new DateTime(Math.Clamp(at.UtcTicks + Offset.Ticks, DateTime.MinValue.Ticks, DateTime.MaxValue.Ticks));
        return (local.Month, DateOnly.FromDateTime(local), local.Hour);
    }

    /// <summary>Whether a base has its children at that hour.</summary>
    public bool IsStay(TripBase at, DayKind day, int hour) => at == TripBase.Home || _stays[StayIndex(at, day, hour)];

    /// <summary>The share of children at a base who are free and unsupervised then; 0 while the base has none.</summary>
    public double FreeAt(TripBase at, TripAge age, DayKind day, int hour) =>
        _entries[FreeIndex(at, age, day, hour)] is >= 0 and var entry ? Free[entry].Share.Value : 0;

    /// <summary>
    /// What one child of an entry adds to those who are free at that hour: at home and in facilities the share, for who is away the
    /// share that home is missing, below 0. So children are counted once at every hour.
    /// </summary>
    public double Of(Presence entry, DayKind day, int hour) => Of(entry, day, hour, null);

    /// <summary>The same with all shares 0 but one: how it moves with that share's logarithm.</summary>
    internal double Of(Presence entry, DayKind day, int hour, int? onlyShare)
    {
        var (at, age, isAway) = (entry.Base(), entry.Age(), entry.IsAway());
        if (!IsStay(at, day, hour)) return 0;
        var share = _entries[FreeIndex(isAway ? TripBase.Home : at, age, day, hour)];
        if (share < 0 || (onlyShare is { } only && only != share)) return 0;
        return isAway ? -Free[share].Share.Value : Free[share].Share.Value;
    }

    /// <summary>How many hours of a holiday, weighted by their shape, a child aged 5 to 14 is free at home: 1 once hours are
    /// normal.</summary>
    internal double HolidayAtHome(IReadOnlyList<double> hours)
    {
        var sum = 0.0;
        for (var h = 0; h < Hours; h++) sum += FreeAt(TripBase.Home, TripAge.Aged5To14, DayKind.Holiday, h) * hours[h];
        return sum;
    }

    private static int StayIndex(TripBase at, DayKind day, int hour) => (((int)at * DayKinds) + (int)day) * Hours + hour;

    private static int FreeIndex(TripBase at, TripAge age, DayKind day, int hour) =>
        ((((int)at * 2) + (int)age) * DayKinds + (int)day) * Hours + hour;

    private static string Path(string path, int key) => $"{path}.{key.ToString(CultureInfo.InvariantCulture)}";

    // Who is away twice at the same hour would be taken out of home twice. Kindergarten and school have different children; a pool takes
    // from those whom no children's home has.
    private static bool MayMeet(TripBase a, TripBase b) =>
        (a, b) is (TripBase.School or TripBase.Boarding, TripBase.Kindergarten)
            or (TripBase.Kindergarten, TripBase.School or TripBase.Boarding)
            or (TripBase.Pool, TripBase.ChildrensHome) or (TripBase.ChildrensHome, TripBase.Pool);

    private static FreeShare[] ReadFree(TripNumbers ask) =>
        [.. ask.Structure("unsupervised", text => text.Items("unsupervised").Select(i =>
        {
            var (from, to) = text.HoursIn(i.Item, i.Path);
            return new FreeShare(text.MemberIn<TripBase>(i.Item, i.Path, "base"), text.AgeIn(i.Item, i.Path),
                text.MembersIn<DayKind>(i.Item, i.Path, "days"), from, to, text.ValueIn(i.Item, i.Path, 0, 1));
        }).ToArray()).Select(f => f with { Share = ask.Entry(f.Share, 0, 1) })];

    private void Place(TripNumbers ask, int entry)
    {
        var stay = Stays[entry];
        if (stay.Base == TripBase.Home)
            throw ask.Refuse($"stays[{entry}].base", "must not be Home: there children are whenever no other base has them",
                "不得为 Home：没有其他去处时儿童即在家");
        foreach (var day in stay.Days)
            for (var hour = stay.From; hour < stay.To; hour++)
            {
                foreach (var other in Enum.GetValues<TripBase>())
                    if (_stays[StayIndex(other, day, hour)] && !MayMeet(stay.Base, other))
                        throw ask.Refuse($"stays[{entry}]",
                            $"overlaps another entry of {other} on {day} at {hour}:00: the same children would be away twice",
                            $"与 {other} 的另一项在 {day} {hour}:00 重叠：同一儿童会被重复计为离家");
                _stays[StayIndex(stay.Base, day, hour)] = true;
            }
    }

    private void PlaceFree(TripNumbers ask, int entry)
    {
        var free = Free[entry];
        foreach (var day in free.Days)
            for (var hour = free.From; hour < free.To; hour++)
            {
                ref var placed = ref _entries[FreeIndex(free.Base, free.Age, day, hour)];
                if (placed >= 0)
                    throw ask.Refuse($"unsupervised[{entry}]",
                        $"overlaps unsupervised[{placed}] on {day} at {hour}:00: hours of one base, age and kind of day are told once",
                        $"与 unsupervised[{placed}] 在 {day} {hour}:00 重叠：同一去处、年龄和日子的时段只能写一次");
                if (!IsStay(free.Base, day, hour))
                    throw ask.Refuse($"unsupervised[{entry}]", $"is for {free.Base} on {day} at {hour}:00, when stays has nobody there",
                        $"指 {free.Base} 在 {day} {hour}:00 的情形，而 stays 中此时无人在那里");
                placed = entry;
            }
    }
}

/// <summary>Which base the children of an entry are at.</summary>
internal static class PresenceBases
{
    /// <summary>Of an entry that stands at home and is missing there: where they are instead.</summary>
    public static TripBase Base(this Presence entry) => entry switch
    {
        Presence.Home1To4 or Presence.Home5To14 => TripBase.Home,
        Presence.AwayAtSchool5To14 or Presence.School5To14 => TripBase.School,
        Presence.AwayBoarding5To14 or Presence.Boarding5To14 => TripBase.Boarding,
        Presence.AwayAtKindergarten1To4 or Presence.Kindergarten1To4 or Presence.AwayAtKindergarten5To14
            or Presence.Kindergarten5To14 => TripBase.Kindergarten,
        Presence.AwayAtPool1To4 or Presence.AwayAtPool5To14 => TripBase.Pool,
        _ => TripBase.ChildrensHome,
    };
}
