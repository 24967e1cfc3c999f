using System.Diagnostics;
using System.Globalization;
using HazardMap.OData;
using HazardMap.Risk.Trips;
using Npgsql;

namespace HazardMap.Service.Risk.Trips;

/// <summary>What decides the ranking under a rule of trips.</summary>
/// <param name="Rule">The rule.</param>
/// <param name="Percent">How much each number was turned.</param>
/// <param name="Hazards">Waters looked at.</param>
/// <param name="Top">How many are at the top: as many as are red.</param>
/// <param name="Seconds">How long it took.</param>
/// <param name="Scale">The scale that the rule itself makes of the register today.</param>
/// <param name="Decides">Whole assumptions exchanged.</param>
/// <param name="Parameters">Each number turned, the most decisive first.</param>
internal sealed record TripSensitivityReport(string Rule, double Percent, int Hazards, int Top, double Seconds, ScaleTold Scale,
    IReadOnlyList<RankingChange> Decides, IReadOnlyList<NumberSensitivity> Parameters) : ITold
{
    private const int MostTold = 20;

    /// <inheritdoc/>
    public IEnumerable<string> Lines()
    {
        static string Text(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);
        yield return Text($"Kept: share of the {Top} waters at the top that stay there / ")
            + Text($"保留：原前 {Top} 处水域仍在前列的比例");
        yield return "Kept / 保留   Up / 升  Down / 降   Red / 红";
        foreach (var change in Decides)
        {
            yield return Text($"{change.TopKept,12:P0} {change.Worse,8} {change.Better,10} {change.Red,10}   {change.What!.En}");
            yield return new string(' ', 46) + change.What.Zh;
        }
        yield return Text($"Each number turned by {Percent:0.##}%, the {MostTold} most decisive / ")
            + Text($"各参数变动 {Percent:0.##}%，影响最大的 {MostTold} 项");
        foreach (var number in Parameters.Take(MostTold))
            yield return Text($"{number.TopKept,12:P1} {number.Flips,8} levels / 等级   {number.Path} = {number.Value}");
    }
}

/// <summary><c>risk --sensitivity 20</c> by a rule of trips. Writes nothing.</summary>
internal static class TripSensitivityRun
{
    public static async Task<TripSensitivityReport> RunAsync(NpgsqlDataSource database, string? version, double percent,
        CancellationToken stop)
    {
        var watch = Stopwatch.StartNew();
        await using var connection = await database.OpenPatientlyAsync(stop);
        await using var transaction = await connection.BeginTransactionAsync(System.Data.IsolationLevel.RepeatableRead, stop);
        var read = await TripStudies.ReadAsync(connection, version, withOwnDeaths: true, stop);
        var sensitivity = new TripSensitivity(read.Study, read.Rule, percent, stop);
        var decides = sensitivity.Assumptions();
        var numbers = sensitivity.Numbers(TripStudies.Telling("numbers tried / 已试参数", read.Rule.Numbers.Count));
        return new TripSensitivityReport(read.Rule.Version, percent, read.Rows.Count, sensitivity.Top,
            Math.Round(watch.Elapsed.TotalSeconds, 3), ScaleTold.Of(read.Rule, sensitivity.Base.Scale, isKept: false), decides, numbers);
    }
}
