using System.Text.RegularExpressions;
using HazardMap.Register;
using HazardMap.Service.Database;
using HazardMap.Service.Register;
using HazardMap.Service.Tests.Worlds;

namespace HazardMap.Service.Tests.Register;

/// <summary>A word is told once, at the member of its enumeration. Whoever else must know the members is held equal here.</summary>
public sealed partial class WordsTests(EmptyRegister register) : IClassFixture<EmptyRegister>
{
    [Fact]
    public async Task The_checks_of_the_database_name_exactly_the_members()
    {
        foreach (var set in RegisterModel.Model.EntitySets.Values.Where(s => s.Table is not null))
        {
            foreach (var property in set.Properties.Where(p => p.EnumType is not null))
            {
                var check = await register.ScalarAsync<string>($"""
                    select pg_get_constraintdef(c.oid) from pg_constraint c
                    join pg_attribute a on a.attrelid = c.conrelid and a.attnum = any (c.conkey)
                    where c.conrelid = '{set.Table}'::regclass and c.contype = 'c' and a.attname = '{property.Column}'
                      and cardinality(c.conkey) = 1
                    """);
                if (set.Table == "register.hazards" && property.Name is "RiskLevel" or "OtherLevel" or "Deadliness") continue;   // view
                Assert.True(check is not null || set.BeginsWork, $"{set.Table}.{property.Column} has no check");
                if (check is not null)
                    Assert.True(Members(check).SetEquals(property.EnumType!.Members), $"{set.Table}.{property.Column}: {check}, "
                        + $"but {property.EnumType.Name} has {string.Join(", ", property.EnumType.Members)}");
            }
        }
    }

    [Fact]
    public async Task The_levels_of_scores_and_reaches_are_the_risk_levels()
    {
        foreach (var (table, column) in new[] { ("hazard_risks", "level"), ("hazard_reaches", "level"),
            ("risk_level_changes", "from_level"), ("risk_level_changes", "to_level") })
        {
            var check = await register.ScalarAsync<string>($"""
                select string_agg(pg_get_constraintdef(oid), ' ') from pg_constraint
                where conrelid = 'register.{table}'::regclass and contype = 'c' and pg_get_constraintdef(oid) like '%({column} = ANY%'
                """);
            Assert.True(Members(check!).SetEquals(Enum.GetNames<RiskLevel>()), $"register.{table}.{column}: {check}");
        }
    }

    [Fact]
    public async Task A_school_is_the_same_to_the_program_and_to_the_database()
    {
        foreach (var kind in Enum.GetValues<FacilityKind>())
            Assert.Equal(FacilityKinds.Schools.Contains(kind), await register.ScalarAsync<bool>($"select register.is_school('{kind}')"));
    }

    [Fact]
    public async Task A_water_is_in_force_to_the_program_and_to_the_database()
    {
        foreach (var status in Enum.GetValues<HazardStatus>())
            Assert.Equal(status.IsInForce(), await register.ScalarAsync<bool>($"select register.is_in_force('{status}')"));
    }

    [Fact]
    public async Task The_database_tells_the_same_words()
    {
        foreach (var type in WordTable.Enumerations)
            Assert.Equal(string.Join('|', Words.Of(type).All.Select(w => $"{w.Member} {w.Zh} {w.En}")), await register.ScalarAsync<string>(
                "select string_agg(member || ' ' || zh || ' ' || en, '|' order by place) from register.words "
                    + $"where enumeration = '{type.Name}'"));
    }

    [Fact]
    public void Every_member_has_both_languages_and_no_word_means_two()
    {
        foreach (var type in WordTable.Enumerations)
            Assert.All(Words.Of(type).All, w => Assert.True(w.Zh.Length > 0 && w.En.Length > 0, $"{type.Name}.{w.Member}"));
    }

    [Fact]
    public void Kinds_of_facilities_and_levels_have_a_symbol_and_a_colour()
    {
        foreach (var word in Words.Of<FacilityKind>().All.Concat(Words.Of<RiskLevel>().All))
            Assert.True(word.Told is { Symbol.Length: > 0, Colour.Length: 7 }, word.Member);
    }

    [Fact]
    public void The_mapping_of_OpenStreetMap_leads_to_members_only()
    {
        var mapping = File.ReadAllText(ContentPath.Of("geodata/osm/mapping.lua"));
        var kinds = Enum.GetNames<HazardKind>().Concat(Enum.GetNames<FacilityKind>()).ToHashSet(StringComparer.Ordinal);
        foreach (Match told in KindInMapping().Matches(mapping))
            Assert.Contains(told.Groups["kind"].Value, kinds);
        foreach (Match told in CountedKind().Matches(mapping))
            Assert.Contains(told.Groups["kind"].Value, kinds);
    }

    [Fact]
    public void The_styles_of_the_map_name_members_only()
    {
        // None: not scored yet
        var levels = Enum.GetNames<RiskLevel>().Concat(Enum.GetNames<DivisionLevel>()).Append("None").ToHashSet(StringComparer.Ordinal);
        foreach (var style in Directory.GetFiles(ContentPath.Of("tiles"), "style.json", SearchOption.AllDirectories))
        {
            var text = File.ReadAllText(style);
            foreach (var word in Words.Of<RiskLevel>().All)
                Assert.False(text.Contains(word.Told.Colour!, StringComparison.OrdinalIgnoreCase),
                    $"{style} copies the colour of {word.Member}");
            foreach (Match told in LevelInStyle().Matches(text)) Assert.Contains(told.Groups["level"].Value, levels);
        }
    }

    private static HashSet<string> Members(string check) => [.. Quoted().Matches(check).Select(m => m.Groups["word"].Value)];

    [GeneratedRegex("'(?<word>[A-Za-z0-9]+)'::text", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Quoted();

    [GeneratedRegex("kind = '(?<kind>\\w+)'|^\\s+\\w+ = '(?<kind>[A-Z]\\w+)'", RegexOptions.ExplicitCapture | RegexOptions.Multiline, 1000)]
    private static partial Regex KindInMapping();

    [GeneratedRegex("(?<kind>[A-Z]\\w+) = '(aged|under)", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex CountedKind();

    [GeneratedRegex("\"level\"\\], \"(?<level>[A-Z]\\w+)\"", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex LevelInStyle();
}
