using System.CommandLine;
using System.CommandLine.Parsing;
using System.Globalization;
using HazardMap.Register;
using HazardMap.Service.Commands;

namespace HazardMap.Service.Coverage;

/// <summary>What <c>coverage</c> can be asked.</summary>
internal sealed class CoverageOptions
{
    public Option<string> Data { get; } = DataOption.Create();

    public Option<string> Kind { get; } =
        new("--kind") { Description = $"What serves: {string.Join(", ", Enum.GetNames<FacilityKind>())}", Required = true };

    public Option<double?> Within { get; } = new("--within") { Description = "What is near enough: one band" };

    public Option<string?> Bands { get; } = new("--bands") { Description = "Rising limits, such as 1000,3000,5000: all measures for each" };

    public Option<string?> Mode { get; } = new("--mode") { Description = "Straight (default), Walk or Drive" };

    public Option<string?> Unit { get; } = new("--unit") { Description = "Metres (default) or Minutes; driving is measured in minutes" };

    public Option<string?> Weights { get; } =
        new("--weights") { Description = "Weight of each band in E2SFCA and 3SFCA, such as 1,0.68,0.22" };

    public Option<double?> Beta { get; } = new("--beta") { Description = "Gaussian decay exp(-cost²/beta) of E2SFCA" };

    public Option<string> Demand { get; } = new("--demand")
    {
        Description = $"Who is served: {string.Join(", ", Enum.GetValues<CoverageDemand>().Select(CoverageStore.Word))}", Required =
            true,
    };

    public Option<string?> DemandKinds { get; } =
        new("--demand-kinds") { Description = "At which kinds of facility, such as School,Kindergarten" };

    public Option<bool> Planned { get; } = new("--planned") { Description = "Planned facilities serve too" };

    public Option<string?> Keep { get; } =
        new("--keep") { Description = "Keep the result as a run of this name, with its catchments on the map" };

    public Option<Guid?> Baseline { get; } = new("--baseline") { Description = "With --keep: the run to compare with" };

    public Option<string?> Level { get; } =
        new("--level") { Description = "Prefecture, County, Township or Village; all levels without it" };

    public Option<string?> Division { get; } = new("--division")
    {
        Description = "Only who is in this division, and what is below it; served from beyond its border too", HelpName = "CODE",
    };

    public Option<string> Format { get; } = new("--format") { Description = "json or csv", DefaultValueFactory = _ => "json" };

    public Option<bool> LeftOut { get; } =
        new("--left-out") { Description = "With csv: the points that are left out instead of the divisions" };

    /// <summary>Adds them to the command.</summary>
    public void AddTo(Command command)
    {
        Format.AcceptOnlyFromAmong("json", "csv");
        foreach (var option in new Option[] { Data, Kind, Within, Bands, Mode, Unit, Weights, Beta, Demand, DemandKinds, Planned, Keep,
            Baseline, Level, Division, Format, LeftOut })
            command.Add(option);
        command.Validators.Add(RefuseMixed);
    }

    /// <summary>Whether one straight distance is asked for, which takes no run.</summary>
    public bool IsShort(ParseResult given) =>
        new Option[] { Bands, Mode, Unit, Weights, Beta, DemandKinds, Planned, Keep }.All(o => given.GetResult(o) is null);

    private void RefuseMixed(CommandResult given)
    {
        if (given.GetResult(Keep) is not null && given.GetResult(Division) is not null)
            given.AddError("--division does not go with --keep: a kept run measures everything, and its CoverageResults have a row "
                + "for every division / --division 不能与 --keep 同用：保存的运行总是计算全部区域，"
                + "其 CoverageResults 含每个行政区划");
    }

    /// <summary>The short question.</summary>
    /// <exception cref="RefusalException">It makes no sense.</exception>
    public CoverageQuestion QuestionOf(ParseResult given) =>
        CoverageQuestion.Parse(given.GetValue(Kind), given.GetValue(Within) ?? 0, given.GetValue(Demand), given.GetValue(Level),
            given.GetValue(Division));

    /// <summary>The order of a run.</summary>
    /// <exception cref="RefusalException">It makes no sense.</exception>
    public CoverageOrder OrderOf(ParseResult given) => CoverageOrder.Parse(
        given.GetValue(Kind), given.GetValue(Mode), given.GetValue(Unit),
        given.GetValue(Bands) ?? given.GetValue(Within)?.ToString("R", CultureInfo.InvariantCulture),
        given.GetValue(Weights), given.GetValue(Beta), given.GetValue(Demand), given.GetValue(DemandKinds), given.GetValue(Planned),
        drawAreas: given.GetValue(Keep) is not null);
}
