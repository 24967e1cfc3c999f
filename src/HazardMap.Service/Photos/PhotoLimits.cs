using System.Globalization;

namespace HazardMap.Service.Photos;

/// <summary>How many photos are taken, how large, and how long what is not whole is waited for.</summary>
internal sealed record PhotoLimits
{
    /// <summary>The setting of <see cref="TotalBytes"/>, in GB.</summary>
    public const string TotalSetting = "HAZARDMAP_PHOTOS_GB";

    private const long DefaultTotalGigabytes = 500;

    /// <summary>Longest photo taken.</summary>
    public const int MostBytes = 10 << 20;

    /// <summary>Most pixels of a photo: what phones make, and what any office's machine can decode.</summary>
    public const long MostPixels = 64_000_000;

    /// <summary>Photos that an account may send within 24 hours, done or begun.</summary>
    public int PhotosADay { get; init; } = 3000;

    /// <summary>Bytes that an account may send within 24 hours.</summary>
    public long BytesADay { get; init; } = 5L << 30;

    /// <summary>Bytes of all photos together.</summary>
    public long TotalBytes { get; init; } = DefaultTotalGigabytes << 30;

    /// <summary>Bytes that stay free on the disk where pieces of photos lie.</summary>
    public long FreeBytes { get; init; } = 64L << 20;

    /// <summary>How long an upload that is not whole is waited for.</summary>
    public TimeSpan Unfinished { get; init; } = TimeSpan.FromDays(14);

    /// <summary>How long a photo waits for its inspection.</summary>
    public TimeSpan Waiting { get; init; } = TimeSpan.FromDays(60);

    /// <summary>How long a receipt can be asked for again.</summary>
    public TimeSpan Receipts { get; init; } = TimeSpan.FromDays(400);

    /// <summary>The limits that the environment sets.</summary>
    /// <exception cref="RefusalException">The setting is no number of gigabytes.</exception>
    public static PhotoLimits Read() => Environment.GetEnvironmentVariable(TotalSetting) is not { Length: > 0 } text ? new PhotoLimits()
        : long.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var gigabytes) && gigabytes is > 0 and < 1 << 30
            ? new PhotoLimits { TotalBytes = gigabytes << 30 }
            : throw new RefusalException("BadSetting", $"{TotalSetting} is \"{text}\". Write a whole number of GB, such as 500.",
                $"{TotalSetting} 的值为“{text}”。请写整数（单位 GB），例如 500。", TotalSetting);
}
