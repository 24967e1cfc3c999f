using System.Globalization;
using System.Text.Json;
using System.Text.Json.Serialization;
using System.Text.Json.Serialization.Metadata;

namespace HazardMap.OData;

/// <summary>How the records that functions answer become JSON: names as they are, members of enumerations by name.</summary>
internal static class AnswerJson
{
    /// <summary>Numbers as numbers.</summary>
    public static JsonSerializerOptions Default { get; } = Options(new NumberConverter());

    /// <summary>Numbers that JavaScript would round as text, for who asks for <c>IEEE754Compatible=true</c>.</summary>
    public static JsonSerializerOptions NumbersAsText { get; } =
        Options(new NumberConverter(), new TextConverter<long>(), new TextConverter<decimal>());

    /// <summary>The properties of a record in the order in which they are written.</summary>
    public static IEnumerable<JsonPropertyInfo> PropertiesOf(Type record, JsonSerializerOptions options) =>
        options.GetTypeInfo(record).Properties.Where(x => x.Get is not null);

    private static JsonSerializerOptions Options(params JsonConverter[] converters)
    {
        var options = new JsonSerializerOptions { Encoder = JsonStream.Style.Encoder };
        foreach (var converter in converters) options.Converters.Add(converter);
        options.Converters.Add(new TimeConverter());
        options.Converters.Add(new OffsetConverter());
        options.Converters.Add(new JsonStringEnumConverter());
        options.MakeReadOnly(populateMissingResolver: true);
        return options;
    }

    // JSON has no infinity: OData writes it as INF.
    private sealed class NumberConverter : JsonConverter<double>
    {
        public override double Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) =>
            throw new NotSupportedException();

        public override void Write(Utf8JsonWriter writer, double value, JsonSerializerOptions options) => ValueWriter.Number(writer, value);
    }

    // The clock of .NET has one digit more than $metadata says.
    private sealed class TimeConverter : JsonConverter<DateTime>
    {
        public override DateTime Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) =>
            throw new NotSupportedException();

        public override void Write(Utf8JsonWriter writer, DateTime value, JsonSerializerOptions options) =>
            writer.WriteStringValue(value.AddTicks(-(value.Ticks % TimeSpan.TicksPerMicrosecond)));
    }

    private sealed class OffsetConverter : JsonConverter<DateTimeOffset>
    {
        public override DateTimeOffset Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) =>
            throw new NotSupportedException();

        public override void Write(Utf8JsonWriter writer, DateTimeOffset value, JsonSerializerOptions options) =>
            writer.WriteStringValue(value.AddTicks(-(value.Ticks % TimeSpan.TicksPerMicrosecond)));
    }

    private sealed class TextConverter<T> : JsonConverter<T> where T : IFormattable
    {
        public override T Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) =>
            throw new NotSupportedException();

        public override void Write(Utf8JsonWriter writer, T value, JsonSerializerOptions options) =>
            writer.WriteStringValue(value.ToString(format: null, CultureInfo.InvariantCulture));
    }
}
