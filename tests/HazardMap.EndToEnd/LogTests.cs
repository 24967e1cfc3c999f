using System.Net.Http.Json;
using System.Text;
using HazardMap.EndToEnd.Worlds;

namespace HazardMap.EndToEnd;

/// <summary>
/// No log keeps personal data: a person, a phone and a place that are refused in every way stand afterwards in nothing that was written
/// beside the register itself.
/// </summary>
public sealed class LogTests : IDisposable
{
    private const string Name = "金丝雀甲", Phone = "13912340077", Longitude = "104.98765", Password = "canary-金丝雀-secret";
    private readonly TemporaryDirectory _directory = new();

    public void Dispose() => _directory.Dispose();

    [Fact]
    public async Task What_is_refused_leaves_no_personal_data_in_any_log()
    {
        string said;
        await using (var up = await RunningUp.StartAsync(_directory.Path, "--empty"))
        {
            await PsqlAsync("insert into divisions (code, name, level, centre) values ('5326', 'x', 'Prefecture', 'point(104 23)')",
                "--admin");
            await RefusedByTheServiceAsync(up.Client);
            await RefusedByTheDatabaseAsync();
            await up.StopAsync();
            said = up.Executable.Errors + up.Executable.Output;
        }
        Assert.NotEmpty(Directory.GetFiles(Path.Combine(_directory.Path, "postgres", "log")));
        foreach (var (place, text) in Logs().Append(("stdout and stderr of up", said)))
            foreach (var canary in new[] { Name, Phone[3..], Longitude, Password, Convert.ToHexString(Encoding.UTF8.GetBytes(Name)) })
                Assert.False(text.Contains(canary, StringComparison.OrdinalIgnoreCase), $"{place} tells {canary}: {Line(text, canary)}");
    }

    private static async Task RefusedByTheServiceAsync(HttpClient http)
    {
        string[] people =
        [
            $$"""{"Name":"{{Name}}","Phone":"{{Phone}}{{Phone}}{{Phone}}{{Phone}}","DivisionCode":"5326"}""",
            $$"""{"Name":"{{Name}}","Phone":"{{Phone}}","DivisionCode":"9999"}""",
            $$"""{"Name":"{{Name}}","Phone":"问{{Phone}}","DivisionCode":"5326"}""",
            $$"""{"Name":"  ","Phone":"{{Phone}}","DivisionCode":"5326"}""",
            $$"""{"Name":"{{Name}}","Phone":{{Phone}},"DivisionCode":"5326"}""",
            $$"""{"Name":"{{Name}}","Phone":"{{Phone}}","Level":"{{Phone}}","DivisionCode":"5326"}""",
            $$"""{"Name":"{{Name}}","Phone":"{{Phone}}","DivisionCode":"5326","Unit":"{{new string('x', 300)}}"}""",
            $$"""{"Name":"{{Name}}\u0000","Phone":"{{Phone}}","DivisionCode":"5326"}""",
            $$"""{"Name":"{{Name}}\ud800","Phone":"{{Phone}}","DivisionCode":"5326"}""",
            $$"""{"Name":"{{Name}}","Phone":"{{Phone}}" """,
        ];
        foreach (var person in people)
        {
            await IsRefusedAsync(http, HttpMethod.Post, "/odata/People", person);
            await IsRefusedAsync(http, HttpMethod.Post, "/odata/$batch", $$$"""
                {"requests":[{"id":"1","method":"POST","url":"People","headers":{"content-type":"application/json"},"body":{{{person}}}}]}
                """);
        }
        await IsRefusedAsync(http, HttpMethod.Post, "/odata/Inspections", $$$"""
            {"HazardId":"01900000-0000-7000-8000-0000000000ff","At":"2026-01-01T00:00:00Z","Result":"Safe","Notes":"{{{Name}}} {{{Phone}}}",
             "Position":{"type":"Point","coordinates":[{{{Longitude}}},23]}}
            """);
        await IsRefusedAsync(http, HttpMethod.Post, "/odata/Inspections", $$$"""
            {"HazardId":"x","At":"{{{Phone}}}","Result":"{{{Name}}}",
             "Position":{"type":"Point","coordinates":[{{{Longitude}}},{{{Phone}}}]}}
            """);
        foreach (var path in new[] { $"/odata/People?$filter=Phone eq '{Phone}'", $"/odata/People('{Phone}')",
            $"/odata/People?$search=\"{Phone}", $"/odata/People?$filter=Name eq '{Name}", $"/odata/{Name}", $"/login?code={Password}",
            $"/{Phone}", $"/odata/People?$orderby={Name}",
            $"/api/coverage?kind={Name}", $"/tiles/{Phone}/1/1/1.mvt", $"/odata/People?$filter=cast('{Phone}',Edm.Int32) eq 1" })
            await IsRefusedAsync(http, HttpMethod.Get, path, body: null);
        await http.PostAsJsonAsync("/api/session", new { user = Name, password = Password });
        await http.PostAsJsonAsync("/api/session", new { user = Password, password = Password });
        // Taken, and refused afterwards.
        using var sound = new StringContent($$"""{"Name":"{{Name}}","Phone":"{{Phone}}","DivisionCode":"5326"}""", Encoding.UTF8,
            "application/json");
        using var made = await http.PostAsync("/odata/People", sound);
        Assert.True(made.IsSuccessStatusCode, await made.Content.ReadAsStringAsync());
        await IsRefusedAsync(http, HttpMethod.Patch, made.Headers.Location!.ToString(), $$"""{"DivisionCode":"{{Phone}}"}""");
    }

    private async Task RefusedByTheDatabaseAsync()
    {
        foreach (var sql in new[]
        {
            $"insert into people (name, phone, division_code) values ('{Name}', '{Phone}', '9999')",
            $"insert into people (name, phone, division_code) values ('{Name}', 'at {Phone}', '5326')",
            $"insert into people (name, phone, division_code, level) values ('{Name}', '{Phone}', '5326', 'King')",
            $"update people set phone = '{new string('1', 60)}{Phone}'", $"select '{Name}'::int", $"select {Phone} / 0", $"selec '{Phone}'",
            $"select '{Name} {Phone}', pg_sleep(2.2)", $"do $$ begin raise exception '{Name}'; end $$",
        })
        {
            await PsqlAsync(sql, "--admin");
            await PsqlAsync(sql);
        }
    }

    private async Task PsqlAsync(string sql, params string[] options)
    {
        using var psql = Executable.Start(["psql", "--data", _directory.Path, .. options, "--", "-c", sql]);
        await psql.ExitCodeAsync();
    }

    private static async Task IsRefusedAsync(HttpClient http, HttpMethod method, string path, string? body)
    {
        using var request = new HttpRequestMessage(method, path);
        if (body is not null) request.Content = new StringContent(body, Encoding.UTF8, "application/json");
        if (method == HttpMethod.Patch) request.Headers.TryAddWithoutValidation("If-Match", "*");
        using var answer = await http.SendAsync(request);
        // A batch, and a question that asks for something else than we thought, may be answered.
        var least = method == HttpMethod.Get || path.EndsWith("$batch", StringComparison.Ordinal) ? 200 : 400;
        Assert.True((int)answer.StatusCode >= least && (int)answer.StatusCode < 500, $"{method} {path}: {(int)answer.StatusCode}");
    }

    // All that is written but the register's own files.
    private IEnumerable<(string Place, string Text)> Logs() =>
        Directory.EnumerateFiles(_directory.Path, "*", SearchOption.AllDirectories)
            .Where(file => !file.StartsWith(Path.Combine(_directory.Path, "postgres"), StringComparison.Ordinal)
                || file.StartsWith(Path.Combine(_directory.Path, "postgres", "log"), StringComparison.Ordinal)
                || Path.GetDirectoryName(file) == Path.Combine(_directory.Path, "postgres"))
            .Select(file => (file, File.ReadAllText(file)));

    private static string Line(string text, string canary) =>
        text.Split('\n').FirstOrDefault(line => line.Contains(canary, StringComparison.OrdinalIgnoreCase)) ?? "";
}
