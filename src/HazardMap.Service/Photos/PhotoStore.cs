using HazardMap.OData;
using HazardMap.Service.Database;
using Npgsql;

namespace HazardMap.Service.Photos;

/// <summary>The bytes of photos, in a table beside what is known about them, in the same transaction.
/// They are what they claim to be, and hold nothing but the picture.</summary>
internal sealed class PhotoStore : MediaStore
{
    /// <summary>What phones make and browsers show.</summary>
    public static readonly string[] Types = ["image/jpeg", "image/png", "image/webp"];

    private const string Write = """
        with origin as (
          insert into register.photo_origins (photo_id, position, taken_at, zone_is_told)
          select $1, case when $4 is not null then st_point($4, $5)::geography end, $6, $7 where $4 is not null or $6 is not null
          on conflict (photo_id) do update
            set position = excluded.position, taken_at = excluded.taken_at, zone_is_told = excluded.zone_is_told),
        gone as (delete from register.photo_origins where photo_id = $1 and $4 is null and $6 is null)
        insert into register.photo_contents (photo_id, content, thumbnail) values ($1, $2, $3)
        on conflict (photo_id) do update set content = excluded.content, thumbnail = excluded.thumbnail
        """;

    public override async Task<ReadOnlyMemory<byte>?> ReadAsync(NpgsqlConnection connection, object key, CancellationToken stop)
    {
        await using var command = connection.Command("select content from register.photo_contents where photo_id = $1", key);
        return await command.ExecuteScalarAsync(stop) is byte[] content ? content : null;
    }

    /// <inheritdoc />
    public override async Task<PreparedStream> PrepareAsync(string type, ReadOnlyMemory<byte> content, CancellationToken stop) =>
        await CleanPicture.OfAsync(content, type, stop);

    /// <inheritdoc />
    public override Task WriteAsync(ODataChange change, PreparedStream stream, CancellationToken stop) =>
        WriteAsync(change.Connection, (Guid)change.Key, (CleanPicture)stream, stop);

    /// <summary>Keeps a picture and where it comes from, for a photo that is there or will be.</summary>
    public static async Task WriteAsync(NpgsqlConnection connection, Guid photo, CleanPicture picture, CancellationToken stop)
    {
        var origin = picture.Origin;
        await using var command = connection.Command(Write, photo, picture.Content.ToArray(), picture.Thumbnail);
        command.Parameters.Add(new NpgsqlParameter<double?> { TypedValue = origin.Position?.Longitude });
        command.Parameters.Add(new NpgsqlParameter<double?> { TypedValue = origin.Position?.Latitude });
        command.Parameters.Add(new NpgsqlParameter<DateTime?> { TypedValue = origin.TakenAt?.UtcDateTime });
        command.Parameters.Add(new NpgsqlParameter<bool> { TypedValue = origin.ZoneIsTold });
        await command.ExecuteNonQueryAsync(stop);
    }
}
