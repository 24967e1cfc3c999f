using System.Collections.Concurrent;
using System.Globalization;
using System.Text.Json.Nodes;
using HazardMap.Service.Database;
using Npgsql;

namespace HazardMap.Service.Tests.Risk.Crowd;

/// <summary>Hears what open maps hear of levels, and compares it with the history.</summary>
internal sealed class LevelEvents : IAsyncDisposable
{
    private const string Told = """
        select coalesce(array_agg(concat_ws(' ', hazard_id, coalesce(from_level, '-'), to_level)), '{}') from register.risk_level_changes
          where changed_at > $1::timestamptz
        """;

    private readonly ConcurrentQueue<string> _heard = new();
    private readonly CancellationTokenSource _enough = new();
    private readonly NpgsqlConnection _connection;
    private readonly Task _hearing;
    private readonly string _since;
    private bool _isMany;

    private LevelEvents(NpgsqlConnection connection, string since)
    {
        (_connection, _since) = (connection, since);
        connection.Notification += (_, told) => Hear(JsonNode.Parse(told.Payload)!.AsObject());
        _hearing = Task.Run(HearAsync);
    }

    public static async Task<LevelEvents> ListenAsync(NpgsqlDataSource database)
    {
        var listening = await database.OpenConnectionAsync();
        await using (var listen = listening.Command("listen hazardmap_changes")) await listen.ExecuteNonQueryAsync();
        return new LevelEvents(listening, (await database.ScalarAsync<string>("select clock_timestamp()::text", default))!);
    }

    /// <summary>Each change was told, and none more often than it happened.
    /// Equal ones of one transaction are told once; more than a hundred, as many.</summary>
    public async Task AssertToldOnceAsync(NpgsqlDataSource database)
    {
        var happened = (await database.ScalarAsync<string[]>(Told, default, _since))!;
        for (var tries = 0; tries < 40
            && !_isMany && _heard.Distinct(StringComparer.Ordinal).Count() < happened.Distinct(StringComparer.Ordinal).Count(); tries++)
            await Task.Delay(50);
        if (!_isMany)
            Assert.Equal(happened.Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal),
                _heard.Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal));
        Assert.True(_heard.Count <= happened.Length,
            string.Create(CultureInfo.InvariantCulture, $"{_heard.Count} told, {happened.Length} happened"));
    }

    public async ValueTask DisposeAsync()
    {
        await _enough.CancelAsync();
        await _hearing;
        await _connection.DisposeAsync();
        _enough.Dispose();
    }

    private void Hear(JsonObject told)
    {
        if (told["entity"]!.GetValue<string>() != "RiskLevelChanges") return;
        if (told.ContainsKey("many")) _isMany = true;
        else _heard.Enqueue($"{told["id"]} {told["from"]?.GetValue<string>() ?? "-"} {told["to"]}");
    }

    private async Task HearAsync()
    {
        try
        {
            while (true) await _connection.WaitAsync(_enough.Token);
        }
        catch (OperationCanceledException)
        {
            // It is enough.
        }
    }
}
