using System.Security.Cryptography;
using HazardMap.OData;

namespace HazardMap.Service.Photos;

/// <summary>A picture as it is kept, with all that was learnt of it: nothing in the bytes but the pixels.</summary>
internal sealed class CleanPicture : PreparedStream
{
    private CleanPicture(ReadOnlyMemory<byte> content, string receivedSha256, string? print) : base(content)
    {
        (ReceivedSha256, Print) = (receivedSha256, print);
        Sha256 = Convert.ToHexStringLower(SHA256.HashData(content.Span));
        Values = new Dictionary<string, object?>(StringComparer.Ordinal)
        {
            [nameof(Sha256)] = Sha256, [nameof(ReceivedSha256)] = ReceivedSha256, [nameof(Print)] = Print,
        };
    }

    /// <summary>Media type, which the picture itself says.</summary>
    public required string Type { get; init; }

    /// <summary>SHA-256 of what came, hexadecimal.</summary>
    public string ReceivedSha256 { get; }

    /// <summary>SHA-256 of what is kept, hexadecimal.</summary>
    public string Sha256 { get; }

    /// <summary>The picture small, a JPEG.</summary>
    public required byte[] Thumbnail { get; init; }

    /// <summary>See <see cref="PicturePrint"/>; null: nothing stands out in it.</summary>
    public string? Print { get; }

    /// <summary>Where and when the camera says it was taken.</summary>
    public required PictureOrigin Origin { get; init; }

    /// <summary>Looks at the whole file, then has the picture drawn anew: position, owner and comments stay behind.</summary>
    /// <param name="received">The file.</param>
    /// <param name="claimed">The media type that its sender says; null: nothing.</param>
    /// <param name="stop">Ends the work.</param>
    /// <exception cref="ODataRefusalException">It is no picture, too large, broken, or more than a picture.</exception>
    public static async Task<CleanPicture> OfAsync(ReadOnlyMemory<byte> received, string? claimed, CancellationToken stop)
    {
        var header = PictureHeader.Read(received.Span);
        if (claimed is not null && header?.Type != claimed) throw PictureRefusals.NotThatType(claimed, header?.Type);
        if (header is null) throw PictureRefusals.NoPicture();
        if ((long)header.Width * header.Height > PhotoLimits.MostPixels) throw PictureRefusals.TooManyPixels(header);
        if (header.Frames > 1) throw PictureRefusals.TooManyFrames(header.Frames);
        ForeignContent.Refuse(received.Span, header.Type);
        var drawn = await PictureCleaner.CleanAsync(received, header.Type, stop);
        var thumbnail = await PictureCleaner.ThumbnailAsync(drawn, stop);
        var print = PicturePrint.Of(await PictureCleaner.PatchesAsync(thumbnail, stop));
        var receivedSha256 = Convert.ToHexStringLower(SHA256.HashData(received.Span));
        return new CleanPicture(drawn, receivedSha256, print)
        {
            Type = header.Type, Thumbnail = thumbnail, Origin = PictureOrigin.Read(received.Span),
        };
    }
}
