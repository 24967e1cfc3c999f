using System.Buffers.Binary;
using System.Diagnostics;
using System.Globalization;
using System.Text;

namespace HazardMap.Service.Tests.Photos;

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

    /// <summary>A JPEG of a camera that tells where (104.25 E, 23.37 N) and when (2026-07-01 09:30 of China) it was taken.</summary>
    public static byte[] Located => [0xFF, 0xD8, .. Segment(0xE1, [.. "Exif\0\0"u8, .. Place()]), .. Jpeg[2..]];

    /// <summary>A PNG of ten thousand pictures one after the other.</summary>
    public static byte[] Animated => [.. Png[..33], .. Chunk("acTL", [0, 0, 0x27, 0x10, 0, 0, 0, 0]), .. Png[33..]];

    /// <summary>A WebP of ten thousand pictures one after the other.</summary>
    public static byte[] AnimatedWebP
    {
        get
        {
            var frame = Riff("ANMF", [.. new byte[6], 63, 0, 0, 47, 0, 0, 1, 0, 0, 0, .. WebP[12..]]);
            return Riff("RIFF", [.. "WEBP"u8, .. Riff("VP8X", [0x02, 0, 0, 0, 63, 0, 0, 47, 0, 0]), .. Riff("ANIM", new byte[6]),
                .. Enumerable.Repeat(frame, 10_000).SelectMany(x => x)]);
        }
    }

    /// <summary>A JPEG with a page in its comment.</summary>
    public static byte[] WithPage => [0xFF, 0xD8, .. Segment(0xFE, "<script>alert(1)</script>"u8), .. Jpeg[2..]];

    /// <summary>A JPEG behind which a ZIP archive stands, empty.</summary>
    public static byte[] WithArchive => [.. Jpeg, .. "PK\u0005\u0006"u8, .. new byte[18]];

    /// <summary>A JPEG of a scene with much to be seen, 640 x 480, another for each number; made by libvips.</summary>
    public static byte[] Scene(int seed, int quality = 90)
    {
        var place = Directory.CreateTempSubdirectory("scene").FullName;
        string At(string name) => Path.Combine(place, name);
        Run("perlin", At("a.v"), "640", "480", "--cell-size", "90", "--seed", seed.ToString(CultureInfo.InvariantCulture));
        Run("linear", At("a.v"), At("b.v"), "120", "128");
        Run("cast", At("b.v"), At("c.v"), "uchar");
        Run("jpegsave", At("c.v"), At("d.jpg"), "--Q", quality.ToString(CultureInfo.InvariantCulture));
        var made = File.ReadAllBytes(At("d.jpg"));
        Directory.Delete(place, recursive: true);
        return made;
    }

    private static void Run(params string[] arguments)
    {
        using var vips = Process.Start("/usr/bin/vips", arguments);
        vips.WaitForExit();
        Assert.Equal(0, vips.ExitCode);
    }

    // TIFF with a directory of the camera's (when, and its offset) and one of the satellites' (where).
    private static byte[] Place()
    {
        const int Camera = 8 + 2 + 2 * 12 + 4, Satellites = Camera + 2 + 2 * 12 + 4, Data = Satellites + 2 + 4 * 12 + 4;
        return
        [
            .. "II*\0"u8, .. U32(8), .. U16(2), .. U16(0x8769), .. U16(4), .. U32(1), .. U32(Camera),
            .. U16(0x8825), .. U16(4), .. U32(1), .. U32(Satellites), .. U32(0),
            .. U16(2), .. U16(0x9003), .. U16(2), .. U32(20), .. U32(Data),
            .. U16(0x9011), .. U16(2), .. U32(7), .. U32(Data + 20), .. U32(0),
            .. U16(4), .. U16(1), .. U16(2), .. U32(2), .. "N\0\0\0"u8, .. U16(2), .. U16(5), .. U32(3), .. U32(Data + 28),
            .. U16(3), .. U16(2), .. U32(2), .. "E\0\0\0"u8, .. U16(4), .. U16(5), .. U32(3), .. U32(Data + 52), .. U32(0),
            .. "2026:07:01 09:30:00\0"u8, .. "+08:00\0\0"u8, .. U32(23), .. U32(1), .. U32(22), .. U32(1), .. U32(12), .. U32(1),
            .. U32(104), .. U32(1), .. U32(15), .. U32(1), .. U32(0), .. U32(1),
        ];
    }

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
