using System.Diagnostics;
using System.Net.Sockets;
using System.Text;
using HazardMap.OData.Tests.World;

namespace HazardMap.OData.Tests.Requests;

/// <summary>A slow statement, an unreachable database, a client that goes away.</summary>
[Collection(nameof(Coast))]
public sealed class TroubleTests(Coast coast)
{
    [Fact]
    public async Task A_statement_that_takes_too_long_is_ended_and_said_so()
    {
        var clock = Stopwatch.StartNew();
        using var response = await coast.Http.GetAsync("Tides");
        Assert.Equal(503, (int)response.StatusCode);
        Assert.NotNull(response.Headers.RetryAfter);
        Assert.True(clock.Elapsed < TimeSpan.FromSeconds(8), clock.Elapsed.ToString());
    }

    [Fact]
    public async Task What_the_host_computes_for_ever_is_ended_and_said_so()
    {
        using var response = await coast.Http.GetAsync($"Lighthouses({CoastRows.Pharos})/Coast.LookOut(word='for ever')");
        Assert.Equal(503, (int)response.StatusCode);
        Assert.NotNull(response.Headers.RetryAfter);
    }

    [Fact]
    public async Task A_change_that_takes_too_long_is_ended_by_its_own_limit_and_leaves_nothing()
    {
        var before = await coast.Http.GetStringAsync($"Lighthouses({CoastRows.Pharos})/Note");
        using var request = new HttpRequestMessage(HttpMethod.Patch, $"Lighthouses({CoastRows.Pharos})")
        {
            Content = new StringContent("""{"Note":"for ever"}""", Encoding.UTF8, "application/json"),
            Headers = { { "If-Match", "*" } },
        };
        using var response = await coast.Http.SendAsync(request);
        Assert.Equal(503, (int)response.StatusCode);
        Assert.NotNull(response.Headers.RetryAfter);
        Assert.Contains("ChangeTimeout", await response.Content.ReadAsStringAsync(), StringComparison.Ordinal);
        Assert.Equal(before, await coast.Http.GetStringAsync($"Lighthouses({CoastRows.Pharos})/Note"));
    }

    [Fact]
    public async Task Without_a_database_the_answer_is_503_and_when_to_try_again()
    {
        using var http = new HttpClient { BaseAddress = coast.WithoutDatabase };
        using var response = await http.GetAsync("Lighthouses");
        Assert.Equal(503, (int)response.StatusCode);
        Assert.NotNull(response.Headers.RetryAfter);
        Assert.True((await http.GetAsync("$metadata")).IsSuccessStatusCode);
    }

    [Fact]
    public async Task An_answer_that_fails_on_a_later_row_is_an_error_and_nothing_else()
    {
        for (var steps = 0; steps < 40; steps++)
        {
            using var response = await coast.Http.GetAsync($"Lighthouses?$top=100&$select=Name&$filter=100 div (Steps sub {steps}) ne 7");
            using var answer = System.Text.Json.JsonDocument.Parse(await response.Content.ReadAsStringAsync());
            Assert.Equal(response.IsSuccessStatusCode, answer.RootElement.TryGetProperty("value", out _));
            Assert.Equal(!response.IsSuccessStatusCode, answer.RootElement.TryGetProperty("error", out _));
        }
    }

    [Fact]
    public async Task A_client_that_goes_away_stops_its_statement()
    {
        using var leaving = new CancellationTokenSource(TimeSpan.FromMilliseconds(700));
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => coast.Http.GetAsync("Tides?$filter=Id gt 0&$top=2", leaving.Token));
        await Task.Delay(1000);
        await using var command = coast.Source.CreateCommand(
            "select count(*) from pg_stat_activity where datname = current_database() and state = 'active' "
                + "and query like '%tides%limit 2%' and pid <> pg_backend_pid()");
        Assert.Equal(0L, await command.ExecuteScalarAsync());
    }

    [Fact]
    public async Task A_body_whose_end_comes_late_does_not_cost_the_connection()
    {
        using var line = new TcpClient();
        await line.ConnectAsync(coast.Http.BaseAddress!.Host, coast.Http.BaseAddress.Port);
        await using var wire = line.GetStream();
        for (var round = 0; round < 5; round++)
        {
            var begun = "POST /odata/Lighthouses HTTP/1.1\r\nHost: coast\r\nContent-Type: application/json\r\n"u8
                + "Transfer-Encoding: chunked\r\n\r\n2\r\n{}\r\n"u8;
            await wire.WriteAsync(begun.ToArray());
            await Task.Delay(30);
            await wire.WriteAsync("0\r\n\r\n"u8.ToArray());
            Assert.StartsWith("HTTP/1.1 4", await AnswerAsync(wire), StringComparison.Ordinal);
        }
    }

    // Everything up to the end of the chunked answer; empty when the connection is gone.
    private static async Task<string> AnswerAsync(NetworkStream wire)
    {
        var (text, buffer) = ("", new byte[4096]);
        while (!text.EndsWith("0\r\n\r\n", StringComparison.Ordinal) && await wire.ReadAsync(buffer) is > 0 and var read)
            text += Encoding.UTF8.GetString(buffer, 0, read);
        return text;
    }
}
