using HazardMap.OData;
using HazardMap.Service.Database;
using Npgsql;

namespace HazardMap.Service.Register;

/// <summary>The bytes of photos, in a table beside what is known about them, in the same transaction.
/// They are what they claim to be, and hold nothing but the picture.</summary>
internal sealed class PhotoStore : MediaStore
{
    /// <summary>Longest photo taken.</summary>
    public const int MaxBytes = 10 << 20;

    /// <summary>Most pixels of a photo: what phones make, and what any office's machine can decode.</summary>
    public const long MaxPixels = 64_000_000;

    /// <summary>What phones make and browsers show.</summary>
    public static readonly string[] Types = ["image/jpeg", "image/png", "image/webp"];

    private const string Write = "insert into register.photo_contents (photo_id, content) values ($1, $2) on conflict (photo_id) do update "
        + "set content = excluded.content";

    public override async Task<ReadOnlyMemory<byte>?> ReadAsync(NpgsqlConnection connection, object key, CancellationToken stop)
    {
        await using var command = connection.Command("select content from register.photo_contents where photo_id = $1", key);
        return await command.ExecuteScalarAsync(stop) is byte[] content ? content : null;
    }

    /// <summary>Looks at the whole header, then has the picture drawn anew: position, owner and comments stay behind.</summary>
    public override async Task<ReadOnlyMemory<byte>> PrepareAsync(string type, ReadOnlyMemory<byte> content, CancellationToken stop)
    {
        var header = PictureHeader.Read(content.Span);
        if (header?.Type != type)
            throw PictureRefusals.NotThatType(type, header?.Type);
        if ((long)header.Width * header.Height > MaxPixels)
            throw PictureRefusals.TooManyPixels(header);
        return await PictureCleaner.CleanAsync(content, type, stop);
    }

    public override async Task WriteAsync(ODataChange change, ReadOnlyMemory<byte> content, CancellationToken stop)
    {
        await using var command = change.Connection.Command(Write, change.Key, content.ToArray());
        await command.ExecuteNonQueryAsync(stop);
    }
}
