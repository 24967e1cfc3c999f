using System.Globalization;

namespace HazardMap.OData;

/// <summary>
/// Which transactions a read has seen: all below a number but for some that were still running. Made from the database's
/// snapshot, cut off after what is certainly on the disk (the last checkpoint, or the newest recorded change that was visible):
/// a number above may never have been written, and after a crash the server gives it to somebody else.
/// </summary>
internal sealed record TransactionMoment(ulong End, IReadOnlyList<ulong> Running)
{
    /// <summary>From the text of a <c>pg_snapshot</c> and the newest number that is certainly on the disk.</summary>
    public static TransactionMoment Of(string snapshot, ulong newest)
    {
        var all = Parse(snapshot);
        var end = Math.Min(all.End, newest + 1);
        return new TransactionMoment(end, [.. all.Running.Where(x => x < end)]);
    }

    /// <summary>Reads <c>xmin:xmax:xip,xip</c>; anything else is a format error.</summary>
    public static TransactionMoment Parse(string text)
    {
        var parts = text.Split(':');
        if (parts.Length != 3) throw new FormatException();
        var (start, end) = (Number(parts[0]), Number(parts[1]));
        var running = parts[2].Length == 0 ? [] : parts[2].Split(',').Select(Number).ToList();
        var ordered = running.Zip(running.Skip(1)).All(x => x.First < x.Second);
        if (start == 0 || end < start || !ordered || running.Exists(x => x < start || x >= end)) throw new FormatException();
        return new TransactionMoment(end, running);
    }

    /// <summary>All transactions below this one are seen.</summary>
    public ulong Start => Running.Count > 0 ? Running[0] : End;

    public override string ToString() => string.Create(CultureInfo.InvariantCulture, $"{Start}:{End}:{string.Join(',', Running)}");

    private static ulong Number(string text) => ulong.Parse(text, NumberStyles.None, CultureInfo.InvariantCulture);
}
