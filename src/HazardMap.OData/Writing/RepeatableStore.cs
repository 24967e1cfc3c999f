using System.Text.Json;
using Npgsql;
using NpgsqlTypes;

namespace HazardMap.OData;

/// <summary>
/// Answers of repeatable requests. The claim of an id waits for whoever else has claimed it: two requests with one id cannot
/// both act. Claim, change and answer are committed together or not at all.
/// </summary>
internal sealed class RepeatableStore(RepeatableRequests kept, ChangeScope scope)
{
    private readonly string _table = Identifier.QuotePath(kept.Table);

    /// <summary>Claims the id; when the request was done before, its answer is given again and true returned.</summary>
    public async Task<bool> IsAnsweredAsync(RepeatableRequest request, ODataAnswer answer, CancellationToken stop)
    {
        // A second try for an answer that is swept away between the two statements.
        for (var tries = 0; tries < 2; tries++)
        {
            if (await ClaimAsync(request, stop)) return false;
            if (await ReplayAsync(request, answer, stop)) return true;
        }
        throw new ODataRefusalException(503, "Busy", "The same request is being answered elsewhere; try again.") { RetryAfterSeconds = 1 };
    }

    private async Task<bool> ClaimAsync(RepeatableRequest request, CancellationToken stop)
    {
        var sql = $"insert into {_table} (caller, client, request, fingerprint) values ($1, $2, $3, $4) on conflict do nothing";
        await using var command = Command(sql, request);
        command.Parameters.Add(new() { Value = request.Fingerprint, NpgsqlDbType = NpgsqlDbType.Bytea });
        try
        {
            return await command.ExecuteNonQueryAsync(stop) == 1;
        }
        catch (PostgresException error) when (error.SqlState == PostgresErrorCodes.QueryCanceled && !stop.IsCancellationRequested)
        {
            throw new ODataRefusalException(503, "Busy", "The same request is still being answered; try again.") { RetryAfterSeconds = 1 };
        }
    }

    private async Task<bool> ReplayAsync(RepeatableRequest request, ODataAnswer answer, CancellationToken stop)
    {
        await using var command =
            Command($"select fingerprint, status, headers, body from {_table} where (caller, client, request) = ($1, $2, $3)", request);
        await using var reader = await command.ExecuteReaderAsync(stop);
        if (!await reader.ReadAsync(stop)) return false;
        if (!reader.GetFieldValue<byte[]>(0).AsSpan().SequenceEqual(request.Fingerprint))
            throw RepeatableRequest.Rejected(400, "RepeatabilityMismatch", "Another request was sent with this Repeatability-Request-ID.",
                "Repeatability-Request-ID");
        answer.Status = reader.GetInt32(1);
        foreach (var (name, value) in JsonSerializer.Deserialize<Dictionary<string, string>>(reader.GetString(2))!)
            answer.Headers[name] = value;
        if (reader.GetFieldValue<byte[]>(3) is { Length: > 0 } body) await answer.Body.WriteAsync(body, stop);
        return true;
    }

    /// <summary>Keeps the answer, in the transaction of what it answers.</summary>
    public async Task RecordAsync(
        ODataRequest asked, Resource resource, RepeatableRequest request, HeldAnswer answer, CancellationToken stop)
    {
        answer.Headers[RepeatableRequest.ResultHeader] = "accepted";
        if (kept.Recording is { } recording)
        {
            var (client, id) = (request.Client, request.Id);
            await recording(new RepeatableAnswer(asked.Http, scope.Connection, asked.Operation.Headers, asked.Caller, client, id,
                asked.Operation.Method, resource.Set, resource.Key, answer.Status, answer.Headers), stop);
        }
        await using var command =
            Command($"update {_table} set status = $4, headers = $5, body = $6 where (caller, client, request) = ($1, $2, $3)", request);
        var headers = answer.Headers.ToDictionary(x => x.Key, x => x.Value.ToString(), StringComparer.Ordinal);
        command.Parameters.Add(new() { Value = answer.Status, NpgsqlDbType = NpgsqlDbType.Integer });
        command.Parameters.Add(new() { Value = JsonSerializer.Serialize(headers), NpgsqlDbType = NpgsqlDbType.Text });
        command.Parameters.Add(new() { Value = (await answer.BytesAsync()).ToArray(), NpgsqlDbType = NpgsqlDbType.Bytea });
        await command.ExecuteNonQueryAsync(stop);
    }

    /// <summary>Forgets answers that no request can ask for any more.</summary>
    public static async Task SweepAsync(RepeatableRequests kept, NpgsqlDataSource source)
    {
        var name = Identifier.QuotePath(kept.Table);
        await using var command = source.CreateCommand(
            $"delete from {name} where ctid = any(array(select ctid from {name} where recorded_at < now() - $1 limit 10000))");
        command.Parameters.Add(new() { Value = kept.Kept + kept.ClockSkew, NpgsqlDbType = NpgsqlDbType.Interval });
        await command.ExecuteNonQueryAsync();
    }

    private NpgsqlCommand Command(string sql, RepeatableRequest request) => new(sql, scope.Connection)
    {
        Parameters =
        {
            new() { Value = request.Caller, NpgsqlDbType = NpgsqlDbType.Text },
            new() { Value = request.Client, NpgsqlDbType = NpgsqlDbType.Text },
            new() { Value = request.Id, NpgsqlDbType = NpgsqlDbType.Text },
        },
    };
}
