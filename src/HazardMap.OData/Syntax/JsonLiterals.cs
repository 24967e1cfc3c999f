using System.Text;
using System.Text.Json;

namespace HazardMap.OData;

/// <summary>JSON inside expressions and aliases: an array is a list of values, an object is a GeoJSON shape.</summary>
internal static class JsonLiterals
{
    private static readonly Property Shape = new("shape", "", ODataType.Geography, enumType: null);

    public static Expression Read(Cursor cursor, ODataOptions options)
    {
        try
        {
            var bytes = Encoding.UTF8.GetBytes(cursor.Text[cursor.Place..]);
            var reader = new Utf8JsonReader(bytes);
            using var document = JsonDocument.ParseValue(ref reader);
            cursor.Place += Encoding.UTF8.GetCharCount(bytes.AsSpan(0, (int)reader.BytesConsumed));
            RequestBody.NeedText(document.RootElement, cursor.Option);
            return Of(document.RootElement, cursor, options);
        }
        // Half a surrogate pair in a name is found when the name is asked for.
        catch (Exception error) when (error is JsonException or InvalidOperationException)
        {
            throw cursor.Unexpected("a JSON array or a GeoJSON shape");
        }
    }

    private static Expression Of(JsonElement json, Cursor cursor, ODataOptions options) => json.ValueKind switch
    {
        JsonValueKind.Array => new Expression.List([.. json.EnumerateArray().Select(x => Of(x, cursor, options))]),
        JsonValueKind.Object => new Expression.Literal(
            GeoJsonReader.Read(Shape, json, options.MaxPositions, CancellationToken.None), ODataType.Geography),
        JsonValueKind.String => new Expression.Literal(json.GetString(), ODataType.String),
        JsonValueKind.Number =>
            LiteralParser.Try(new Cursor(json.GetRawText(), cursor.Option), options) ?? throw cursor.Unexpected("a number"),
        JsonValueKind.True or JsonValueKind.False => new Expression.Literal(json.GetBoolean(), ODataType.Boolean),
        _ => new Expression.Literal(Value: null, ODataType.String),
    };
}
