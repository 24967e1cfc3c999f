using System.Text.Json;
using HazardMap.Tests.Solve;

namespace HazardMap.Tests.Coverage;

public class AccessibilityProblemTests
{
    private const string Sound = """
        {"problem":"accessibility","method":"2SFCA","threshold":30,"decay":{"kind":"steps","limits":[10,30],"weights":[1,0.5]},
         "supply":[{"id":"a","capacity":10},{"id":"b","capacity":3}],"demand":[{"id":1,"population":5},{"id":"x","population":2}],
         "costs":[["a",1,30],["b","x",31]]}
        """;

    [Fact]
    public void Ratios_shares_and_who_is_left_out_are_told_by_the_ids_given()
    {
        var answer = SolverTests.Answer(Sound);
        Assert.Equal("""{"accessibility":{"1":2,"x":0},"ratios":{"a":4},"unreached":["x"]}""", JsonSerializer.Serialize(answer));
        Assert.Equal("[1]", SolverTests.Answer(Sound.Replace("\"a\",1,30", "\"a\",\"x\",30")).GetProperty("unreached").GetRawText());
    }

    [Theory]
    [InlineData("\"2SFCA\"", "\"4SFCA\"", "method")]
    [InlineData("\"2SFCA\"", "\"gravity\"", "decay.kind")]
    [InlineData("\"2SFCA\"", "null", "method")]
    [InlineData("\"threshold\":30", "\"threshold\":-1", "threshold")]
    [InlineData("\"threshold\":30", "\"threshold\":\"NaN\"", "threshold")]
    [InlineData("\"steps\"", "\"cliff\"", "decay.kind")]
    [InlineData("[10,30]", "[10,10]", "decay.limits[1]")]
    [InlineData("[10,30]", "[]", "decay.limits")]
    [InlineData("[1,0.5]", "[1]", "decay.weights")]
    [InlineData("[1,0.5]", "[1,-0.5]", "decay.weights[1]")]
    [InlineData("{\"kind\":\"steps\",\"limits\":[10,30],\"weights\":[1,0.5]}", "{\"kind\":\"gaussian\",\"beta\":0}", "decay.beta")]
    [InlineData("{\"kind\":\"steps\",\"limits\":[10,30],\"weights\":[1,0.5]}", "{\"kind\":\"power\"}", "decay.exponent")]
    [InlineData("{\"kind\":\"steps\",\"limits\":[10,30],\"weights\":[1,0.5]}", "7", "decay")]
    [InlineData("\"capacity\":3", "\"capacity\":-3", "supply[1].capacity")]
    [InlineData("\"capacity\":3", "\"capacity\":1e999", "supply[1].capacity")]
    [InlineData("\"population\":5", "\"population\":null", "demand[0].population")]
    [InlineData("\"id\":\"b\"", "\"id\":\"a\"", "supply[1].id")]
    [InlineData("\"id\":\"x\"", "\"id\":\"1\"", "demand[1].id")]
    [InlineData("\"id\":\"b\"", "\"id\":1.5", "supply[1].id")]
    [InlineData("\"id\":\"b\"", "\"id\":\"\\ud800\"", "supply[1].id")]
    [InlineData("\"a\",1,30", "\"c\",1,30", "costs[0].supply")]
    [InlineData("\"a\",1,30", "\"a\",2,30", "costs[0].demand")]
    [InlineData("\"a\",1,30", "\"a\",1,-30", "costs[0].cost")]
    [InlineData("\"a\",1,30", "\"a\",1", "costs[0]")]
    [InlineData("[\"b\",\"x\",31]", "[\"a\",1,31]", "costs[1]")]
    [InlineData("{\"id\":1,\"population\":5}", "7", "demand[0]")]
    public void What_is_wrong_is_refused_saying_where(string sound, string broken, string target)
    {
        Assert.Contains(sound, Sound);
        Assert.Equal(target, Assert.Throws<RefusalException>(() => SolverTests.Answer(Sound.Replace(sound, broken))).Target);
    }

    [Fact]
    public void A_cost_of_nothing_has_no_power_and_is_refused()
    {
        var problem = Sound.Replace("{\"kind\":\"steps\",\"limits\":[10,30],\"weights\":[1,0.5]}", "{\"kind\":\"power\",\"exponent\":1}")
            .Replace("1,30]", "1,0]");
        Assert.Equal("costs[0].cost", Assert.Throws<RefusalException>(() => SolverTests.Answer(problem)).Target);
    }
}
