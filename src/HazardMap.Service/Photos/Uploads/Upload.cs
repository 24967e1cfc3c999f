using System.Text.Json;
using HazardMap.Service.Database;
using Npgsql;

namespace HazardMap.Service.Photos.Uploads;

/// <summary>How far an upload is, as the table says it.</summary>
internal enum UploadState
{
    /// <summary>Bytes are missing, or the last step has not been done.</summary>
    Receiving,

    /// <summary>Whole and checked; its inspection has not arrived yet.</summary>
    Waiting,

    /// <summary>It is a photo.</summary>
    Done,

    /// <summary>The bytes are no picture that is taken.</summary>
    Refused,

    /// <summary>Its sender called it off.</summary>
    Ended,

    /// <summary>It was not whole in time, or its inspection never came.</summary>
    Expired,
}

/// <summary>Why a picture was not taken, to be said again whenever its sender asks.</summary>
internal sealed record UploadRefusal(int Status, string Code, string Message, string MessageZh);

/// <summary>An upload, and afterwards its receipt.</summary>
internal sealed record Upload(Guid Id, string Account, Guid InspectionId, string? Filename, int Length, string? Sha256, UploadState State,
    Guid? PhotoId, string? MediaType, int? SizeBytes, string? ReceivedSha256, string? StoredSha256, UploadRefusal? Refusal,
    DateTime CreatedAt, DateTime ExpiresAt, DateTime? FinishedAt)
{
    private const string Columns = "id, account, inspection_id, filename, length, sha256, state, photo_id, media_type, size_bytes, "
        + "received_sha256, stored_sha256, refusal::text, created_at, expires_at, finished_at";

    /// <summary>Whether all bytes were received, checked and kept.</summary>
    public bool IsWhole => State is UploadState.Waiting or UploadState.Done;

    /// <summary>An upload of an account; null: there is none, or it is another's.</summary>
    public static Task<Upload?> FindAsync(NpgsqlDataSource database, Guid id, string account, CancellationToken stop) =>
        database.RowAsync($"select {Columns} from register.uploads where id = $1 and account = $2", Read, stop, id, account);

    /// <summary>The account's upload of the same bytes for the same inspection, if one is under way or done: who lost an answer asks
    /// again.</summary>
    public static Task<Upload?> FindSameAsync(NpgsqlDataSource database, string account, Guid inspection, int length, string sha256,
        CancellationToken stop) => database.RowAsync($"""
            select {Columns} from register.uploads u
            where account = $1 and inspection_id = $2 and length = $3 and sha256 = $4
              and (state in ('Receiving', 'Waiting') and expires_at > clock_timestamp() or state = 'Refused'
                   or state = 'Done' and exists (select from register.photos p where p.id = u.photo_id))
            order by created_at limit 1
            """, Read, stop, account, inspection, length, sha256);

    /// <summary>Begins an upload.</summary>
    public static async Task<Upload> BeginAsync(NpgsqlDataSource database, string account, Guid inspection, string? filename, int length,
        string? sha256, TimeSpan life, CancellationToken stop) => (await database.RowAsync($"""
            insert into register.uploads (account, inspection_id, filename, length, sha256, expires_at)
            values ($1, $2, $3, $4, $5, clock_timestamp() + $6) returning {Columns}
            """, Read, stop, account, inspection, filename, length, sha256, life))!;

    /// <summary>Calls it off, unless it is a photo.</summary>
    public static Task EndAsync(NpgsqlDataSource database, Guid id, CancellationToken stop) => database.ExecuteAsync("""
        with gone as (delete from register.photo_contents c using register.uploads u
                      where u.id = $1 and u.state = 'Waiting' and c.photo_id = u.photo_id),
        origins as (delete from register.photo_origins o using register.uploads u
                    where u.id = $1 and u.state = 'Waiting' and o.photo_id = u.photo_id)
        update register.uploads set state = 'Ended', photo_id = null where id = $1 and state in ('Receiving', 'Waiting')
        """, stop, id);

    /// <summary>Keeps why its picture is not taken.</summary>
    public static Task RefuseAsync(NpgsqlDataSource database, Guid id, UploadRefusal refusal, CancellationToken stop) =>
        database.ExecuteAsync("""
            update register.uploads set state = 'Refused', refusal = $2::jsonb, finished_at = clock_timestamp()
            where id = $1 and state = 'Receiving'
            """, stop, id, JsonSerializer.Serialize(refusal));

    /// <summary>A row of <see cref="Columns"/>.</summary>
    private static Upload Read(NpgsqlDataReader row) => new(
        row.GetGuid(0), row.GetString(1), row.GetGuid(2), Text(row, 3), row.GetInt32(4), Text(row, 5),
        Enum.Parse<UploadState>(row.GetString(6)), row.IsDBNull(7) ? null : row.GetGuid(7), Text(row, 8),
        row.IsDBNull(9) ? null : row.GetInt32(9), Text(row, 10), Text(row, 11),
        Text(row, 12) is { } refusal ? JsonSerializer.Deserialize<UploadRefusal>(refusal) : null,
        row.GetDateTime(13), row.GetDateTime(14), row.IsDBNull(15) ? null : row.GetDateTime(15));

    private static string? Text(NpgsqlDataReader row, int column) => row.IsDBNull(column) ? null : row.GetString(column);
}
