using System.Diagnostics;
using System.Globalization;
using HazardMap.OData;
using HazardMap.Register;
using HazardMap.Risk.Trips;
using Npgsql;

namespace HazardMap.Service.Risk.Trips;

/// <summary>How many waters are red, over draws.</summary>
internal sealed record RedCount(int Low, int Median, int High);

/// <summary>What draws say of a water.</summary>
/// <param name="Id">Its key.</param>
/// <param name="Code">Its code.</param>
/// <param name="Name">Its name.</param>
/// <param name="RiskScore">By the rule itself.</param>
/// <param name="Level">By the rule itself.</param>
/// <param name="RiskLow">The lower end of its interval by the delta method.</param>
/// <param name="RiskHigh">The upper end.</param>
/// <param name="LevelHeld">Probability of the level by the delta method.</param>
/// <param name="DrawnLow">The lower end by draws.</param>
/// <param name="DrawnMedian">The middle of the draws.</param>
/// <param name="DrawnHigh">The upper end.</param>
/// <param name="RedShare">How often it is red.</param>
/// <param name="DrawnLevelHeld">How often it has its level.</param>
/// <param name="InsideShare">How many draws lie within the interval of the delta method.</param>
/// <param name="Agrees">Whether that is about what the interval says of itself.</param>
internal sealed record DrawnWater(Guid Id, string Code, string Name, double RiskScore, RiskLevel Level, double RiskLow, double RiskHigh,
    double LevelHeld, double DrawnLow, double DrawnMedian, double DrawnHigh, double RedShare, double DrawnLevelHeld, double InsideShare,
    bool Agrees);

/// <summary>A register under rules drawn from the spreads of its own.</summary>
/// <param name="Rule">The rule.</param>
/// <param name="Seed">The same seed gives the same draws.</param>
/// <param name="Draws">How many were drawn.</param>
/// <param name="Refused">How many of those asked for made no rule or no scale.</param>
/// <param name="Hazards">Waters.</param>
/// <param name="Visited">Of them, those that anybody comes to.</param>
/// <param name="Seconds">How long it took.</param>
/// <param name="Scale">The scale that the rule itself makes of the register today.</param>
/// <param name="Nominal">What share of draws an interval should hold.</param>
/// <param name="Inside">What share the intervals of the delta method hold, over all waters.</param>
/// <param name="Tolerance">How far a water's own share may be from that for the two to agree.</param>
/// <param name="Agree">The share of waters where they do.</param>
/// <param name="Red">How many waters are red in a draw.</param>
/// <param name="Listed">How many waters follow: those that are red or orange, or red in any draw, the first by score.</param>
/// <param name="Waters">The waters.</param>
internal sealed record TripDrawReport(string Rule, int Seed, int Draws, int Refused, int Hazards, int Visited, double Seconds,
    ScaleTold Scale, double Nominal, double Inside, double Tolerance, double Agree, RedCount Red, int Listed,
    IReadOnlyList<DrawnWater> Waters) : ITold
{
    /// <inheritdoc/>
    public IEnumerable<string> Lines()
    {
        static string Text(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);
        yield return Text($"{Draws} draws of every number (seed {Seed}): {Red.Median} waters red ({Red.Low}-{Red.High}). ")
            + Text($"The delta method's {Nominal:P0} intervals hold {Inside:P1} of the draws; ")
            + Text($"they agree with the draws at {Agree:P1} of {Visited} waters (within {100 * Tolerance:0.#} points).");
        yield return Text($"对全部参数抽样 {Draws} 次（种子 {Seed}）：")
            + Text($"红色水域 {Red.Median} 处（{Red.Low}–{Red.High}）。")
            + Text($"解析法的 {Nominal:P0} 区间包含 {Inside:P1} 的抽样；")
            + Text($"在 {Visited} 处有儿童到访的水域中，两种方法在 {Agree:P1} 处一致")
            + Text($"（相差不超过 {100 * Tolerance:0.#} 个百分点）。");
    }
}

/// <summary><c>risk --draws 200 --seed 1</c>: the interval by drawing. Writes nothing.</summary>
internal static class TripDrawRun
{
    /// <summary>The seed when none is given.</summary>
    public const int Seed = 2027;

    private const int MostListed = 10_000;

    public static async Task<TripDrawReport> RunAsync(NpgsqlDataSource database, string? version, int draws, int seed,
        CancellationToken stop)
    {
        var watch = Stopwatch.StartNew();
        await using var connection = await database.OpenPatientlyAsync(stop);
        await using var transaction = await connection.BeginTransactionAsync(System.Data.IsolationLevel.RepeatableRead, stop);
        var read = await TripStudies.ReadAsync(connection, version, withOwnDeaths: true, stop);
        var drawn = DrawnRisks.Of(read.Study, read.Rule, seed, draws, TripStudies.Telling("draws / 抽样", draws), stop);
        var told = drawn.Waters.Where(w => w.RedShare > 0 || w.Score.Level <= RiskLevel.Orange).OrderByDescending(w => w.Score.RiskScore)
            .ThenBy(w => w.Id).Take(MostListed).ToList();
        var names = await TripStudies.NamesAsync(connection, [.. told.Select(w => w.Id)], stop);
        var scale = ScaleTold.Of(read.Rule, read.Study.Score(read.Rule, stop: stop).Scale, isKept: false);
        return new TripDrawReport(read.Rule.Version, seed, drawn.Draws, drawn.Refused, read.Rows.Count, drawn.Waters.Count,
            Math.Round(watch.Elapsed.TotalSeconds, 3), scale, drawn.Nominal, drawn.Inside, drawn.Tolerance, drawn.Agree,
            new RedCount(drawn.Red.Low, drawn.Red.Median, drawn.Red.High), told.Count,
            [.. told.Select(w => new DrawnWater(w.Id, names[w.Id].Code, names[w.Id].Name, w.Score.RiskScore, w.Score.Level, w.Score.RiskLow,
                w.Score.RiskHigh, w.Score.LevelHeld, w.Low, w.Median, w.High, w.RedShare, w.LevelShare, w.InsideShare,
                Math.Abs(w.InsideShare - drawn.Nominal) <= drawn.Tolerance))]);
    }
}
