using System.Text;
using System.Text.Json;

namespace HazardMap.Service.Exchange.Ledger;

/// <summary>
/// The features of a file that is too large for memory, read from disk one by one, each time anew: of a FeatureCollection, of an array
/// of features, or of a file with a feature a line or behind each separator.
/// </summary>
internal sealed class LargeGeoJson(LedgerSource source)
{
    private const int Piece = 1 << 16, LargestFeatureBytes = 256 << 20, SeenCharacters = 20;

    /// <summary>Reads the file once, to its end.</summary>
    /// <exception cref="RefusalException">The file is no JSON, or no GeoJSON of features.</exception>
    public static GeoJsonFeatures Read(LedgerSource source)
    {
        var file = new LargeGeoJson(source);
        return file.IsSequence() ? file.Sequence() : file.Document();
    }

    private GeoJsonFeatures Document()
    {
        var members = new Dictionary<string, JsonElement>(StringComparer.Ordinal);
        var (count, isFeature) = (0, false);
        foreach (var feature in Features(members))
            if (count++ == 0) isFeature = ForeignJson.TypeOf(feature) == "Feature";
        var isArray = members.Count == 0;
        if (isArray ? !isFeature : !members.TryGetValue("type", out var type) || !type.ValueEquals("FeatureCollection"))
            throw ForeignJson.Refusal(JsonSerializer.SerializeToElement(members), source.FileName);
        if (count == 0) throw GeoJsonFeatures.Empty(source.FileName);
        return new(Features(), null, CrsMember.Of(JsonSerializer.SerializeToElement(members), source.FileName, "crs"));
    }

    // The elements of the root's array, or of its member features; of its other members those that are small are kept.
    private IEnumerable<JsonElement> Features(Dictionary<string, JsonElement>? members = null)
    {
        using var stream = source.OpenUtf8();
        var pieces = new JsonPieces(stream, source.FileName);
        if (pieces.Next() == JsonTokenType.StartArray)
        {
            while (pieces.Element() is { } element) yield return element;
        }
        else if (pieces.Type == JsonTokenType.StartObject)
        {
            while (pieces.Next() == JsonTokenType.PropertyName)
            {
                var name = pieces.Name;
                if (name == "features" && pieces.BeginsArray())
                {
                    members?.TryAdd(name, JsonSerializer.SerializeToElement(Array.Empty<int>()));
                    while (pieces.Element() is { } element) yield return element;
                }
                else
                {
                    var value = pieces.Value();
                    members?.TryAdd(name, value);
                }
            }
        }
        pieces.End();
    }

    // A whole feature in the first line, or a separator before it.
    private bool IsSequence()
    {
        using var text = source.OpenText();
        var first = text.Peek();
        if (first == GeoJsonFeatures.RecordSeparator) return true;
        return text.ReadLine() is { } line && Whole(line, out _) is { } json && ForeignJson.TypeOf(json) == "Feature";
    }

    private GeoJsonFeatures Sequence()
    {
        var lines = new List<int>();
        (JsonElement First, int Line)? first = null;
        foreach (var (feature, line) in Records())
        {
            first ??= (feature, line);
            lines.Add(line);
        }
        if (first is not { } begins) throw GeoJsonFeatures.Empty(source.FileName);
        return new(Records().Select(r => r.Feature), lines, CrsMember.Of(begins.First, source.FileName, $"line {begins.Line}"));
    }

    private IEnumerable<(JsonElement Feature, int Line)> Records()
    {
        using var text = source.OpenText();
        var (number, began) = (0, 1);
        var record = new StringBuilder();
        var hasSeparators = text.Peek() == GeoJsonFeatures.RecordSeparator;
        while (text.ReadLine() is { } line)
        {
            number++;
            if (record.Length + line.Length > LargestFeatureBytes) throw TooLarge(source.FileName, began);
            var begins = line.StartsWith(GeoJsonFeatures.RecordSeparator);
            if ((begins || !hasSeparators) && record.Length > 0)
            {
                yield return (Parse(record.ToString(), began), began);
                record.Clear();
            }
            if (record.Length == 0) began = number;
            record.Append(begins ? line[1..] : line).Append('\n');
            if (string.IsNullOrWhiteSpace(line) && record.Length <= line.Length + 1) record.Clear();
        }
        if (record.Length > 0) yield return (Parse(record.ToString(), began), began);
    }

    private JsonElement Parse(string record, int line) =>
        Whole(record, out var wrong) ?? throw GeoJsonFeatures.Malformed(record, wrong!, line - 1, source.FileName);

    private static JsonElement? Whole(string text, out JsonException? wrong)
    {
        wrong = null;
        try
        {
            return JsonElement.Parse(text);
        }
        catch (JsonException malformed)
        {
            wrong = malformed;
            return null;
        }
    }

    private static RefusalException TooLarge(string fileName, long line) => new("FeatureTooLarge",
        $"{fileName}, line {line}: a feature of more than {LargestFeatureBytes >> 20} MB; split its shape. Nothing was changed.",
        $"{fileName} 第 {line} 行：单个要素超过 {LargestFeatureBytes >> 20} MB；请拆分其形状。"
            + "未作任何更改。", fileName);

    // JSON read a piece at a time: tokens one by one, or whole values.
    private sealed class JsonPieces(Stream stream, string fileName)
    {
        private byte[] _bytes = new byte[Piece];
        private int _at, _length;
        private bool _isEnd, _isBegun;
        private JsonReaderState _state;

        public JsonTokenType Type { get; private set; }

        public string Name { get; private set; } = "";

        /// <summary>The next token; none at the end.</summary>
        public JsonTokenType Next() => Type = Try((ref Utf8JsonReader reader, out JsonTokenType type) =>
        {
            type = JsonTokenType.None;
            if (!reader.Read()) return false;
            type = reader.TokenType;
            if (type == JsonTokenType.PropertyName) Name = reader.GetString()!;
            return true;
        });

        /// <summary>Whether the value that comes is an array, which is then begun; else it is still to be read.</summary>
        public bool BeginsArray() => Try((ref Utf8JsonReader reader, out bool begins) =>
        {
            var before = reader;
            begins = false;
            if (!reader.Read()) return false;
            begins = reader.TokenType == JsonTokenType.StartArray;
            if (!begins) reader = before;
            return true;
        });

        /// <summary>The next element of the array that was begun; null at its end.</summary>
        public JsonElement? Element() => Try((ref Utf8JsonReader reader, out JsonElement? element) =>
        {
            element = null;
            return reader.Read() && (reader.TokenType == JsonTokenType.EndArray || JsonElement.TryParseValue(ref reader, out element));
        });

        /// <summary>The value that comes, whole.</summary>
        public JsonElement Value() => Try((ref Utf8JsonReader reader, out JsonElement value) =>
        {
            var isWhole = JsonElement.TryParseValue(ref reader, out var read);
            value = read ?? default;
            return isWhole;
        });

        /// <summary>Nothing but blanks may follow.</summary>
        public void End()
        {
            while (Next() != JsonTokenType.None) { }
        }

        private delegate bool Reading<T>(ref Utf8JsonReader reader, out T value);

        private T Try<T>(Reading<T> read)
        {
            if (!_isBegun) Begin();
            while (true)
            {
                var reader = new Utf8JsonReader(_bytes.AsSpan(_at, _length - _at), _isEnd, _state);
                try
                {
                    if (read(ref reader, out var value) || _isEnd)
                    {
                        _at += (int)reader.BytesConsumed;
                        _state = reader.CurrentState;
                        return value;
                    }
                }
                catch (JsonException wrong)
                {
                    throw Malformed(wrong);
                }
                More();
            }
        }

        private void Begin()
        {
            _isBegun = true;
            More();
            if (_bytes.AsSpan(0, _length).StartsWith("\uFEFF"u8)) _at = 3;
        }

        // What was not consumed moves to the front; a value that does not fit gets a larger buffer.
        private void More()
        {
            _length -= _at;
            _bytes.AsSpan(_at, _length).CopyTo(_bytes);
            _at = 0;
            if (_length == _bytes.Length)
            {
                if (_length >= LargestFeatureBytes) throw TooLarge(fileName, 1);
                Array.Resize(ref _bytes, _length * 2);
            }
            var read = stream.Read(_bytes, _length, _bytes.Length - _length);
            _length += read;
            if (read == 0) _isEnd = true;
        }

        private RefusalException Malformed(JsonException wrong)
        {
            var rest = Encoding.UTF8.GetString(_bytes.AsSpan(_at, Math.Min(_length - _at, Piece)));
            var lines = rest.Split('\n');
            var place = (int)(wrong.BytePositionInLine ?? 0);
            var seen = lines.Length == 1 && place < rest.Length ? rest[place..] : _isEnd ? "" : rest;
            return GeoJsonFeatures.Malformed((wrong.LineNumber ?? 0) + 1, place + 1,
                seen.Length <= SeenCharacters ? seen : seen[..SeenCharacters], fileName);
        }
    }
}
