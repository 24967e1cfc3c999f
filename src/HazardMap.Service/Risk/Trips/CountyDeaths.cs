using HazardMap.Risk.Trips;
using HazardMap.Service.Database;
using Npgsql;

namespace HazardMap.Service.Risk.Trips;

/// <summary>Drowned children whom the register's own record knows: they outweigh the nation's rates as far as they go.</summary>
internal static class CountyDeaths
{
    /// <summary>Of all divisions that say since when their record is complete; null: none does, or nobody lives there.</summary>
    /// <param name="connection">Where to read.</param>
    /// <param name="rates">Of the rule.</param>
    /// <param name="homes">The children of each lowest division.</param>
    /// <param name="stop">Gives up.</param>
    public static async Task<OwnDeaths?> ReadAsync(NpgsqlConnection connection, DeathRates rates, IReadOnlyList<HomesOfDivision> homes,
        CancellationToken stop)
    {
        var records = await connection.RowsAsync(EmbeddedSql.Of(typeof(CountyDeaths), "CountyDeaths"),
            row => (Code: row.GetString(0), Years: row.GetDouble(1), Deaths: row.GetInt32(2)), stop);
        if (records.Count == 0) return null;
        var yearsOf = records.ToDictionary(r => r.Code, r => r.Years, StringComparer.Ordinal);
        var (all, recorded) = (0.0, 0.0);
        foreach (var home in homes)
        {
            var deaths = (home.Aged1To4 ?? 0) * rates.Per100000.Aged1To4.Value + (home.Aged5To14 ?? 0) * rates.Per100000.Aged5To14.Value;
            all += deaths;
            recorded += deaths * YearsOf(yearsOf, home.Code);
        }
        return recorded > 0 ? new OwnDeaths(records.Sum(r => r.Deaths), recorded / all) : null;
    }

    // The nearest at or above that says so counts.
    private static double YearsOf(Dictionary<string, double> years, string division)
    {
        for (var length = division.Length; length >= 2; length--)
            if (years.TryGetValue(division[..length], out var found)) return found;
        return 0;
    }
}

/// <summary>What a scale was made of, for whoever made it.</summary>
/// <param name="Rule">Version of the rule.</param>
/// <param name="Day">The day it was made.</param>
/// <param name="Year">Whose calendar it was made with; the season of the day does not enter.</param>
/// <param name="IsKept">False: made in memory to answer a question.</param>
/// <param name="Children1To4">Children of the register.</param>
/// <param name="Children5To14">Children of the register.</param>
/// <param name="DeathsPerYear">Deaths of children that its waters are expected to see in a year.</param>
/// <param name="DeathsPerYearByNation">The same by the nation's rates alone.</param>
/// <param name="OwnDeaths">Children who died in waters whose record is complete; null: nobody says that any is.</param>
/// <param name="OwnYears">In how many years; where only some divisions have a record, in so many of all children.</param>
/// <param name="SaidEn">What the level rests on, in a sentence, with what was assumed for want of data.</param>
/// <param name="SaidZh">The same in Chinese.</param>
internal sealed record ScaleTold(string Rule, DateOnly Day, int Year, bool IsKept, double Children1To4, double Children5To14,
    double DeathsPerYear, double DeathsPerYearByNation, int? OwnDeaths, double? OwnYears, string SaidEn, string SaidZh)
{
    /// <summary>Of a scale.</summary>
    public static ScaleTold Of(TripRule rule, TripScale scale, bool isKept)
    {
        static string Text(FormattableString text) => text.ToString(System.Globalization.CultureInfo.InvariantCulture);
        static double All(HazardMap.Risk.Trips.PerAge<double> deaths) => deaths.Aged1To4 + deaths.Aged5To14;
        var (now, nation) = (All(scale.DeathsPerYear), All(DeathsExpected.Of(rule.Rates, scale.Children).PerYear));
        var said = scale.OwnDeaths is { } own
            ? (En: Text($"The register's own record counts: {own.Deaths} children died in {own.Years:0.#} years, weighed against ")
                + Text($"{rule.Rates.PriorDeaths.Value:0.#} deaths of the nation's rates: {now:0.###} a year instead of {nation:0.###}."),
               Zh: Text($"已计入本地记录：{own.Years:0.#} 年内有 {own.Deaths} 名儿童溺亡，与全国溺亡率（权重 ")
                + Text($"{rule.Rates.PriorDeaths.Value:0.#} 例）合并：每年 {now:0.###} 人，而不是 {nation:0.###} 人。"))
            : (En: Text($"The nation's rates alone: {now:0.###} deaths a year. No division with children says since when its record of ")
                + "incidents is complete (IncidentsCompleteSince).",
               Zh: Text($"仅按全国溺亡率：每年 {now:0.###} 人。没有任何有儿童的行政区划填报")
                + "事件记录完整的起始日（IncidentsCompleteSince）。");
        return new ScaleTold(scale.Rule, scale.Day, scale.Year, isKept, scale.Children.Aged1To4, scale.Children.Aged5To14, now, nation,
            scale.OwnDeaths?.Deaths, scale.OwnDeaths?.Years,
            string.Join(' ', scale.Notes.Select(n => n.En).Prepend(said.En)),
            string.Concat(scale.Notes.Select(n => n.Zh).Prepend(said.Zh)));
    }
}
