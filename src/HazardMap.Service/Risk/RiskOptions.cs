using System.CommandLine;
using System.CommandLine.Parsing;
using System.Globalization;
using HazardMap.Risk.Trips;
using HazardMap.Service.Commands;
using HazardMap.Service.Risk.Trips;

namespace HazardMap.Service.Risk;

/// <summary>What <c>risk</c> can be asked, and which questions do not go together.</summary>
internal sealed class RiskOptions
{
    public Option<string> Data { get; } = DataOption.Create();

    public Option<string?> Rule { get; } = new("--rule")
    {
        Description = "Version of the rule; it becomes the one in force. Without it the one in force", HelpName = "VERSION",
    };

    public Option<bool> Check { get; } =
        new("--check") { Description = "Write nothing; exit 1 when a stored score is not what a full run gives" };

    public Option<bool> DryRun { get; } =
        new("--dry-run") { Description = "Write nothing; tell which levels the rule would change, and why" };

    public Option<double?> Sensitivity { get; } = new("--sensitivity")
    {
        Description = "Write nothing; turn every number of the rule by this percentage and count the levels it changes", HelpName =
            "PERCENT",
    };

    public Option<int?> Worst { get; } =
        new("--worst") { Description = "The worst waters of each county, or of --division, each with its reasons", HelpName = "COUNT" };

    public Option<bool> FourOnes { get; } =
        new("--four-ones") { Description = "How complete signs, rings, ropes and poles are, by county or below --division" };

    public Option<string?> Division { get; } = new("--division") { Description = "Code of a division", HelpName = "CODE" };

    public Option<bool> Scale { get; } = new("--scale")
    {
        Description = "Make the scale of a rule of trips anew from the register as it is, then score: every score moves",
    };

    public Option<int?> FitLevels { get; } = new("--fit-levels")
    {
        Description = "Bounds of levels by which so many waters would be red or orange", HelpName = "COUNT",
    };

    public Option<string?> Against { get; } = new("--against")
    {
        Description = "own: the county's own grades beside the levels, with the largest disagreements", HelpName = "own",
    };

    public Option<int?> CountHere { get; } = new("--count-here")
    {
        Description = "Waters where measuring or counting would teach most", HelpName = "COUNT",
    };

    public Option<int?> Draws { get; } = new("--draws")
    {
        Description = "Draw all numbers of a rule of trips so many times from their spreads: intervals, how often each water is red",
        HelpName = "COUNT",
    };

    public Option<int?> Seed { get; } = new("--seed")
    {
        Description = "Of --draws: the same seed gives the same draws", HelpName = "NUMBER",
    };

    public Option<bool> Calibrate { get; } = new("--calibrate")
    {
        Description = "What the register's own deaths and counts of children say of the numbers of a rule of trips; writes nothing",
    };

    public Option<bool> Cancel { get; } = new("--cancel") { Description = "Call off the runs that wait or go on" };

    private Option[] Questions =>
        [Check, DryRun, Sensitivity, Worst, FourOnes, Scale, FitLevels, Against, CountHere, Draws, Calibrate, Cancel];

    /// <summary>Adds them to the command with their refusals.</summary>
    public void AddTo(Command command)
    {
        foreach (var option in new Option[] { Data, Rule, Check, DryRun, Sensitivity, Worst, FourOnes, Division, Scale, FitLevels, Against,
            CountHere, Draws, Seed, Calibrate, Cancel })
            command.Add(option);
        command.Validators.Add(RefuseMixed);
        Worst.Validators.Add(given => RefuseCount(given, RiskViews.MostWorst));
        FitLevels.Validators.Add(given => RefuseCount(given, int.MaxValue));
        CountHere.Validators.Add(given => RefuseCount(given, TripQuestions.MostListed));
        Draws.Validators.Add(given => RefuseCount(given, DrawnRisks.MostDraws));
        Sensitivity.Validators.Add(RefusePercent);
        Against.AcceptOnlyFromAmong("own");
    }

    private void RefuseMixed(CommandResult given)
    {
        string[] asked = [.. Questions.Where(o => given.GetResult(o) is not null).Select(o => o.Name)];
        if (asked.Length > 1)
            given.AddError($"{asked[0]} and {asked[1]} are two questions: ask one at a time / "
                + $"{asked[0]} 与 {asked[1]} 不能同时使用");
        if (given.GetResult(Division) is not null && !asked.Any(name => name is "--worst" or "--four-ones"))
            given.AddError("--division goes with --worst or --four-ones; scores are always those of the whole register"
                + " / --division 只能与 --worst 或 --four-ones 同用；分值总是对全部水域计算");
        if (given.GetResult(Seed) is not null && !asked.Contains("--draws", StringComparer.Ordinal))
            given.AddError("--seed goes with --draws / --seed 只能与 --draws 同用");
        if (given.GetResult(Rule) is not null && asked.Any(name => name is not ("--check" or "--dry-run" or "--sensitivity" or "--scale"
            or "--count-here" or "--draws" or "--calibrate")))
            given.AddError($"--rule does not go with {asked[0]} / --rule 不能与 {asked[0]} 同用");
    }

    private static void RefuseCount(OptionResult given, int most)
    {
        if (given.Tokens is not [var token] || !long.TryParse(token.Value, CultureInfo.InvariantCulture, out var number)
            || (number >= 1 && number <= most)) return;
        var name = given.Option.Name;
        given.AddError(most == int.MaxValue ? $"{name} must be 1 or more / {name} 须不小于 1"
            : $"{name} must be from 1 to {most} / {name} 须为 1 到 {most}");
    }

    private static void RefusePercent(OptionResult given)
    {
        if (given.Tokens is [var token] && double.TryParse(token.Value, CultureInfo.InvariantCulture, out var percent)
            && !(percent is > 0 and < 100))
            given.AddError("--sensitivity must be between 0 and 100 / --sensitivity 须在 0 与 100 之间");
    }
}
