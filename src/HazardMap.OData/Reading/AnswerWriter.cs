using System.Collections.Concurrent;
using System.Text.Json;
using System.Text.Json.Serialization.Metadata;

namespace HazardMap.OData;

/// <summary>Writes the properties of a function's answer; how each is read and written is found out once, not for each call.</summary>
internal sealed class AnswerWriter
{
    private static readonly ConcurrentDictionary<(Type Record, bool NumbersAsText), AnswerWriter> Known = new();

    private readonly (JsonEncodedText Name, Func<object, object?> Value, JsonTypeInfo Type)[] _properties;

    private AnswerWriter(Type record, JsonSerializerOptions options) => _properties =
    [
        .. AnswerJson.PropertiesOf(record, options)
            .Select(x => (JsonEncodedText.Encode(x.Name, options.Encoder), x.Get!, options.GetTypeInfo(x.PropertyType))),
    ];

    public static AnswerWriter Of(Type record, bool numbersAsText) => Known.GetOrAdd((record, numbersAsText),
        static x => new AnswerWriter(x.Record, x.NumbersAsText ? AnswerJson.NumbersAsText : AnswerJson.Default));

    /// <summary>Writes them into an object that is open: the caller has put its own members there.</summary>
    public void Write(Utf8JsonWriter json, object answer)
    {
        foreach (var (name, value, type) in _properties)
        {
            json.WritePropertyName(name);
            if (value(answer) is { } present) JsonSerializer.Serialize(json, present, type);
            else json.WriteNullValue();
        }
    }
}
