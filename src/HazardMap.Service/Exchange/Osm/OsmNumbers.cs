using System.Buffers.Binary;
using System.Globalization;
using System.Security.Cryptography;
using System.Text;

namespace HazardMap.Service.Exchange.Osm;

/// <summary>
/// Numbers for objects that OpenStreetMap does not know yet: an editor gives them negative ones, which mean nothing outside their file.
/// They move to a range of their own above all numbers of OpenStreetMap, made from the extract's name: the same file again finds
/// its objects, another file's do not touch them, and no real object is ever taken for one of them.
/// </summary>
internal sealed class OsmNumbers(string extract)
{
    /// <summary>The first number that no object of OpenStreetMap has. A road's segments are numbered within 2^14 of its way's.</summary>
    public const long First = 1L << 48;

    /// <summary>Numbers of one file: -1 to -4,194,303.</summary>
    public const long PerFile = 1L << 22;

    private readonly long _zero = First
        + BinaryPrimitives.ReadUInt32LittleEndian(SHA256.HashData(Encoding.UTF8.GetBytes(extract))) % (1L << 26) * PerFile;

    /// <summary>The number under which the register keeps object <paramref name="number"/>.</summary>
    public long Of(long number) => number < 0 ? _zero - number : number;

    /// <summary>Rewrites a line of OPL (one object a line, fields by spaces): the object's number and those it refers to.</summary>
    /// <remarks>https://osmcode.org/opl-file-format/: <c>w-10 v1 ... Tnatural=water Nn-1,n-2</c>, <c>r-3 ... Mw-10@outer</c>.</remarks>
    public string Rewrite(string line)
    {
        var fields = line.Split(' ');
        fields[0] = Reference(fields[0]);
        for (var i = 1; i < fields.Length; i++)
            if (fields[i].Length > 1 && fields[i][0] is 'N' or 'M')
                fields[i] = fields[i][0] + string.Join(',', fields[i][1..].Split(',').Select(Reference));
        return string.Join(' ', fields);
    }

    // n-1, w-10@outer
    private string Reference(string text)
    {
        if (text.Length < 2 || text[1] != '-') return text;
        var end = text.IndexOf('@', StringComparison.Ordinal);
        var number = long.Parse(end < 0 ? text[1..] : text[1..end], CultureInfo.InvariantCulture);
        return string.Create(CultureInfo.InvariantCulture, $"{text[0]}{Of(number)}{(end < 0 ? "" : text[end..])}");
    }
}
