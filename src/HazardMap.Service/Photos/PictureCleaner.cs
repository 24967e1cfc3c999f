using System.Buffers.Binary;
using System.ComponentModel;
using System.Diagnostics;

namespace HazardMap.Service.Photos;

/// <summary>
/// Draws a picture anew with libvips, so that nothing but its pixels is left: no position, no owner, no comment, nothing behind its end.
/// What the camera said about its orientation is done to the pixels, its colours become sRGB.
/// </summary>
/// <remarks>A child process of bounded memory and time decodes what strangers send; two at a time.</remarks>
internal static class PictureCleaner
{
    // Enough for the most pixels that are taken, turned, of a progressive JPEG.
    private const long MaxMemoryBytes = 1L << 30;

    private const int RefusedByVips = 255;
    private const int ThumbnailPixels = 320, MostThumbnailBytes = 262_144;

    // No picture that is taken is larger.
    private const string WholeSize = "100000x100000>";

    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(20);
    private static readonly SemaphoreSlim Places = new(2);

    // From what nobody sees to what fits: a picture that was packed hard can grow when it is packed softly.
    private static readonly int[] Qualities = [90, 75, 50];

    /// <summary>The same picture without anything else.</summary>
    /// <param name="content">A picture whose header was read.</param>
    /// <param name="type">Its media type, which it keeps.</param>
    /// <param name="stop">Ends the work.</param>
    public static async Task<ReadOnlyMemory<byte>> CleanAsync(ReadOnlyMemory<byte> content, string type, CancellationToken stop)
    {
        await Places.WaitAsync(stop);
        try
        {
            foreach (var format in Formats(type))
            {
                var drawn = await DrawAsync(content, WholeSize, format, stop);
                if (type == "image/webp") drawn = PictureOnly(drawn);
                if (drawn.Length <= PhotoLimits.MostBytes) return drawn;
            }
            throw PictureRefusals.TooLarge();
        }
        finally
        {
            Places.Release();
        }
    }

    /// <summary>A clean picture small, as a JPEG.</summary>
    public static async Task<byte[]> ThumbnailAsync(ReadOnlyMemory<byte> picture, CancellationToken stop)
    {
        foreach (var quality in Qualities)
        {
            var drawn = await InTurnAsync(
                picture, $"{ThumbnailPixels}x{ThumbnailPixels}>", $".jpg[strip,background=255,Q={quality}]", stop);
            if (drawn.Length <= MostThumbnailBytes) return drawn;
        }
        throw PictureRefusals.TooLarge();
    }

    /// <summary>A clean picture as a few patches of colour, as a portable pixmap; see <see cref="PicturePrint"/>.</summary>
    public static Task<byte[]> PatchesAsync(ReadOnlyMemory<byte> picture, CancellationToken stop) =>
        InTurnAsync(picture, $"{PicturePrint.Columns}x{PicturePrint.Rows}!", ".ppm", stop);

    private static async Task<byte[]> InTurnAsync(ReadOnlyMemory<byte> picture, string size, string format, CancellationToken stop)
    {
        await Places.WaitAsync(stop);
        try
        {
            return await DrawAsync(picture, size, format, stop);
        }
        finally
        {
            Places.Release();
        }
    }

    private static IEnumerable<string> Formats(string type) => type switch
    {
        "image/png" => [".png[strip]"],
        "image/webp" => Qualities.Select(quality => $".webp[strip,Q={quality}]"),
        _ => Qualities.Select(quality => $".jpg[strip,optimize_coding,Q={quality}]"),
    };

    private static async Task<byte[]> DrawAsync(ReadOnlyMemory<byte> content, string size, string format, CancellationToken stop)
    {
        using var bounded = CancellationTokenSource.CreateLinkedTokenSource(stop);
        bounded.CancelAfter(Limit);
        using var process = Start(size, format);
        try
        {
            var said = process.StandardError.ReadToEndAsync(bounded.Token);
            using var drawn = new MemoryStream();
            var drawing = process.StandardOutput.BaseStream.CopyToAsync(drawn, bounded.Token);
            await SendAsync(process, content, bounded.Token);
            await drawing;
            await process.WaitForExitAsync(bounded.Token);
            if (process.ExitCode is > 128 and not RefusedByVips) throw PictureRefusals.TooSlow(); // ended by a signal, that is by a limit
            if (process.ExitCode != 0 || drawn.Length == 0) throw PictureRefusals.Broken(Reason(await said));
            return drawn.ToArray();
        }
        catch (OperationCanceledException)
        {
            process.Kill(entireProcessTree: true);
            stop.ThrowIfCancellationRequested();
            throw PictureRefusals.TooSlow();
        }
    }

    private static Process Start(string size, string format)
    {
        string[] arguments = [$"--as={MaxMemoryBytes}", $"--cpu={Limit.TotalSeconds}", "--core=0", "--", "vipsthumbnail",
            "stdin[fail_on=truncated]", "--size", size, "--export-profile", "srgb", "-o", format];
        var start = new ProcessStartInfo("prlimit", arguments)
        {
            UseShellExecute = false, RedirectStandardInput = true, RedirectStandardOutput = true, RedirectStandardError = true,
        };
        start.Environment.Clear(); // nothing of ours for a program that reads what strangers send
        start.Environment["PATH"] = "/usr/bin:/bin";
        start.Environment["VIPS_BLOCK_UNTRUSTED"] = "1";
        start.Environment["VIPS_CONCURRENCY"] = "1";
        try
        {
            return File.Exists("/usr/bin/vipsthumbnail") ? Process.Start(start)! : throw PictureRefusals.ToolMissing();
        }
        catch (Win32Exception)
        {
            throw PictureRefusals.ToolMissing();
        }
    }

    private static async Task SendAsync(Process process, ReadOnlyMemory<byte> content, CancellationToken stop)
    {
        try
        {
            await process.StandardInput.BaseStream.WriteAsync(content, stop);
            process.StandardInput.Close();
        }
        catch (IOException)
        {
            // It reads no further: why, it says on stderr.
        }
    }

    private static string Reason(string said) =>
        said.Split('\n', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries)
            .FirstOrDefault(line => !line.Contains("vipsthumbnail", StringComparison.Ordinal)) ?? "no reason given";

    // libvips 8.14 leaves Exif and XMP in WebP in spite of "strip": of its chunks only those of the picture stay.
    private static byte[] PictureOnly(byte[] webP)
    {
        using var kept = new MemoryStream();
        kept.Write(webP.AsSpan(0, 12));
        for (var at = 12; at + 8 <= webP.Length;)
        {
            var length = BinaryPrimitives.ReadInt32LittleEndian(webP.AsSpan(at + 4));
            var chunk = webP.AsSpan(at, Math.Min(8 + length + (length & 1), webP.Length - at));
            if (chunk.StartsWith("VP8X"u8)) chunk[8] &= 0b0001_0010; // alpha and animation; no profile, Exif, XMP
            if (chunk.StartsWith("VP8"u8) || chunk.StartsWith("ALPH"u8) || chunk.StartsWith("ANIM"u8) || chunk.StartsWith("ANMF"u8))
                kept.Write(chunk);
            at += chunk.Length;
        }
        var file = kept.ToArray();
        BinaryPrimitives.WriteInt32LittleEndian(file.AsSpan(4), file.Length - 8);
        return file;
    }
}
