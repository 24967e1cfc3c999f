using Npgsql;

namespace HazardMap.OData.Tests.World;

/// <summary>A host's own store of streams: rows of another table.</summary>
public sealed class Reels : MediaStore
{
    public override async Task<ReadOnlyMemory<byte>?> ReadAsync(NpgsqlConnection connection, object key, CancellationToken stop)
    {
        await using var command =
            new NpgsqlCommand("select content from yard.reels where film = $1", connection) { Parameters = { new() { Value = key } } };
        return await command.ExecuteScalarAsync(stop) is byte[] content ? content : null;
    }

    public override async Task WriteAsync(ODataChange change, PreparedStream stream, CancellationToken stop)
    {
        const string sql = "with old as (delete from yard.reels where film = $1) insert into yard.reels values ($1, $2)";
        await using var command = new NpgsqlCommand(sql, change.Connection) { Parameters = { new() { Value = change.Key },
            new() { Value = stream.Content.ToArray() } } };
        await command.ExecuteNonQueryAsync(stop);
    }
}
