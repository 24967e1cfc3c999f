namespace HazardMap.Service.Exchange.Ledger;

/// <summary>Lines of Chinese in UTF-8 among lines that are not UTF-8: two files glued together.</summary>
internal sealed class MixedLines
{
    private int _line, _valid, _firstValid, _broken, _firstBroken, _column;

    /// <summary>Looks at the next line.</summary>
    public void Add(ReadOnlySpan<byte> line)
    {
        _line++;
        if (LedgerText.WhereBroken(line) is { } at)
        {
            if (_broken++ == 0) (_firstBroken, _column) = (_line, System.Text.Encoding.UTF8.GetCharCount(line[..at]) + 1);
        }
        else if (line.IndexOfAnyInRange((byte)0xE3, (byte)0xE9) >= 0 && _valid++ == 0) _firstValid = _line;
    }

    /// <summary>Refuses the file when it has both.</summary>
    public void Refuse(string fileName)
    {
        if (_valid == 0 || _broken == 0) return;
        var at = _valid >= _broken ? (Line: _firstBroken, Column: _column) : (Line: _firstValid, Column: 1);
        throw new RefusalException("EncodingMixed",
            $"{fileName}, line {at.Line}, column {at.Column}: "
                + $"{(_valid >= _broken ? "this is not UTF-8, the lines around it are" : "this is UTF-8, the lines around it are not")}. "
                + "Save the whole file in one encoding (CSV UTF-8). Nothing was changed.",
            $"{fileName} 第 {at.Line} 行第 {at.Column} 列："
                + $"{(_valid >= _broken ? "此处不是 UTF-8，而前后各行是" : "此处是 UTF-8，而前后各行不是")}。"
                + "请将整个文件保存为同一编码（CSV UTF-8）。未作任何更改。", fileName);
    }
}
