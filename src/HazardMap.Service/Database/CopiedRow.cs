using System.Buffers.Binary;
using System.Text;

namespace HazardMap.Service.Database;

/// <summary>A cursor over the rows of a <see cref="CopyBlock"/>: fields are taken in the order of the query's columns.</summary>
internal struct CopiedRow(CopyBlock block)
{
    private readonly byte[] _bytes = block.Bytes;
    private int _at, _rows = block.Rows;
    private string? _lastText;

    /// <summary>Goes to the next row; the fields of the one before must have been taken, all of them.</summary>
    public bool MoveNext()
    {
        if (_rows-- == 0) return false;
        _at += sizeof(short);   // the number of fields
        return true;
    }

    /// <summary>Whether the next field is null; then it is taken.</summary>
    public bool IsNull()
    {
        if (BinaryPrimitives.ReadInt32BigEndian(_bytes.AsSpan(_at)) >= 0) return false;
        _at += sizeof(int);
        return true;
    }

    /// <summary>A field as it came.</summary>
    public ReadOnlyMemory<byte> Bytes()
    {
        var length = BinaryPrimitives.ReadInt32BigEndian(_bytes.AsSpan(_at));
        _at += sizeof(int) + length;
        return _bytes.AsMemory(_at - length, length);
    }

    /// <summary>A uuid.</summary>
    public Guid Guid() => new(Next(), bigEndian: true);

    /// <summary>A boolean.</summary>
    public bool Boolean() => Next()[0] != 0;

    /// <summary>An integer of four bytes.</summary>
    public int Int32() => BinaryPrimitives.ReadInt32BigEndian(Next());

    /// <summary>The next field: a bigint.</summary>
    public long Int64() => BinaryPrimitives.ReadInt64BigEndian(Next());

    /// <summary>A double precision.</summary>
    public double Double() => BinaryPrimitives.ReadDoubleBigEndian(Next());

    /// <summary>A text; one that repeats from row to row is made once.</summary>
    public string Text()
    {
        var text = Next();
        if (_lastText is null || !Ascii.Equals(text, _lastText)) _lastText = Encoding.UTF8.GetString(text);
        return _lastText;
    }

    /// <summary>A text of which there are few others.</summary>
    public string Text(KnownTexts known) => known.Of(Next());

    /// <summary>A member of an enumeration, written as text.</summary>
    public T Word<T>() where T : struct, Enum => MemberNames<T>.Of(Next());

    private ReadOnlySpan<byte> Next() => Bytes().Span;
}
