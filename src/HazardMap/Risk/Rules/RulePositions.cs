using System.Text;
using System.Text.Json;

namespace HazardMap.Risk.Rules;

/// <summary>Where each key of a rule file stands, so that a refusal can point at it.
/// Reading refuses what is not JSON and keys given twice.</summary>
internal sealed class RulePositions
{
    /// <summary>What a refusal calls the whole.</summary>
    public const string TheFile = "the file";

    private const int DeepestNesting = 16;
    private readonly Dictionary<string, (int Line, int Column)> _at = new(StringComparer.Ordinal);
    private readonly byte[] _bytes;
    private readonly string _name, _code;
    private int _counted, _lineStart, _line = 1;

    private RulePositions(byte[] bytes, string name, string code) => (_bytes, _name, _code) = (bytes, name, code);

    /// <param name="json">The text.</param>
    /// <param name="name">The file's name.</param>
    /// <param name="code">What refusals are called.</param>
    public static RulePositions Of(string json, string name, string code = "InvalidRule")
    {
        var positions = new RulePositions(Encoding.UTF8.GetBytes(json), name, code);
        positions.Read();
        return positions;
    }

    /// <summary>Line and column of a key, or of the nearest key above it that is there; both count from 1.</summary>
    public (int Line, int Column) Of(string key)
    {
        while (key.Length > 0)
        {
            if (_at.TryGetValue(key, out var at)) return at;
            key = key[..Math.Max(0, key.LastIndexOfAny(['.', '[']))];
        }
        return (1, 1);
    }

    public RefusalException Refuse(string key, string what, string whatZh)
    {
        var (line, column) = Of(key);
        var keyZh = key == TheFile ? "文件" : $"{key} ";
        return new(_code, $"{_name}, line {line}, column {column}: {key} {what}.",
            $"{_name} 第 {line} 行第 {column} 列：{keyZh}{whatZh}。", key);
    }

    private void Read()
    {
        var path = new Stack<Level>();
        path.Push(new Level("", IsList: false));
        var reader = new Utf8JsonReader(_bytes, new JsonReaderOptions { MaxDepth = DeepestNesting });
        var key = "";
        try
        {
            while (reader.Read()) key = Step(ref reader, path, key);
        }
        catch (JsonException e)
        {
            _at[key] = ((int)(e.LineNumber ?? 0) + 1, (int)(e.BytePositionInLine ?? 0) + 1);
            throw key.Length == 0
                ? Refuse(TheFile, "is not JSON", "不是有效的 JSON")
                : Refuse(key, "is followed by what is not JSON (numbers stand plainly, without NaN or Infinity; "
                    + "no comment, no comma after the last entry)",
                    "之后不是有效的 JSON（数字须直接书写，不接受 NaN、Infinity；"
                        + "不可有注释，末项后不可有逗号）");
        }
    }

    // The key that is being read; levels of nesting on the stack.
    private string Step(ref Utf8JsonReader reader, Stack<Level> path, string key)
    {
        switch (reader.TokenType)
        {
            case JsonTokenType.PropertyName:
                key = path.Peek().Of(TextOf(ref reader, path.Peek().Path));
                if (!_at.TryAdd(key, Place(reader.TokenStartIndex))) throw Refuse(key, "is there twice", "重复出现");
                return key;
            case JsonTokenType.EndObject or JsonTokenType.EndArray:
                return path.Pop().Path;
        }
        if (path.Peek() is { IsList: true } list)
        {
            key = list.Of(list.Count++);
            _at[key] = Place(reader.TokenStartIndex);
        }
        if (reader.TokenType == JsonTokenType.String) TextOf(ref reader, key);
        if (reader.TokenType is JsonTokenType.StartObject or JsonTokenType.StartArray)
            path.Push(new Level(key, reader.TokenType == JsonTokenType.StartArray));
        return key;
    }

    private string TextOf(ref Utf8JsonReader reader, string at)
    {
        try
        {
            return reader.GetString()!;
        }
        catch (InvalidOperationException)
        {
            throw Refuse(at.Length == 0 ? TheFile : at, "holds half a character (\\ud800 to \\udfff come in pairs)",
                "含有不完整的字符（\\ud800 至 \\udfff 须成对出现）");
        }
    }

    // Tokens come in the order of the text, so lines are counted once.
    private (int Line, int Column) Place(long offset)
    {
        for (; _counted < offset; _counted++)
            if (_bytes[_counted] == '\n') (_line, _lineStart) = (_line + 1, _counted + 1);
        return (_line, Encoding.UTF8.GetCharCount(_bytes.AsSpan(_lineStart, (int)offset - _lineStart)) + 1);
    }

    private sealed record Level(string Path, bool IsList)
    {
        public int Count { get; set; }

        public string Of(string property) => Path.Length == 0 ? property : $"{Path}.{property}";

        public string Of(int index) => $"{Path}[{index}]";
    }
}
