using System.Net;
using System.Net.Sockets;
using System.Text;
using System.Text.Json;
using HazardMap.Service.Database;
using HazardMap.Service.Sync;
using HazardMap.Service.Sync.Webhooks;
using static HazardMap.Service.Tests.Sync.PondAndTwo;

namespace HazardMap.Service.Tests.Sync;

/// <summary>Places elsewhere are told what an account may read, signed, and never what stands behind the same wall.</summary>
public sealed class WebhookTests(PondAndTwo world) : IClassFixture<PondAndTwo>, IAsyncLifetime
{
    public Task InitializeAsync() => world.ReadyAsync();

    public Task DisposeAsync() => Task.CompletedTask;

    [Fact]
    public async Task A_private_address_is_refused_and_with_leave_it_is_told_signed_events_of_the_area()
    {
        using var gateway = new TcpListener(IPAddress.Loopback, 0);
        gateway.Start();
        var id = await world.ScalarAsync<Guid>("""
            insert into account.webhooks (account_id, url, secret)
            select id, $1, 'secret' from account.accounts where user_name = 'li' returning id
            """, $"http://127.0.0.1:{((IPEndPoint)gateway.LocalEndpoint).Port}/told");
        var (mine, other) = (await world.PondAsync(), await world.PondAsync());
        await world.ExecuteAsync("update register.hazards set division_code = '532622' where id = $1", other);
        string? error = null;
        for (var tries = 0; error is null && tries < 100; tries++)
        {
            await Task.Delay(100);
            // one that is new begins with now: something has to happen after that
            await EditAsync(world.Li, mine, new { DepthMetres = tries + 1 }, "*");
            error = await world.ScalarAsync<string>("select last_error from account.webhooks where id = $1", id);
        }
        Assert.Contains(OutsideAddresses.Setting, error, StringComparison.Ordinal);
        Assert.False(gateway.Pending());

        Environment.SetEnvironmentVariable(OutsideAddresses.Setting, "1");
        try
        {
            await world.ExecuteAsync("update account.webhooks set next_try_at = clock_timestamp() where id = $1", id);
            var (head, body) = await TakeAsync(gateway);
            var signature = WebhookSender.Signature("secret", Header(head, "HazardMap-Timestamp"), body);
            Assert.Equal($"sha256={signature}", Header(head, "HazardMap-Signature"));
            var events = JsonDocument.Parse(body).RootElement.GetProperty("events").EnumerateArray().ToList();
            Assert.Contains(events, x => x.GetProperty("id").GetString() == mine.ToString());
            Assert.DoesNotContain(events, x => x.TryGetProperty("divisionCode", out var code) && code.GetString() == "532622");
        }
        finally
        {
            Environment.SetEnvironmentVariable(OutsideAddresses.Setting, value: null);
            await world.ExecuteAsync("delete from account.webhooks where id = $1", id);
        }
    }

    [Theory]
    [InlineData("127.0.0.1", false), InlineData("10.1.2.3", false), InlineData("172.20.1.1", false), InlineData("192.168.1.1", false)]
    [InlineData("169.254.169.254", false), InlineData("100.64.0.1", false), InlineData("0.0.0.0", false), InlineData("224.0.0.1", false)]
    [InlineData("::1", false), InlineData("::ffff:127.0.0.1", false), InlineData("fe80::1", false), InlineData("fd00::1", false)]
    [InlineData("2002:7f00:1::", false), InlineData("::", false), InlineData("64:ff9b::7f00:1", false)]
    [InlineData("1.1.1.1", true), InlineData("172.32.0.1", true), InlineData("2606:4700::1111", true)]
    public void What_lies_outside(string address, bool isOutside) =>
        Assert.Equal(isOutside, OutsideAddresses.IsOutside(IPAddress.Parse(address)));

    [Fact]
    public async Task The_status_tells_devices_and_open_conflicts()
    {
        var pond = await world.PondAsync();
        await EditAsync(world.Li, pond, new { DepthMetres = -1 }, "W/\"1\"", "phone-of-li");
        var told = JsonDocument.Parse((await world.ScalarAsync<string>(EmbeddedSql.Of(typeof(SyncCommand), "SyncStatus")))!).RootElement;
        Assert.Contains(told.GetProperty("devices").EnumerateArray(), x => x.GetProperty("device").GetString() == "phone-of-li");
        Assert.True(told.GetProperty("openConflicts").GetInt32() > 0);
        Assert.True(told.GetProperty("openConflictsByKind").GetProperty("Refused").GetInt32() > 0);
    }

    [Fact]
    public async Task A_queue_is_not_sent_as_somebody_else()
    {
        var pond = await world.PondAsync();
        using var late = Late(HttpMethod.Patch, $"Hazards({pond})", new { DepthMetres = 3 }, "W/\"1\"");
        late.Headers.Add("HazardMap-Account", "wang");
        var (status, body) = await AnswerAsync(world.Li.SendAsync(late));
        Assert.Equal((HttpStatusCode.Conflict, "AnotherAccount"), (status, body.GetProperty("error").GetProperty("code").GetString()));
        Assert.Equal(1, (await world.ReadAsync(pond)).GetProperty("Version").GetInt32());
    }

    private static string Header(string head, string name) =>
        head.Split("\r\n").Single(x => x.StartsWith(name + ":", StringComparison.OrdinalIgnoreCase))[(name.Length + 1)..].Trim();

    /// <summary>Takes one request and answers it.</summary>
    private static async Task<(string Head, byte[] Body)> TakeAsync(TcpListener gateway)
    {
        using var patience = new CancellationTokenSource(TimeSpan.FromSeconds(20));
        using var client = await gateway.AcceptTcpClientAsync(patience.Token);
        await using var stream = client.GetStream();
        var bytes = new List<byte>();
        var buffer = new byte[65536];
        while (true)
        {
            var count = await stream.ReadAsync(buffer, patience.Token);
            bytes.AddRange(buffer.Take(count));
            var text = Encoding.Latin1.GetString([.. bytes]);
            var end = text.IndexOf("\r\n\r\n", StringComparison.Ordinal);
            if (end < 0) continue;
            var length = int.Parse(Header(text[..end], "Content-Length"), System.Globalization.CultureInfo.InvariantCulture);
            if (bytes.Count < end + 4 + length) continue;
            await stream.WriteAsync("HTTP/1.1 204 No Content\r\nConnection: close\r\n\r\n"u8.ToArray(), patience.Token);
            return (text[..end], [.. bytes.Skip(end + 4).Take(length)]);
        }
    }
}
