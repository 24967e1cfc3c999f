using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using HazardMap.OData;

namespace HazardMap.Service.Photos.Uploads;

/// <summary>The headers of tus 1.0.0 (https://tus.io/protocols/resumable-upload), read and refused by name.</summary>
internal static class TusHeaders
{
    public const string Version = "1.0.0";
    public const string ContentType = "application/offset+octet-stream";
    public const string Extensions = "creation,creation-with-upload,checksum,expiration,termination";
    public const string Algorithms = "sha256,sha1";

    private const int MostFilename = 200;

    /// <summary>What an upload says of itself.</summary>
    internal sealed record Metadata(Guid Inspection, string? Filename, string? Sha256);

    /// <summary>A number of bytes; null: the header is not there.</summary>
    public static long? Number(HttpRequest request, string name)
    {
        var text = request.Headers[name].ToString();
        if (text.Length == 0) return null;
        return long.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? number
            : throw UploadRefusals.BadHeader(name, "must be a number of bytes", "应为字节数");
    }

    /// <summary>The metadata: pairs of a name and a value in base64, separated by commas.</summary>
    public static Metadata Read(HttpRequest request)
    {
        const string name = "Upload-Metadata";
        var values = new Dictionary<string, byte[]>(StringComparer.Ordinal);
        const StringSplitOptions tidy = StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries;
        foreach (var pair in request.Headers[name].ToString().Split(',', tidy))
        {
            var blank = pair.IndexOf(' ', StringComparison.Ordinal);
            var (key, text) = blank < 0 ? (pair, "") : (pair[..blank], pair[(blank + 1)..].Trim());
            var value = new byte[text.Length];
            if (!Convert.TryFromBase64String(text, value, out var length))
                throw UploadRefusals.BadHeader(name, $"holds a value of {key} that is not base64", $"中 {key} 的值不是 base64");
            if (!values.TryAdd(key, value[..length])) throw UploadRefusals.BadHeader(name, $"says {key} twice", $"重复给出 {key}");
        }
        if (!values.TryGetValue("inspection", out var inspection) || !Guid.TryParse(Encoding.UTF8.GetString(inspection), out var id))
            throw UploadRefusals.BadHeader(name, "must say of which inspection the photo is: inspection and its identifier in base64",
                "须说明照片所属的巡查：inspection 加 base64 编码的标识");
        return new(id, Filename(values.GetValueOrDefault("filename")), Digest(values.GetValueOrDefault("sha256")));
    }

    /// <summary>The metadata as a client is told it again.</summary>
    public static string Write(Upload upload)
    {
        var values = new List<string> { "inspection " + Base64(upload.InspectionId.ToString()) };
        if (upload.Filename is { } filename) values.Add("filename " + Base64(filename));
        if (upload.Sha256 is { } sha256) values.Add("sha256 " + Base64(sha256));
        return string.Join(',', values);
    }

    /// <summary>What the body must amount to; null: nothing is said.</summary>
    public static (IncrementalHash Hash, byte[] Expected)? Checksum(HttpRequest request)
    {
        const string name = "Upload-Checksum";
        var parts = request.Headers[name].ToString().Split(' ', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);
        if (parts.Length == 0) return null;
        HashAlgorithmName? algorithm = parts[0] switch
        {
            "sha256" => HashAlgorithmName.SHA256,
            "sha1" => HashAlgorithmName.SHA1,
            _ => null,
        };
        if (algorithm is not { } known) throw UploadRefusals.BadHeader(name, $"may use {Algorithms}", $"可用的算法为 {Algorithms}");
        var expected = new byte[64];
        if (parts.Length != 2 || !Convert.TryFromBase64String(parts[1], expected, out var length))
            throw UploadRefusals.BadHeader(name, "is an algorithm, a blank and a digest in base64",
                "应为算法、空格和 base64 摘要");
        return (IncrementalHash.CreateHash(known), expected[..length]);
    }

    // Said for people only: what can't be said in one line is left out.
    private static string? Filename(byte[]? value)
    {
        if (value is null) return null;
        var shown = Encoding.UTF8.GetString(value).Where(x => !char.IsControl(x) && !char.IsSurrogate(x)).Take(MostFilename);
        var text = new string([.. shown]).Trim();
        return TextForms.Has(text, TextForm.Line) ? text : null;
    }

    // In hexadecimal, as tools print it, or as its 32 bytes.
    private static string? Digest(byte[]? value)
    {
        if (value is null) return null;
        var text = value.Length == SHA256.HashSizeInBytes
            ? Convert.ToHexStringLower(value) : Encoding.UTF8.GetString(value).ToLowerInvariant();
        return text.Length == 64 && text.All(char.IsAsciiHexDigitLower) ? text
            : throw UploadRefusals.BadHeader("Upload-Metadata", "must say sha256 in 64 hexadecimal digits",
                "中 sha256 应为 64 位十六进制数字");
    }

    private static string Base64(string text) => Convert.ToBase64String(Encoding.UTF8.GetBytes(text));
}
