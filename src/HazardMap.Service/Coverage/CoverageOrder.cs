using System.Globalization;
using HazardMap.Coverage;
using HazardMap.Register;
using HazardMap.Service.Network;

namespace HazardMap.Service.Coverage;

/// <summary>What ways are measured along.</summary>
internal enum CoverageMode
{
    /// <summary>Geodesic, as the crow flies.</summary>
    [Word("直线", "Straight line")] Straight,

    /// <summary>Along roads and paths.</summary>
    [Word("步行", "On foot")] Walk,

    /// <summary>Along roads, by their speeds.</summary>
    [Word("驾车", "By car")] Drive,
}

/// <summary>What bands are measured in.</summary>
internal enum CoverageUnit
{
    /// <summary>Metres.</summary>
    [Word("米", "m")] Metres,

    /// <summary>Minutes.</summary>
    [Word("分钟", "min")] Minutes,
}

/// <summary>The whole question of a coverage run.</summary>
/// <param name="Kind">What serves.</param>
/// <param name="Mode">What ways are measured along.</param>
/// <param name="Unit">What bands are measured in.</param>
/// <param name="Bands">Rising limits; the last is the threshold.</param>
/// <param name="Weights">What each band weighs; null: from beta.</param>
/// <param name="Beta">Of the Gaussian decay, in squared units; null: 0.291 x threshold squared.</param>
/// <param name="Demand">Who may be served.</param>
/// <param name="DemandKinds">At which kinds of facility; null: what the word means.</param>
/// <param name="IncludePlanned">Planned facilities serve too.</param>
/// <param name="DrawAreas">Whether catchments are drawn.</param>
internal sealed record CoverageOrder(
    FacilityKind Kind, CoverageMode Mode, CoverageUnit Unit, IReadOnlyList<double> Bands, IReadOnlyList<double>? Weights, double? Beta,
    CoverageDemand Demand, IReadOnlyList<FacilityKind>? DemandKinds, bool IncludePlanned, bool DrawAreas)
{
    /// <summary>Reads an order from words, refusing what makes no sense.</summary>
    public static CoverageOrder Parse(
        string? kind, string? mode, string? unit, string? bands, string? weights, double? beta, string? demand, string? demandKinds,
        bool includePlanned, bool drawAreas)
    {
        var order = new CoverageOrder(
            CoverageQuestion.Word<FacilityKind>(kind, "kind"), CoverageQuestion.Word<CoverageMode>(mode ?? "Straight", "mode"),
            CoverageQuestion.Word<CoverageUnit>(unit ?? "Metres", "unit"),
            Numbers(bands, "bands") ?? throw Missing("bands"), Numbers(weights, "weights"), beta,
            CoverageQuestion.Word<CoverageDemand>(demand, "demand"),
            demandKinds is null ? null : [.. Parts(demandKinds).Select(k => CoverageQuestion.Word<FacilityKind>(k, "demandKinds"))
                .Distinct()], includePlanned, drawAreas);
        order.Check();
        return order;
    }

    /// <summary>Whether room is counted in turns of a summer: children at home who want to swim take turns in a pool.</summary>
    public bool CountsTurns => Kind == FacilityKind.SwimmingPool && Demand == CoverageDemand.ChildrenAtHome;

    /// <summary>What a unit of the bands is in costs of the edges: metres when walking or straight, seconds when driving.</summary>
    public double CostPerUnit => (Mode, Unit) switch
    {
        (CoverageMode.Drive, _) => 60,
        (_, CoverageUnit.Minutes) => ProfileFile.Profiles.Walk.AccessKmh * 1000 / 60,
        _ => 1,
    };

    /// <summary>Bands and decays in costs of the edges.</summary>
    public CoverageMeasures Measures =>
        CoverageMeasures.Of([.. Bands.Select(b => b * CostPerUnit)], Weights, Beta * CostPerUnit * CostPerUnit);

    /// <summary>One text that says all of it, for the hash of the inputs.</summary>
    public string Canonical => string.Create(CultureInfo.InvariantCulture,
        $"{Kind}|{Mode}|{Unit}|{string.Join(' ', Bands.Select(Text))}|{string.Join(' ', Measures.StepWeights.Select(Text))}|"
            + $"{Measures.Beta:R}|{Demand}|{string.Join(' ', DemandKinds ?? [])}|{IncludePlanned}");

    private void Check()
    {
        if (Mode == CoverageMode.Drive && Unit == CoverageUnit.Metres)
            throw new RefusalException("BadUnit", "Driving is measured in minutes: set unit to Minutes.",
                "驾车以分钟计：请将 unit 设为 Minutes。", "unit");
        if (Mode == CoverageMode.Straight && Unit == CoverageUnit.Minutes)
            throw new RefusalException("BadUnit", "A straight line has no minutes: set unit to Metres, or mode to Walk or Drive.",
                "直线距离没有分钟：请将 unit 设为 Metres，或将 mode 设为 Walk 或 Drive。", "unit");
        if (Demand == CoverageDemand.ChildrenAtHome && DemandKinds is not null)
            throw new RefusalException("DemandKindsUnused", "Children at home are at no facility: leave demandKinds out.",
                "在家儿童不在任何设施：请去掉 demandKinds。", "demandKinds");
        if (Demand == CoverageDemand.Facilities && DemandKinds is null)
            throw new RefusalException("DemandKindsMissing", "demandKinds must say which facilities are counted.",
                "demandKinds 须指明统计哪些设施。", "demandKinds");
        _ = Measures;
    }

    private static string Text(double number) => number.ToString("R", CultureInfo.InvariantCulture);

    private static string[] Parts(string text) =>
        text.Split([' ', ',', ';', '，', '；'], StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);

    private static double[]? Numbers(string? text, string target) => text is null ? null : [.. Parts(text).Select(part =>
        double.TryParse(part, NumberStyles.Float, CultureInfo.InvariantCulture, out var number) && double.IsFinite(number) ? number
            : throw new RefusalException("NotANumber", $"{target}: '{part}' is not a number.", $"{target}：'{part}' 不是数字。",
                target))];

    private static RefusalException Missing(string target) => new("Missing", $"{target} is needed.", $"缺少 {target}。", target);
}
