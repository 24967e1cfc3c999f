using System.Net.Http.Json;
using System.Text;
using System.Text.Json.Nodes;
using HazardMap.Service.Tests.Worlds;

namespace HazardMap.Service.Tests.Field;

/// <summary>A village with a red, an orange, a yellow and a blue pond and a school, and the people of its chain, served.</summary>
public sealed class PondVillage : ServedRegister
{
    public const string Village = "532601100201";

    protected override string Rule => "2026-1";

    protected override Task FillAsync() => ExecuteAsync($"""
        insert into register.divisions (code, name, level, parent_code, centre, source) values
          ('5326', '文山州', 'Prefecture', null, 'POINT(104.2 23.4)', 'test'),
          ('532601', '文山市', 'County', '5326', 'POINT(104.2 23.4)', 'test'),
          ('532601100', '德厚镇', 'Township', '532601', 'POINT(104.2 23.4)', 'test'),
          ('{Village}', '村口村', 'Village', '532601100', 'POINT(104.2 23.4)', 'test');
        insert into register.hazards (code, name, kind, shape, division_code, source)
        select code, code, 'Pond', 'POLYGON((104.2 23.4, 104.201 23.4, 104.201 23.401, 104.2 23.401, 104.2 23.4))', '{Village}', 'test'
        from unnest(array['red', 'orange', 'yellow', 'blue']) code;
        insert into register.facilities (code, name, kind, location, division_code, source)
          values ('school', '中心小学', 'School', 'POINT(104.21 23.41)', '{Village}', 'test');
        insert into register.people (name, level, division_code, source) values
          ('village head', 'Village', '{Village}', 'test'), ('villager', 'Village', '{Village}', 'test'),
          ('township leader', 'Township', '532601100', 'test'), ('county leader', 'County', '532601', 'test'),
          ('township clerk', 'Township', '532601100', 'test');
        update register.hazard_risks r set level = initcap(h.code), score = 1, rule = '2026-1', scored_at = now()
        from register.hazards h where h.id = r.hazard_id;
        delete from register.risk_queue;
        """);

    internal Task<Guid> WaterAsync(string code) => ScalarAsync<Guid>("select id from register.hazards where code = $1", code);

    internal Task<Guid> PersonAsync(string name) => ScalarAsync<Guid>("select id from register.people where name = $1", name);

    /// <summary>A water of its own for one test, at the pond's place.</summary>
    internal async Task<Guid> NewWaterAsync(string level = "Yellow")
    {
        var id = await ScalarAsync<Guid>($"""
            insert into register.hazards (code, name, kind, shape, division_code, source)
            select 'n-' || gen_random_uuid(), '新塘', 'Pond', shape, '{Village}', 'test' from register.hazards where code = 'red'
            returning id
            """);
        await ExecuteAsync(
            "update register.hazard_risks set level = $2, score = 1, rule = '2026-1', scored_at = now() where hazard_id = $1", id, level);
        await ExecuteAsync("delete from register.risk_queue");
        return id;
    }

    internal async Task<JsonObject> GetAsync(string path) => (await Administrator.GetFromJsonAsync<JsonObject>("/odata/" + path))!;

    internal async Task<JsonObject> MadeAsync(string set, string body, params (string Name, string Value)[] headers)
    {
        var (status, text) = await PostAsync(set, body, headers);
        Assert.True(status == 201, $"{status} {text}");
        return JsonNode.Parse(text)!.AsObject();
    }

    internal async Task<(int Status, string Text)> PostAsync(string path, string body, params (string Name, string Value)[] headers)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, "/odata/" + path)
        {
            Content = new StringContent(body, Encoding.UTF8, "application/json"),
        };
        foreach (var (name, value) in headers) request.Headers.TryAddWithoutValidation(name, value);
        using var answer = await Administrator.SendAsync(request);
        return ((int)answer.StatusCode, await answer.Content.ReadAsStringAsync());
    }

    /// <summary>Refused with that status, naming that; in Chinese too.</summary>
    internal async Task RefusedAsync(string path, string body, int status, string names)
    {
        var (answered, text) = await PostAsync(path, body);
        Assert.True(answered == status, $"{answered} {text}");
        Assert.Contains(names, text, StringComparison.Ordinal);
        Assert.Contains("\"zh\"", text, StringComparison.Ordinal);
    }
}
