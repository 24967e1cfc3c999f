using System.Buffers.Binary;
using System.Globalization;
using System.Text;

namespace HazardMap.Service.Photos;

/// <summary>Where and when a picture was taken, as its camera wrote into it (Exif, JEITA CP-3451).</summary>
/// <param name="Position">On WGS84; null: not told, or no place on earth.</param>
/// <param name="TakenAt">When; null: not told.</param>
/// <param name="ZoneIsTold">Whether the camera told its offset, or the satellites the time; else that of China was taken.</param>
internal sealed record PictureOrigin((double Longitude, double Latitude)? Position, DateTimeOffset? TakenAt, bool ZoneIsTold)
{
    private const int MostEntries = 512;
    private static readonly TimeSpan China = TimeSpan.FromHours(8);

    /// <summary>Reads what a JPEG, PNG or WebP says; nothing where that can't be read.</summary>
    public static PictureOrigin Read(ReadOnlySpan<byte> content)
    {
        var tiff = Tiff(content);
        if (tiff.StartsWith("Exif\0\0"u8)) tiff = tiff[6..];
        if (tiff.Length < 8 || !(tiff.StartsWith("II*\0"u8) || tiff.StartsWith("MM\0*"u8))) return new(null, null, false);
        var reader = new Reader(tiff, tiff[0] == 'I');
        var (exif, gps) = (reader.Directory(reader.Number(4), 0x8769), reader.Directory(reader.Number(4), 0x8825));
        return Of(reader, exif, gps);
    }

    private static PictureOrigin Of(Reader reader, uint exif, uint gps)
    {
        var position = gps == 0 ? null : PositionOf(reader, gps);
        if (exif != 0 && Moment(reader.Text(exif, 0x9003)) is { } local)
        {
            if (Offset(reader.Text(exif, 0x9011)) is { } told) return new(position, At(local, told), true);
            if (gps != 0 && Satellite(reader, gps) is { } utc) return new(position, utc, true);
            return new(position, At(local, China), false);
        }
        return gps != 0 && Satellite(reader, gps) is { } known ? new(position, known, true) : new(position, null, false);
    }

    private static (double, double)? PositionOf(Reader reader, uint gps)
    {
        if (Degrees(reader, gps, 4) is not { } longitude || Degrees(reader, gps, 2) is not { } latitude) return null;
        if (reader.Text(gps, 3) is "W") longitude = -longitude;
        if (reader.Text(gps, 1) is "S") latitude = -latitude;
        // Cameras without a fix write zeros.
        return Math.Abs(longitude) <= 180 && Math.Abs(latitude) <= 90 && (longitude, latitude) is not (0, 0) ? (longitude, latitude) : null;
    }

    private static double? Degrees(Reader reader, uint gps, ushort tag) =>
        reader.Rationals(gps, tag) is [var degrees, var minutes, var seconds] ? degrees + minutes / 60 + seconds / 3600 : null;

    private static DateTimeOffset? Satellite(Reader reader, uint gps) =>
        reader.Rationals(gps, 7) is [var hours, var minutes, var seconds] && hours is >= 0 and < 24 && minutes is >= 0 and < 60
            && seconds is >= 0 and < 60 && Moment(reader.Text(gps, 0x1D) + " 00:00:00") is { } day
            ? At(day, TimeSpan.Zero)?.AddSeconds(Math.Floor(hours * 3600 + minutes * 60 + seconds)) : null;

    private static DateTime? Moment(string? text) =>
        DateTime.TryParseExact(text, "yyyy:MM:dd HH:mm:ss", CultureInfo.InvariantCulture, DateTimeStyles.None, out var moment)
            && moment.Year is > 1990 and < 2200 ? moment : null;

    private static TimeSpan? Offset(string? text) =>
        text is ['+' or '-', ..] && TimeSpan.TryParseExact(text[1..], @"hh\:mm", CultureInfo.InvariantCulture, out var offset)
            && offset <= TimeSpan.FromHours(14) ? text[0] == '-' ? -offset : offset : null;

    private static DateTimeOffset? At(DateTime local, TimeSpan offset) => new(local, offset);

    private static ReadOnlySpan<byte> Tiff(ReadOnlySpan<byte> content) =>
        content.StartsWith((ReadOnlySpan<byte>)[0xFF, 0xD8]) ? OfJpeg(content)
        : content.StartsWith("RIFF"u8) ? OfChunks(content, 12, "EXIF"u8) : OfChunks(content, 8, "eXIf"u8);

    private static ReadOnlySpan<byte> OfJpeg(ReadOnlySpan<byte> content)
    {
        for (var at = 2; PictureParts.NextSegment(content, ref at, out var marker, out var data) && marker != PictureParts.StartOfScan;)
            if (marker == 0xE1 && data.StartsWith("Exif\0\0"u8)) return data;
        return default;
    }

    private static ReadOnlySpan<byte> OfChunks(ReadOnlySpan<byte> content, long at, ReadOnlySpan<byte> wanted)
    {
        var isPng = at == 8;
        while (PictureParts.NextChunk(content, isPng, ref at, out var name, out var data))
            if (name.SequenceEqual(wanted)) return data;
        return default;
    }

    /// <summary>Directories of a TIFF; whatever points outside is not there.</summary>
    private readonly ref struct Reader(ReadOnlySpan<byte> tiff, bool littleEndian)
    {
        private readonly ReadOnlySpan<byte> _tiff = tiff;

        public uint Number(long at) => at < 0 || at + 4 > _tiff.Length ? 0
            : littleEndian ? BinaryPrimitives.ReadUInt32LittleEndian(_tiff[(int)at..])
            : BinaryPrimitives.ReadUInt32BigEndian(_tiff[(int)at..]);

        /// <summary>Where the directory begins that an entry names; 0: there is none.</summary>
        public uint Directory(uint directory, ushort tag) => Find(directory, tag) is var entry and > 0 ? Number(entry + 8) : 0;

        public string? Text(uint directory, ushort tag)
        {
            if (Find(directory, tag) is not (var entry and > 0) || Short(entry + 2) != 2) return null;
            var length = Number(entry + 4);
            var at = length <= 4 ? entry + 8 : Number(entry + 8);
            return length > 64 || at + length > _tiff.Length ? null
                : Encoding.ASCII.GetString(_tiff.Slice((int)at, (int)length)).TrimEnd('\0', ' ');
        }

        /// <summary>Three fractions; null: they are not told.</summary>
        public double[]? Rationals(uint directory, ushort tag)
        {
            if (Find(directory, tag) is not (var entry and > 0) || Short(entry + 2) != 5 || Number(entry + 4) != 3) return null;
            var at = Number(entry + 8);
            if (at + 24L > _tiff.Length) return null;
            var values = new double[3];
            for (var i = 0; i < 3; i++)
                values[i] = Number(at + 8 * i + 4) is var below and > 0 ? (double)Number(at + 8 * i) / below : double.NaN;
            return Array.TrueForAll(values, double.IsFinite) ? values : null;
        }

        private ushort Short(long at) => at + 2 > _tiff.Length ? (ushort)0
            : littleEndian ? BinaryPrimitives.ReadUInt16LittleEndian(_tiff[(int)at..])
            : BinaryPrimitives.ReadUInt16BigEndian(_tiff[(int)at..]);

        private long Find(uint directory, ushort tag)
        {
            if (directory == 0) return 0;
            var entries = Math.Min((int)Short(directory), MostEntries);
            for (var i = 0; i < entries; i++)
            {
                var entry = directory + 2L + 12L * i;
                if (entry + 12 > _tiff.Length) return 0;
                if (Short(entry) == tag) return entry;
            }
            return 0;
        }
    }
}
