using HazardMap.OData.Tests.World;

namespace HazardMap.OData.Tests.Translation;

/// <summary>
/// What every operator makes of null (OData 4.01 URL Conventions, 5.1.1), as a table. Each row is asked three times: whether
/// it is true, whether it is false, whether it is null; exactly the stated one must hold. It is asked of a literal null and
/// of a property that is null.
/// </summary>
[Collection(nameof(Coast))]
public sealed class LogicOfNullTests(Coast coast)
{
    public static TheoryData<string, string> Table { get; } = new()
    {
        // Comparison never yields null.
        { "{n} eq null", "true" }, { "{n} ne null", "false" }, { "null eq {n}", "true" }, { "null ne {n}", "false" },
        { "{n} eq 5", "false" }, { "{n} ne 5", "true" }, { "5 eq {n}", "false" }, { "5 ne {n}", "true" },
        { "{n} gt 5", "false" }, { "{n} ge 5", "false" }, { "{n} lt 5", "false" }, { "{n} le 5", "false" },
        { "5 gt {n}", "false" }, { "5 ge {n}", "false" }, { "5 lt {n}", "false" }, { "5 le {n}", "false" },
        { "{n} gt null", "false" }, { "{n} ge null", "false" }, { "{n} lt null", "false" }, { "{n} le null", "false" },
        { "{n} eq {n}", "true" }, { "{n} ne {n}", "false" }, { "{n} ge {n}", "false" },
        { "not ({n} eq 5)", "true" }, { "not ({n} gt 5)", "true" }, { "not ({n} ne 5)", "false" },
        // Membership is equality, one after another.
        { "{n} in (5,6)", "false" }, { "{n} in (5,null)", "true" }, { "{n} in (null)", "true" }, { "not ({n} in (5))", "true" },
        { "{n} in ()", "false" },
        // Logic has three values.
        { "{b} and true", "null" }, { "{b} and false", "false" }, { "true and {b}", "null" }, { "false and {b}", "false" },
        { "{b} and {b}", "null" },
        { "{b} or true", "true" }, { "{b} or false", "null" }, { "true or {b}", "true" }, { "false or {b}", "null" },
        { "{b} or {b}", "null" },
        { "not {b}", "null" }, { "not ({b} and false)", "true" }, { "not ({b} or true)", "false" }, { "{b} eq true", "false" },
        { "{b} ne true", "true" },
        // Arithmetic and functions of null are null.
        { "{n} add 1", "null" }, { "{n} sub 1", "null" }, { "{n} mul 0", "null" }, { "{n} div 1", "null" }, { "{n} divby 1", "null" },
        { "{n} mod 1", "null" },
        { "1 add {n}", "null" }, { "1 sub {n}", "null" }, { "1 mul {n}", "null" }, { "1 div {n}", "null" }, { "1 divby {n}", "null" },
        { "1 mod {n}", "null" },
        { "-{n}", "null" }, { "round({n})", "null" }, { "floor({n})", "null" }, { "ceiling({n})", "null" },
        { "cast({n},Edm.String)", "null" }, { "cast({n},Edm.Int16)", "null" },
        { "contains({t},'a')", "null" }, { "contains('a',{t})", "null" }, { "startswith({t},'a')", "null" },
        { "endswith({t},'a')", "null" }, { "matchespattern({t},'a')", "null" },
        { "length({t})", "null" }, { "indexof({t},'a')", "null" }, { "substring({t},1)", "null" }, { "substring({t},1,1)", "null" },
        { "tolower({t})", "null" },
        { "toupper({t})", "null" }, { "trim({t})", "null" }, { "concat({t},'a')", "null" }, { "concat('a',{t})", "null" },
        { "year({d})", "null" }, { "month({d})", "null" }, { "day({d})", "null" }, { "hour({m})", "null" }, { "minute({m})", "null" },
        { "second({m})", "null" },
        { "fractionalseconds({m})", "null" }, { "date({m})", "null" }, { "time({m})", "null" }, { "totaloffsetminutes({m})", "null" },
        { "totalseconds({i})", "null" },
        { "{m} add duration'P1D'", "null" }, { "{d} sub {d}", "null" }, { "{i} mul 2", "null" },
        { "geo.length({g})", "null" }, { "geo.distance({g},geography'Point(1 1)')", "null" },
        { "geo.intersects({g},geography'Point(1 1)')", "null" },
        // isof tells, has does not; case takes only what is true.
        { "isof({n},Edm.Double)", "false" }, { "{e} has 'Tower'", "null" }, { "case({b}:1)", "null" },
        { "case({b}:1,true:2) eq 2", "true" }, { "case({n} gt 5:1,true:{n})", "null" },
    };

    [Theory]
    [MemberData(nameof(Table))]
    public async Task An_operation_on_null_yields(string expression, string expected)
    {
        foreach (var said in new[] { Said(expression, literal: true), Said(expression, literal: false) })
        {
            if (expected == "null")
            {
                Assert.True(await HoldsAsync($"({said}) eq null"), $"{said} is not null");
                continue;
            }
            Assert.Equal((expected == "true", expected == "false", false),
                (await HoldsAsync(said), await HoldsAsync($"not ({said})"), await HoldsAsync($"({said}) eq null")));
        }
    }

    [Fact]
    public async Task Null_does_not_pass_a_filter()
    {
        Assert.False(await HoldsAsync("null"));
        Assert.False(await HoldsAsync("Lit"));
        Assert.False(await HoldsAsync("not Lit"));
        Assert.False(await HoldsAsync("contains(Note,'a') or contains(Note,'b')"));
    }

    /// <summary>Nulls by type: number, boolean, text, date, moment, duration, shape, enumeration.</summary>
    private static string Said(string expression, bool literal)
    {
        foreach (var (name, property) in new[] { ("{n}", "Height"), ("{b}", "Lit"), ("{t}", "Note"), ("{d}", "BuiltOn"),
            ("{m}", "LastSeenAt"), ("{i}", "Blink"), ("{g}", "Outline"), ("{e}", "case(false:Kind)") })
            expression = expression.Replace(name, literal && name != "{e}" ? "null" : property, StringComparison.Ordinal);
        return expression.Replace("-null", "- null", StringComparison.Ordinal);
    }

    private async Task<bool> HoldsAsync(string filter) =>
        (await coast.Http.NamesAsync($"Lighthouses?$select=Name&$filter=Name eq 'Empty' and ({Uri.EscapeDataString(filter)})")).Count == 1;
}
