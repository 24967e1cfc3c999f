using System.Net;
using System.Text.RegularExpressions;
using HazardMap.OData;
using HazardMap.Service.Accounts;
using HazardMap.Service.Register;
using HazardMap.Service.Tests.Worlds;

namespace HazardMap.Service.Tests.Accounts;

/// <summary>
/// Two counties that share a border: a pond and a school on either side of it, and one record of each kind in each. What lies in the
/// west is marked: by its codes, its names, its identifiers.
/// </summary>
public sealed partial class BorderOfCounties : ServedRegister
{
    internal const string East = "0198c0de-0000-7000-8000-0000000ee001", West = "0198c0de-0000-7000-8000-0000000ff001";

    /// <summary>What gives the west away.</summary>
    [GeneratedRegex("西|W-[0-9]|532622|0000000ff|\"operation\"|\"n\":\"?[1-9]|\"@odata.count\":[1-9]", RegexOptions.None, 1000)]
    internal static partial Regex Marks();

    protected override string Rule => "2026-1";

    protected override async Task FillAsync()
    {
        await ExecuteAsync("""
            insert into register.divisions (code, name, level, centre, parent_code, source) values
              ('5326', '州', 'Prefecture', 'POINT(104.3 23.4)', null, 'test'),
              ('532601', '东县', 'County', 'POINT(104.24 23.37)', '5326', 'test'),
              ('532622', '西县', 'County', 'POINT(104.25 23.37)', '5326', 'test')
            """);
        await SideAsync("532601", "E", "东", "ee", 104.249);
        await SideAsync("532622", "W", "西", "ff", 104.251);
    }

    private async Task SideAsync(string division, string letter, string side, string mark, double longitude)
    {
        await ExecuteAsync($"""
        insert into register.hazards (id, code, name, kind, shape, division_code, owner_unit, depth_metres, source) values
          ('{Id(1)}', '{letter}-1', '{side}塘', 'Pond', 'POINT({longitude} 23.37)', '{division}', '{side}站',
           {(letter == "W" ? 0 : 2)}, '{letter}-9');
        insert into register.facilities (id, code, name, kind, location, division_code, under5, aged_5_to_14, source) values
          ('{Id(2)}', '{letter}-2', '{side}校', 'School', 'POINT({longitude} 23.371)', '{division}', 10, 100, '{letter}-9');
        insert into register.settlements (id, code, name, location, division_code, source) values
          ('{Id(3)}', '{letter}-3', '{side}寨', 'POINT({longitude} 23.372)', '{division}', '{letter}-9');
        insert into register.people (id, name, phone, unit, division_code, source) values
          ('{Id(4)}', '{side}先生', '13812345678', '{side}站', '{division}', '{letter}-9');
        insert into register.responsibilities (id, person_id, hazard_id, role, valid_from, source) values
          ('{Id(5)}', '{Id(4)}', '{Id(1)}', 'Warden', '2026-01-01', '{letter}-9');
        insert into register.responsibilities (id, person_id, facility_id, role, valid_from, source) values
          ('{Id(11)}', '{Id(4)}', '{Id(2)}', 'Warden', '2026-01-01', '{letter}-9');
        insert into register.inspections (id, hazard_id, at, inspector_id, result, notes, source) values
          ('{Id(6)}', '{Id(1)}', '2026-06-01', '{Id(4)}', 'Safe', '{side}边无事', '{letter}-9');
        insert into register.rectifications (id, hazard_id, inspection_id, found_at, description, source) values
          ('{Id(7)}', '{Id(1)}', '{Id(6)}', '2026-06-01', '{side}边缺警示牌', '{letter}-9');
        insert into register.rectification_steps (id, rectification_id, division_code, to_state, person_id, note) values
          ('{Id(12)}', '{Id(7)}', '{division}', 'Found', '{Id(4)}', '{side}边');
        insert into register.notifications (id, person_id, division_code, kind, entity_id) values
          ('{Id(13)}', '{Id(4)}', '{division}', 'RectificationAssigned', '{Id(7)}');
        update register.hazard_risks set score = 1, level = 'Red', rule = '2026-1', scored_at = now() where hazard_id = '{Id(1)}';
        insert into register.incidents (id, hazard_id, occurred_on, age_band, outcome, source) values
          ('{Id(8)}', '{Id(1)}', '2025-06-01', 'Aged5To14', 'Rescued', '{letter}-9');
        insert into register.photos (id, inspection_id, media_type, size_bytes) values ('{Id(9)}', '{Id(6)}', 'image/png', 1);
        insert into account.audit_entries (id, action, entity, entity_id, division_code, reason) values
          ('{Id(14)}', 'Revealed', 'People', '{Id(4)}', '{division}', '{side}边的事由');
        insert into register.risk_level_changes (id, hazard_id, division_code, to_level, to_score, rule, cause) values
          ('{Id(10)}', '{Id(1)}', '{division}', 'Red', 9, '2026-1', 'Edit');
        insert into register.conflicts (id, kind, entity, entity_id, division_code, field, base, mine, theirs, method, url) values
          ('{Id(11)}', 'Field', 'Hazards', '{Id(1)}', '{division}', 'OwnerUnit', '"{side}站"', '"{side}甲"', '"{side}乙"', 'PATCH',
           '/Hazards({Id(1)})');
        """);

        string Id(int number) => $"0198c0de-0000-7000-8000-0000000{mark}{number:000}";
    }
}

/// <summary>
/// The matrix of leaks: each role of the east asks for everything in every way that the model and the routes have, and no answer gives
/// the west away. Each question is first put to the administrator: one that doesn't give the west away to him asks for nothing.
/// </summary>
public sealed class LeakTests(BorderOfCounties border) : IClassFixture<BorderOfCounties>
{
    private static readonly string[] WithoutWest = ["RiskRuns", "RiskRules", "CoverageRuns", "CoverageResults", "CoverageBands",
        "CoverageChanges", "CatchmentAreas", "Grants", "Devices"];

    [Fact]
    public async Task No_role_of_the_east_sees_the_west_in_any_way()
    {
        var questions = RegisterModel.Model.EntitySets.Values.Where(set => !WithoutWest.Contains(set.Name))
            .SelectMany(set => set.History is null ? Questions(set) : Questions(set).SelectMany(x => NowAndThen(set, x)))
            .Concat(Elsewhere()).ToList();
        var asleep = await AskAsync(border.Administrator, questions, isLeak: false);
        Assert.True(asleep.Count == 0, "gives nothing away to the administrator either:\n" + string.Join('\n', asleep));
        foreach (var role in Enum.GetNames<HazardMap.Register.AccountRole>())
        {
            using var east = await border.AccountAsync($"east-{role}", (role, "532601"));
            var leaks = await AskAsync(east, questions, isLeak: true);
            Assert.True(leaks.Count == 0, $"{role} of the east sees:\n" + string.Join('\n', leaks));
        }
    }

    [Fact]
    public async Task A_set_with_the_west_in_it_is_asked_for()
    {
        foreach (var name in WithoutWest)
        {
            var page = await border.Administrator.GetStringAsync($"/odata/{name}");
            Assert.False(BorderOfCounties.Marks().IsMatch(page), $"{name} has the west in it: ask for it");
        }
    }

    [Fact]
    public async Task Nobody_without_a_role_sees_anything()
    {
        using var nobody = await border.AccountAsync("nobody");
        foreach (var set in RegisterModel.Model.EntitySets.Values)
            Assert.Contains("\"value\":[]", await nobody.GetStringAsync($"/odata/{set.Name}"), StringComparison.Ordinal);
        foreach (var path in new[] { "/api/status", "/tiles/hazards/6/50/27.mvt", "/tiles/layers.json", "/api/changes" })
            Assert.Equal(HttpStatusCode.Forbidden, (await nobody.GetAsync(path, HttpCompletionOption.ResponseHeadersRead)).StatusCode);
    }

    [Fact]
    public async Task What_fails_on_a_row_of_the_west_does_not_fail()
    {
        using var east = await border.AccountAsync("east-divides", ("Viewer", "532601"));
        const string Oracle = "/odata/Hazards?$filter=1 div cast(DepthMetres,Edm.Int32) gt 0"; // the western pond is 0 m deep
        Assert.NotEqual(HttpStatusCode.OK, (await border.Administrator.GetAsync(Oracle)).StatusCode);
        Assert.Equal(HttpStatusCode.OK, (await east.GetAsync(Oracle)).StatusCode);
    }

    /// <summary>The same of a moment that has just passed, where what it leads to has a past.</summary>
    private static string[] NowAndThen(EntitySet set, string question) =>
        set.Navigations.Any(via => via.Target.History is null && question.EndsWith(via.Name, StringComparison.Ordinal)) ? [question]
        : [question, $"{question}{(question.Contains('?', StringComparison.Ordinal) ? '&' : '?')}$asof={DateTime.UtcNow:O}"];

    /// <summary>Every way to ask a set.</summary>
    private static IEnumerable<string> Questions(EntitySet set)
    {
        var area = set.Policy()!.Area!;
        var west = $"{area} eq '532622'";
        var path = $"/odata/{set.Name}";
        yield return path;
        yield return $"{path}?$filter={west}";
        yield return $"{path}?$filter=not ({area} eq '532601')";
        yield return $"{path}?$top=0&$count=true&$filter={west}";
        yield return $"{path}/$filter({west})";
        yield return $"{path}?$apply=filter({west})/aggregate($count as n)";
        yield return $"{path}?$apply=groupby(({area}),aggregate($count as n))&$filter={west}";
        yield return $"{path}?$compute={area} as Computed&$select=Computed&$filter={west}";
        foreach (var order in set.Properties.Where(x => x.Filterable && !x.Type.ToString().StartsWith("Geo", StringComparison.Ordinal)))
            yield return $"{path}?$orderby={order.Name} desc&$select={area}";
        foreach (var via in set.Navigations)
            yield return $"{path}?$expand={via.Name}";
        if (set.Key.Type == ODataType.Guid)
        {
            var key = KeyOf(set);
            yield return $"{path}({key})";
            yield return $"{path}({key})/{area}";
            foreach (var via in set.Navigations) yield return $"{path}({key})/{via.Name}";
            yield return $"/odata/$entity?$id={set.Name}({key})";
        }
    }

    /// <summary>Functions, tiles, and routes that are no sets.</summary>
    private static IEnumerable<string> Elsewhere()
    {
        yield return "/odata/Divisions('532622')";
        yield return "/odata/Divisions('532622')/HazardMap.WorstHazards()";
        yield return "/odata/Divisions('532622')/HazardMap.FourOnes()";
        yield return $"/odata/Hazards({BorderOfCounties.West})/HazardMap.ExplainRisk()";
        yield return $"/odata/Hazards({BorderOfCounties.East})/HazardMap.ExplainRisk()"; // the school over there is near
        yield return $"/api/hazards/{BorderOfCounties.West}/changes?since=-1";
        yield return "/tiles/hazards/14/12936/7097.mvt";
        yield return "/tiles/facilities/14/12936/7097.mvt";
        yield return "/tiles/settlements/14/12936/7097.mvt";
        yield return "/tiles/divisions/14/12936/7097.mvt";
    }

    private static Guid KeyOf(EntitySet set)
    {
        string[] sets = ["Hazards", "Facilities", "Settlements", "People", "Responsibilities", "Inspections", "Rectifications", "Incidents",
            "Photos", "RiskLevelChanges", "Conflicts", "RectificationSteps", "Notifications", "AuditEntries"];
        if (set.Name == "Overdue") return Guid.Parse(BorderOfCounties.West);   // known by its water's key
        return Guid.Parse($"0198c0de-0000-7000-8000-0000000ff{Array.IndexOf(sets, set.Name) + 1:000}");
    }

    // The answers that give the west away, or those that don't.
    private static async Task<List<string>> AskAsync(HttpClient client, IReadOnlyList<string> questions, bool isLeak)
    {
        var found = new List<string>();
        foreach (var question in questions)
        {
            using var answer = await client.GetAsync(question);
            if (answer.StatusCode == HttpStatusCode.NoContent && !isLeak) continue; // a navigation to nobody
            var told = answer.IsSuccessStatusCode ? await answer.Content.ReadAsStringAsync() : "";
            told = Regex.Replace(told, "\"@odata\\.(?:context|nextLink|id)\":\"[^\"]*\"", "", RegexOptions.None, TimeSpan.FromSeconds(1));
            if (BorderOfCounties.Marks().IsMatch(told) == isLeak)
                found.Add($"{(int)answer.StatusCode} {question}: {told[..Math.Min(told.Length, 300)]}");
        }
        return found;
    }
}
