using System.Buffers.Binary;
using System.Text;

namespace HazardMap.Service.Tests.Register;

/// <summary>Small real pictures, 64 x 48 pixels, and what cameras and authors hide in them.</summary>
internal static class Pictures
{
    public const string Owner = "Zhang San Owner";

    public static byte[] Jpeg => Convert.FromBase64String(
        "/9j/2wBDABALDA4MChAODQ4SERATGCgaGBYWGDEjJR0oOjM9PDkzODdASFxOQERXRTc4UG1RV19iZ2hnPk1xeXBkeFxlZ2P/2wBDARESEhgVGC8aGi9jQjhCY2Nj"
        + "Y2NjY2NjY2NjY2NjY2NjY2NjY2NjY2NjY2NjY2NjY2NjY2NjY2NjY2NjY2NjY2P/wAARCAAwAEADASIAAhEBAxEB/8QAHwAAAQUBAQEBAQEAAAAAAAAAAAECAwQF"
        + "BgcICQoL/8QAtRAAAgEDAwIEAwUFBAQAAAF9AQIDAAQRBRIhMUEGE1FhByJxFDKBkaEII0KxwRVS0fAkM2JyggkKFhcYGRolJicoKSo0NTY3ODk6Q0RFRkdISUpT"
        + "VFVWV1hZWmNkZWZnaGlqc3R1dnd4eXqDhIWGh4iJipKTlJWWl5iZmqKjpKWmp6ipqrKztLW2t7i5usLDxMXGx8jJytLT1NXW19jZ2uHi4+Tl5ufo6erx8vP09fb3"
        + "+Pn6/8QAHwEAAwEBAQEBAQEBAQAAAAAAAAECAwQFBgcICQoL/8QAtREAAgECBAQDBAcFBAQAAQJ3AAECAxEEBSExBhJBUQdhcRMiMoEIFEKRobHBCSMzUvAVYnLR"
        + "ChYkNOEl8RcYGRomJygpKjU2Nzg5OkNERUZHSElKU1RVVldYWVpjZGVmZ2hpanN0dXZ3eHl6goOEhYaHiImKkpOUlZaXmJmaoqOkpaanqKmqsrO0tba3uLm6wsPE"
        + "xcbHyMnK0tPU1dbX2Nna4uPk5ebn6Onq8vP09fb3+Pn6/9oADAMBAAIRAxEAPwDhoK0IKz4K0IKANCCtCCs+CtCCgDQgrQgrPgrQgoA0IK0IKz4K0IKAPD4K0IKz"
        + "4K0IKANCCtCCs+CtCCgDQgrQgrPgrQgoA0IK0IKz4K0IKAPD4K0IKz4K0IKANCCtCCs+CtCCgDQgrQgrPgrQgoA0IK0IKz4K0IKAP//Z");

    public static byte[] Png => Convert.FromBase64String(
        "iVBORw0KGgoAAAANSUhEUgAAAEAAAAAwCAIAAAAuKetIAAAACXBIWXMAAAPoAAAD6AG1e1JrAAABEElEQVRoge3PkaKDAAAF0GAQBIMgCIJBMAiCQRAMgiAIgsEg"
        + "CIJBMAgGQTAYBEEQBMEgCILBIAiCIAiCIBgEQRAE7xfeB9zzB4cgCGK325EkSVHUfr+naZphGJZlOY47HA48zx+PR0EQRFE8nU6SJMmyfD6fFUVRVVXTNF3XDcO4"
        + "XC7X69U0TcuybNu+3W6O49zvd9d1H4+H53m+7z+fz9frFQRBGIZRFMVxnCRJmqbv9zvLsjzPi6L4fD7f77csy6qq6rpumqZt267r+r4fhmEcx9/vN03TPM/Lsqzr"
        + "um0bgQACCCCAAAIIIIAAAggggAACCCCAAAIIIIAAAggggAACCCCAAAIIIIAAAgj8N/AHMIS5AAnEoKIAAAAASUVORK5CYII=");

    public static byte[] WebP => Convert.FromBase64String(
        "UklGRjYAAABXRUJQVlA4ICoAAABQAwCdASpAADAAPpFIoEwlpCMiIqgAsBIJaQAAE/GOHwhFgAD++E0AAAA=");

    /// <summary>A JPEG on its side, with owner, position, comment, XMP, and something behind its end.</summary>
    public static byte[] TellingJpeg =>
    [
        0xFF, 0xD8, .. Segment(0xE1, [.. "Exif\0\0"u8, .. Exif()]),
        .. Segment(0xE1, "http://ns.adobe.com/xap/1.0/\0<x:xmpmeta>creator Li Si</x:xmpmeta>"u8), .. Segment(0xFE, "a secret comment"u8),
        .. Jpeg[2..], .. "position 23.35, 104.2"u8,
    ];

    /// <summary>The same as a PNG.</summary>
    public static byte[] TellingPng =>
        [.. Png[..33], .. Chunk("eXIf", Exif()), .. Chunk("tEXt", [.. "Author\0"u8, .. Bytes(Owner)]), .. Png[33..]];

    /// <summary>The same as a WebP.</summary>
    public static byte[] TellingWebP
    {
        get
        {
            byte[] body = [.. "WEBP"u8, .. Riff("VP8X", [0x0C, 0, 0, 0, 63, 0, 0, 47, 0, 0]), .. WebP[12..], .. Riff("EXIF", Exif()),
                .. Riff("XMP ", "<x>creator Li Si</x>"u8)];
            return Riff("RIFF", body);
        }
    }

    /// <summary>A PNG whose header says that it has ten thousand million pixels.</summary>
    public static byte[] Giant => [.. Png[..8], .. Chunk("IHDR", [0, 1, 0x86, 0xA0, 0, 1, 0x86, 0xA0, 8, 2, 0, 0, 0]), .. Png[33..]];

    // TIFF with an orientation (6: turned right), an artist and a latitude: JEITA CP-3451.
    private static byte[] Exif()
    {
        var owner = Bytes(Owner + "\0");
        const int Data = 8 + 2 + 3 * 12 + 4;
        var gps = Data + owner.Length;
        return
        [
            .. "II*\0"u8, .. U32(8), .. U16(3), .. U16(0x0112), .. U16(3), .. U32(1), .. U16(6), .. U16(0),
            .. U16(0x013B), .. U16(2), .. U32(owner.Length), .. U32(Data), .. U16(0x8825), .. U16(4), .. U32(1), .. U32(gps), .. U32(0),
            .. owner, .. U16(2), .. U16(1), .. U16(2), .. U32(2), .. "N\0\0\0"u8, .. U16(2), .. U16(5), .. U32(3),
            .. U32(gps + 30), .. U32(0), .. U32(23), .. U32(1), .. U32(21), .. U32(1), .. U32(0), .. U32(1),
        ];
    }

    private static byte[] Segment(byte marker, ReadOnlySpan<byte> data) =>
        [0xFF, marker, (byte)(data.Length + 2 >> 8), (byte)(data.Length + 2), .. data];

    private static byte[] Chunk(string name, ReadOnlySpan<byte> data)
    {
        byte[] named = [.. Bytes(name), .. data];
        var crc = uint.MaxValue;
        foreach (var b in named)
        {
            crc ^= b;
            for (var bit = 0; bit < 8; bit++) crc = crc >> 1 ^ ((crc & 1) == 0 ? 0 : 0xEDB88320);
        }
        return [.. BigEndian((uint)data.Length), .. named, .. BigEndian(~crc)];
    }

    private static byte[] Riff(string name, ReadOnlySpan<byte> data) =>
        [.. Bytes(name), .. U32(data.Length), .. data, .. new byte[data.Length & 1]];

    private static byte[] Bytes(string text) => Encoding.ASCII.GetBytes(text);

    private static byte[] U16(int number) => [(byte)number, (byte)(number >> 8)];

    private static byte[] U32(int number) => [.. U16(number), .. U16(number >> 16)];

    private static byte[] BigEndian(uint number)
    {
        var bytes = new byte[4];
        BinaryPrimitives.WriteUInt32BigEndian(bytes, number);
        return bytes;
    }
}
