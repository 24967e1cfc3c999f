using System.Globalization;
using System.Text.RegularExpressions;
using HazardMap.OData;
using HazardMap.Service.Register;
using HazardMap.Service.Tests.Worlds;

namespace HazardMap.Service.Tests.Register;

/// <summary>What the description of a set refuses, its table refuses too:
/// whoever writes past the service keeps to the same bounds.</summary>
public sealed class BoundsTests(EmptyRegister register) : IClassFixture<EmptyRegister>
{
    private static readonly CultureInfo Invariant = CultureInfo.InvariantCulture;
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(1);

    [Theory, MemberData(nameof(DescriptionTests.Tables), MemberType = typeof(DescriptionTests))]
    public async Task Lengths_are_the_table_s_own(string name)
    {
        var set = RegisterModel.Model.EntitySets[name];
        var checks = await ChecksAsync(set.Table!);
        foreach (var property in set.Properties.Where(p => p.IsInsertable && p.Type == ODataType.String))
        {
            var length = Regex.Match(checks, $@"length\({property.Column}\) <= (?<most>\d+)", RegexOptions.ExplicitCapture, Patience);
            Assert.True((property.MaxLength?.ToString(Invariant) ?? "") == length.Groups["most"].Value,
                $"{set.Table}.{property.Column} has the check '{length.Value}', {name}.{property.Name} the MaxLength {property.MaxLength}");
        }
    }

    // The greatest may be the description's alone: a million people at a school is a slip, but no broken row.
    [Theory, MemberData(nameof(DescriptionTests.Tables), MemberType = typeof(DescriptionTests))]
    public async Task Ranges_are_the_table_s_own(string name)
    {
        var set = RegisterModel.Model.EntitySets[name];
        var checks = await ChecksAsync(set.Table!);
        foreach (var property in set.Properties.Where(p => p.IsInsertable && IsNumber(p)))
        {
            var (least, most) = (Bound(checks, property.Column, ">="), Bound(checks, property.Column, "<="));
            Assert.True(least == property.Minimum && (most is null || most == property.Maximum),
                $"{set.Table}.{property.Column} is checked: {least} to {most}; {name}.{property.Name} is {property.Minimum} "
                    + $"to {property.Maximum}");
        }
    }

    private static bool IsNumber(Property property) => property.Type is ODataType.Int32 or ODataType.Int64 or ODataType.Double;

    private static double? Bound(string checks, string column, string sign)
    {
        var bound = Regex.Match(checks, $@"\({column} {sign} \(?(?<value>-?[\d.]+)\)", RegexOptions.ExplicitCapture, Patience);
        return bound.Success ? double.Parse(bound.Groups["value"].Value, Invariant) : null;
    }

    private async Task<string> ChecksAsync(string table) => (await register.ScalarAsync<string>($"""
        select coalesce(string_agg(pg_get_constraintdef(oid), e'\n'), '') from pg_constraint where conrelid = '{table}'::regclass
          and contype = 'c'
        """))!;
}
