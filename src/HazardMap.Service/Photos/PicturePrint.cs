using System.Numerics;

namespace HazardMap.Service.Photos;

/// <summary>
/// What is to be seen in a picture, coarsely, so that the same picture is known again after it was packed anew or made smaller: a grid of
/// patches, and of each whether it is clearly brighter than the one to its right (a difference hash).
/// </summary>
internal static class PicturePrint
{
    /// <summary>Patches side by side.</summary>
    public const int Columns = 17;

    /// <summary>Patches one below the other.</summary>
    public const int Rows = 16;

    // Noise and rounding make less.
    private const int Clearly = 3;

    // Fog, night, a finger on the lens: all of those look alike.
    private const int FewestMarks = 16;

    /// <summary>The print, 64 hexadecimal digits; null: too little stands out in the picture.</summary>
    /// <param name="pixmap">A binary portable pixmap or greymap of that many patches.</param>
    public static string? Of(ReadOnlySpan<byte> pixmap)
    {
        var samples = pixmap.StartsWith("P6"u8) ? 3 : pixmap.StartsWith("P5"u8) ? 1 : 0;
        var length = Columns * Rows * samples;
        if (samples == 0 || pixmap.Length < length) return null;
        var pixels = pixmap[^length..]; // a header, with comments, goes before
        var print = new byte[(Columns - 1) * Rows / 8];
        var marks = 0;
        for (var place = 0; place < (Columns - 1) * Rows; place++)
        {
            var left = (place / (Columns - 1) * Columns + place % (Columns - 1)) * samples;
            if (Brightness(pixels.Slice(left, samples)) - Brightness(pixels.Slice(left + samples, samples)) <= Clearly) continue;
            print[place / 8] |= (byte)(0x80 >> place % 8);
        }
        foreach (var eight in print) marks += BitOperations.PopCount(eight);
        return marks < FewestMarks ? null : Convert.ToHexStringLower(print);
    }

    // Rec. 601.
    private static int Brightness(ReadOnlySpan<byte> pixel) =>
        pixel.Length == 1 ? pixel[0] : (299 * pixel[0] + 587 * pixel[1] + 114 * pixel[2]) / 1000;
}
