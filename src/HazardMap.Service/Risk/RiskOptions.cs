using System.CommandLine;
using System.CommandLine.Parsing;
using System.Globalization;
using HazardMap.Service.Commands;

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

    public Option<bool> Cancel { get; } = new("--cancel") { Description = "Call off the runs that wait or go on" };

    private Option[] Questions => [Check, DryRun, Sensitivity, Worst, FourOnes, Scale, FitLevels, Against, CountHere, Cancel];

    /// <summary>Adds them to the command with their refusals.</summary>
    public void AddTo(Command command)
    {
        foreach (var option in new Option[] { Data, Rule, Check, DryRun, Sensitivity, Worst, FourOnes, Division, Scale, FitLevels, Against,
            CountHere, Cancel })
            command.Add(option);
        command.Validators.Add(RefuseMixed);
        Worst.Validators.Add(RefuseNumber);
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
        if (given.GetResult(Rule) is not null && asked.Any(name => name is not ("--check" or "--dry-run" or "--sensitivity" or "--scale")))
            given.AddError($"--rule does not go with {asked[0]} / --rule 不能与 {asked[0]} 同用");
    }

    private static void RefuseNumber(OptionResult given)
    {
        if (given.Tokens is [var token] && int.TryParse(token.Value, CultureInfo.InvariantCulture, out var number)
            && number is < 1 or > RiskViews.MostWorst)
            given.AddError($"--worst must be from 1 to {RiskViews.MostWorst} / --worst 须为 1 到 {RiskViews.MostWorst}");
    }
}
