using HazardMap.Service.Commands;
using HazardMap.Service.Risk;

namespace HazardMap.Service.Tests.Risk;

public class RiskCommandTests
{
    [Theory]
    [InlineData("--dry-run --cancel", "--dry-run")]
    [InlineData("--check --sensitivity 20", "--sensitivity")]
    [InlineData("--worst 3 --four-ones", "--four-ones")]
    [InlineData("--division 532601", "--worst")]
    [InlineData("--rule 2026-2 --division 532601", "--worst")]
    [InlineData("--rule 2026-2 --worst 3", "--rule")]
    [InlineData("--rule 2026-2 --cancel", "--cancel")]
    [InlineData("--worst 0", "1000")]
    [InlineData("--worst 5000", "1000")]
    [InlineData("--draws 0", "1000")]
    [InlineData("--draws 1001", "1000")]
    [InlineData("--fit-levels -1", "1 or more")]
    [InlineData("--fit-levels 0", "1 or more")]
    [InlineData("--count-here 0", "1000")]
    [InlineData("--sensitivity 0", "100")]
    [InlineData("--sensitivity -20", "100")]
    [InlineData("--sensitivity 100", "100")]
    [InlineData("--seed 3", "--draws")]
    [InlineData("--draws 10 --calibrate", "--calibrate")]
    [InlineData("--rule 2027-1 --fit-levels 3", "--rule")]
    [InlineData("--rule 2027-1 --against own", "--rule")]
    public void Options_that_do_not_go_together_are_refused_in_both_languages_and_nothing_runs(string options, string said)
    {
        var error = Assert.Single(new RiskCommand().Build().Parse(options).Errors).Message;
        Assert.Contains(said, error);
        Assert.Matches(@" / .*\p{IsCJKUnifiedIdeographs}", error);
    }

    [Theory]
    [InlineData("--rule 2026-2 --dry-run")]
    [InlineData("--sensitivity 20 --rule 2026-2")]
    [InlineData("--worst 1000 --division 5326")]
    [InlineData("--four-ones --division 5326")]
    [InlineData("--check --rule 2026-2")]
    [InlineData("--draws 200 --seed -5 --rule 2027-1")]
    [InlineData("--calibrate --rule 2027-1-walk")]
    [InlineData("--count-here 5 --rule 2027-1")]
    [InlineData("")]
    public void Options_that_do_go_together_are_taken(string options) => Assert.Empty(new RiskCommand().Build().Parse(options).Errors);

    [Theory]
    [InlineData("--sensitivity abc", "--sensitivity takes a number, not 'abc' / --sensitivity 须为数字，而不是“abc”")]
    [InlineData("--draws many", "--draws takes a whole number, not 'many' / --draws 须为整数，而不是“many”")]
    [InlineData("--worst x", "--worst takes a whole number, not 'x' / --worst 须为整数，而不是“x”")]
    [InlineData("--rule", "--rule needs a value / --rule 缺少取值")]
    [InlineData("--frobnicate", "Unrecognized command or argument '--frobnicate'. / 无法识别“--frobnicate”")]
    public void A_wrong_option_is_told_in_words_of_people(string options, string told) =>
        Assert.Equal(told, Usage.Of(new RiskCommand().Build().Parse(options).Errors[0].Message));
}
