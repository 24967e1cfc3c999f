using System.Net;
using System.Net.Http.Json;
using System.Text;
using System.Text.Json;
using HazardMap.Service.Audit;
using HazardMap.Service.Tests.Accounts;
using HazardMap.Service.Tests.Worlds;

namespace HazardMap.Service.Tests.Audit;

/// <summary>A county with a warden whose number is masked.</summary>
public sealed class Warden : ServedRegister
{
    internal const string Id = "0198c0de-0000-7000-8000-0000000000aa";

    protected override Task FillAsync() => ExecuteAsync($"""
        insert into register.divisions (code, name, level, centre, source) values
          ('532601', '文山市', 'County', 'POINT(104.24 23.37)', 'test'), ('532622', '砚山县', 'County', 'POINT(104.33 23.6)', 'test');
        insert into register.people (id, name, phone, division_code, source) values ('{Id}', '王某', '13812345678', '532601', 'test');
        """);
}

/// <summary>Personal data are told for a stated reason, and what must stay known is written down.</summary>
public sealed class RevealTests(Warden world) : IClassFixture<Warden>
{
    [Fact]
    public async Task The_phone_is_told_for_a_reason_which_is_written_down_before()
    {
        var masked = await world.Administrator.GetFromJsonAsync<JsonElement>($"/odata/People({Warden.Id})");
        Assert.Equal("138****5678", masked.GetProperty("Phone").GetString());
        var told = await RevealAsync(world.Administrator, """{"Reason":"学生落水，联系责任人"}""");
        Assert.Equal(HttpStatusCode.OK, told.StatusCode);
        var answer = await told.Content.ReadFromJsonAsync<JsonElement>();
        Assert.Equal(("王某", "13812345678"), (answer.GetProperty("Name").GetString(), answer.GetProperty("Phone").GetString()));
        var entry = await EntryAsync("Revealed");
        Assert.Equal(("admin", Warden.Id, "532601", "学生落水，联系责任人"), (entry.GetProperty("Actor").GetString(),
            entry.GetProperty("EntityId").GetString(), entry.GetProperty("DivisionCode").GetString(),
                entry.GetProperty("Reason").GetString()));
        Assert.DoesNotContain("13812345678", entry.GetRawText(), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(""), InlineData("{}"), InlineData("""{"Reason":"x"}"""), InlineData("""{"Reason":"    "}"""),
        InlineData("""{"Reason":7}""")]
    [InlineData("[]")]
    public async Task Without_a_reason_nothing_is_told_and_nothing_written(string body)
    {
        var before = await world.ScalarAsync<long>("select count(*) from account.audit_entries where action = 'Revealed'");
        var answer = await RevealAsync(world.Administrator, body);
        Assert.True(answer.StatusCode is HttpStatusCode.UnprocessableEntity or HttpStatusCode.BadRequest, $"{answer.StatusCode}");
        Assert.DoesNotContain("13812345678", await answer.Content.ReadAsStringAsync(), StringComparison.Ordinal);
        Assert.Equal(before, await world.ScalarAsync<long>("select count(*) from account.audit_entries where action = 'Revealed'"));
    }

    [Fact]
    public async Task A_person_of_another_area_is_not_there_and_a_viewer_may_not_ask()
    {
        using var elsewhere = await world.AccountAsync("elsewhere", ("Clerk", "532622"));
        using var viewer = await world.AccountAsync("viewer", ("Viewer", "532601"));
        Assert.NotEqual(HttpStatusCode.OK, (await RevealAsync(elsewhere, """{"Reason":"想知道号码"}""")).StatusCode);
        Assert.NotEqual(HttpStatusCode.OK, (await RevealAsync(viewer, """{"Reason":"想知道号码"}""")).StatusCode);
    }

    [Fact]
    public async Task The_answer_s_type_is_in_the_metadata_and_one_without_an_answer_stays_204()
    {
        var metadata = await world.Administrator.GetStringAsync("/odata/$metadata");
        Assert.Contains("<Action Name=\"Reveal\"", metadata, StringComparison.Ordinal);
        Assert.Contains("<ReturnType Type=\"HazardMap.Revealed\"", metadata, StringComparison.Ordinal);
        Assert.Contains("HazardMap.Reveal", await world.Administrator.GetStringAsync("/odata/openapi.json"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Log_ins_right_wrong_and_locked_out_log_outs_and_changes_of_roles_stay_known()
    {
        var person = await Person.InAsync(world);
        await person.EnrolAsync();
        await person.PostAsync("/api/session", new { user = person.Name, password = "wrong password" });
        await person.DeleteAsync("/api/session");
        var grant = await world.Administrator.PostAsync("/odata/Grants", new StringContent(
            $$"""{"Account":"{{person.Name}}","Role":"Viewer","Area":"532601"}""", Encoding.UTF8, "application/json"));
        Assert.Equal(HttpStatusCode.Created, grant.StatusCode);
        var actions = (await world.ScalarAsync<string[]>("""
            select array(select distinct action from account.audit_entries
                         where actor = $1 or details ->> 'user' = $1 or details ->> 'account' = $1)
            """, person.Name))!;
        foreach (var action in new[] { "LoggedIn", "LoginRefused", "LoggedOut", "SecondFactorAdded", "Granted" })
            Assert.Contains(action, actions, StringComparer.Ordinal);
        Assert.Empty((await AuditChain.VerifyAsync(world.Database, exported: null, CancellationToken.None)).Problems);
    }

    [Fact]
    public async Task The_audit_is_read_by_auditors_and_administrators_and_written_by_nobody()
    {
        using var auditor = await world.AccountAsync("auditor", ("Auditor", null));
        using var clerk = await world.AccountAsync("clerk", ("Clerk", null));
        Assert.NotEmpty((await auditor.GetFromJsonAsync<JsonElement>("/odata/AuditEntries?$top=1")).GetProperty("value").EnumerateArray());
        Assert.Empty((await auditor.GetFromJsonAsync<JsonElement>("/odata/People")).GetProperty("value").EnumerateArray());
        Assert.Empty((await clerk.GetFromJsonAsync<JsonElement>("/odata/AuditEntries")).GetProperty("value").EnumerateArray());
        var written = await world.Administrator.PostAsJsonAsync("/odata/AuditEntries", new { Action = "Nothing" });
        Assert.True(written.StatusCode is HttpStatusCode.MethodNotAllowed or HttpStatusCode.Forbidden, $"{written.StatusCode}");
    }

    [Fact]
    public async Task Devices_are_seen_by_their_owner_and_by_who_administers_the_account()
    {
        var (inspector, other) = (await Person.OfAsync(world, "Inspector", "532601"), await Person.OfAsync(world, "Inspector", "532622"));
        await inspector.LogInAsync();
        await other.LogInAsync();
        Assert.Equal([inspector.Name], await OwnersAsync(inspector));
        var county = await Person.OfAsync(world, "Administrator", "532622");
        await county.LogInAsync();
        Assert.Equal(new[] { county.Name, other.Name }.Order(StringComparer.Ordinal),
            (await OwnersAsync(county)).Order(StringComparer.Ordinal));
        Assert.Equal(HttpStatusCode.NotFound, (await county.DeleteAsync($"/api/account/sessions/{inspector.Session}")).StatusCode);
        Assert.Equal(HttpStatusCode.NotFound, (await inspector.DeleteAsync($"/api/account/sessions/{other.Session}")).StatusCode);
        Assert.Equal(HttpStatusCode.NoContent, (await county.DeleteAsync($"/api/account/sessions/{other.Session}")).StatusCode);
        await other.IsSoonOutAsync();

        static async Task<List<string>> OwnersAsync(Person person) => [.. (await person.JsonAsync("/odata/Devices")).GetProperty("value")
            .EnumerateArray().Select(d => d.GetProperty("UserName").GetString()!).Distinct(StringComparer.Ordinal)];
    }

    private static Task<HttpResponseMessage> RevealAsync(HttpClient client, string body) => client.PostAsync(
        $"/odata/People({Warden.Id})/HazardMap.Reveal", new StringContent(body, Encoding.UTF8, "application/json"));

    private async Task<JsonElement> EntryAsync(string action) => (await world.Administrator.GetFromJsonAsync<JsonElement>(
        $"/odata/AuditEntries?$filter=Action eq '{action}'&$orderby=Number desc&$top=1")).GetProperty("value")[0];
}
