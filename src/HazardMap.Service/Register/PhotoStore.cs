using HazardMap.OData;
using HazardMap.Service.Database;
using Npgsql;

namespace HazardMap.Service.Register;

/// <summary>The bytes of photos, in a table beside what is known about them, in the same transaction.
/// They are what they claim to be.</summary>
internal sealed class PhotoStore : MediaStore
{
    /// <summary>Longest photo taken.</summary>
    public const int MaxBytes = 10 << 20;

    /// <summary>What phones make and browsers show.</summary>
    public static readonly string[] Types = ["image/jpeg", "image/png", "image/webp"];

    private const string Write = "insert into register.photo_contents (photo_id, content) values ($1, $2) on conflict (photo_id) do update "
        + "set content = excluded.content";

    public override async Task<ReadOnlyMemory<byte>?> ReadAsync(NpgsqlConnection connection, object key, CancellationToken stop)
    {
        await using var command = connection.Command("select content from register.photo_contents where photo_id = $1", key);
        return await command.ExecuteScalarAsync(stop) is byte[] content ? content : null;
    }

    public override async Task WriteAsync(ODataChange change, ReadOnlyMemory<byte> content, CancellationToken stop)
    {
        var type = change.Values[change.Set.Find("MediaType")!] as string ?? "";
        if (!Is(type, content.Span))
        {
            throw new ODataRefusalException(415, "NotThatType", $"The bytes are not {type}.", "Content-Type")
            {
                Details = [new("zh", $"文件内容不是 {type}。")],
            };
        }
        await using var command = change.Connection.Command(Write, change.Key, content.ToArray());
        await command.ExecuteNonQueryAsync(stop);
    }

    // How each format begins: a page that calls itself a picture would be a page in somebody's browser.
    private static bool Is(string type, ReadOnlySpan<byte> content) => type switch
    {
        "image/jpeg" => content.StartsWith((ReadOnlySpan<byte>)[0xFF, 0xD8, 0xFF]),
        "image/png" => content.StartsWith((ReadOnlySpan<byte>)[0x89, (byte)'P', (byte)'N', (byte)'G', 0x0D, 0x0A, 0x1A, 0x0A]),
        "image/webp" => content.Length > 12 && content.StartsWith("RIFF"u8) && content[8..].StartsWith("WEBP"u8),
        _ => false,
    };
}
