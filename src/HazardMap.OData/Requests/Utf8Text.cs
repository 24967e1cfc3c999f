using System.Buffers;
using System.Globalization;
using System.Text;
using System.Text.Json;
using System.Text.Unicode;

namespace HazardMap.OData;

/// <summary>
/// Bytes that are to be text: UTF-8, or refused with the place where they stop being so. JSON's own reader looks at the bytes of a
/// text only when somebody asks for it, wherever that may be; so they are looked at once, before anything is read.
/// </summary>
internal static class Utf8Text
{
    private const string Code = "NotUtf8";

    /// <summary>Refuses JSON that is not UTF-8, naming the member that holds the first wrong byte.</summary>
    public static void NeedJson(ReadOnlySpan<byte> json)
    {
        if (Utf8.IsValid(json)) return;
        var (wrong, place) = (FirstWrong(json), default(string));
        try
        {
            place = PlaceOf(json, wrong);
        }
        catch (JsonException)
        {
            // It is not JSON either: the byte's number has to do.
        }
        throw place is null
            ? ODataRefusalException.Bad($"The body is not UTF-8: byte {wrong} begins no character. Send JSON in UTF-8.", code: Code)
            : ODataRefusalException.Bad(
                $"{place} is not UTF-8: byte {wrong} of the body begins no character. Send JSON in UTF-8.", place, Code);
    }

    /// <summary>Bytes as text, without the mark that some editors put before it.</summary>
    public static string Read(ReadOnlySpan<byte> bytes, RefusalText place, string? target)
    {
        bytes = WithoutMark(bytes);
        return Utf8.IsValid(bytes)
            ? Encoding.UTF8.GetString(bytes)
            : throw ODataRefusalException.Bad(
                $"{place} is not UTF-8: its byte {FirstWrong(bytes)} begins no character.", target, Code);
    }

    /// <summary>What follows a byte order mark of UTF-8.</summary>
    public static ReadOnlySpan<byte> WithoutMark(ReadOnlySpan<byte> bytes) =>
        bytes.StartsWith("\uFEFF"u8) ? bytes[3..] : bytes;

    private static int FirstWrong(ReadOnlySpan<byte> bytes)
    {
        var place = 0;
        while (Rune.DecodeFromUtf8(bytes[place..], out _, out var length) == OperationStatus.Done) place += length;
        return place;
    }

    /// <summary>The path of the value that holds a byte, such as <c>Sailors/1/Name</c>; null: it is in none, or in a name.</summary>
    private static string? PlaceOf(ReadOnlySpan<byte> json, int wrong)
    {
        var reader = new Utf8JsonReader(json, new JsonReaderOptions { MaxDepth = 64 });
        var path = new Stack<Step>();
        var name = default(string);
        while (reader.Read())
        {
            var isHere = reader.TokenStartIndex <= wrong && wrong < reader.BytesConsumed;
            if (reader.TokenType == JsonTokenType.PropertyName)
            {
                if (isHere) return Text(path, name: null);
                name = Encoding.UTF8.GetString(reader.ValueSpan);
                continue;
            }
            if (reader.TokenType is JsonTokenType.EndArray or JsonTokenType.EndObject)
            {
                name = path.Pop().Name;
            }
            else
            {
                if (path.TryPeek(out var around) && around.IsList) name = (around.Count++).ToString(CultureInfo.InvariantCulture);
                if (isHere) return Text(path, name);
                if (reader.TokenType is JsonTokenType.StartArray or JsonTokenType.StartObject)
                    path.Push(new Step(name, reader.TokenType == JsonTokenType.StartArray));
            }
        }
        return null;
    }

    private static string? Text(Stack<Step> path, string? name) =>
        string.Join('/', path.Reverse().Select(x => x.Name).Append(name).OfType<string>()) is { Length: > 0 } text ? text : null;

    /// <summary>An object or list around what is being read.</summary>
    private sealed class Step(string? name, bool isList)
    {
        public string? Name { get; } = name;

        public bool IsList { get; } = isList;

        public int Count { get; set; }
    }
}
