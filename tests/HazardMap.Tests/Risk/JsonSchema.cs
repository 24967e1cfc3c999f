using System.Globalization;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;

namespace HazardMap.Tests.Risk;

/// <summary>As much of JSON Schema 2020-12 as the published schema of rules uses; a keyword it does not know fails the test.</summary>
internal sealed class JsonSchema(JsonObject root)
{
    private static readonly HashSet<string> Words = ["$schema", "$id", "$defs", "title", "description"];

    public bool Accepts(JsonNode? value) => Accepts(root, value);

    private bool Accepts(JsonNode schema, JsonNode? value) =>
        schema is JsonValue yes
            ? yes.GetValue<bool>() : schema.AsObject().All(keyword => Holds(keyword.Key, keyword.Value!, schema.AsObject(), value));

    private bool Holds(string keyword, JsonNode asked, JsonObject schema, JsonNode? value) => keyword switch
    {
        "$ref" => Accepts(root["$defs"]![asked.GetValue<string>()["#/$defs/".Length..]]!, value),
        "oneOf" => asked.AsArray().Count(one => Accepts(one!, value)) == 1,
        "type" => (asked as JsonArray ?? [asked.DeepClone()]).Any(t => IsOf(t!.GetValue<string>(), value)),
        "enum" => asked.AsArray().Any(member => JsonNode.DeepEquals(member, value)),
        "pattern" => !IsOf("string", value)
            || Regex.IsMatch(value!.GetValue<string>(), asked.GetValue<string>(), RegexOptions.None, TimeSpan.FromSeconds(1)),
        "minimum" => !IsOf("number", value) || Number(value!) >= Number(asked),
        "maximum" => !IsOf("number", value) || Number(value!) <= Number(asked),
        "minItems" => value is not JsonArray list || list.Count >= Number(asked),
        "items" => value is not JsonArray list || list.All(item => Accepts(asked, item)),
        "required" => value is not JsonObject thing || asked.AsArray().All(name => thing.ContainsKey(name!.GetValue<string>())),
        "properties" => value is not JsonObject thing
            || asked.AsObject().All(p => !thing.ContainsKey(p.Key) || Accepts(p.Value!, thing[p.Key])),
        "additionalProperties" => value is not JsonObject thing
            || thing.All(p => schema["properties"]?.AsObject().ContainsKey(p.Key) == true || Accepts(asked, p.Value)),
        _ => Words.Contains(keyword) ? true : throw new NotSupportedException(keyword),
    };

    private static bool IsOf(string type, JsonNode? value) => type switch
    {
        "null" => value is null,
        "object" => value is JsonObject,
        "array" => value is JsonArray,
        "string" => value?.GetValueKind() == System.Text.Json.JsonValueKind.String,
        "number" => value?.GetValueKind() == System.Text.Json.JsonValueKind.Number,
        "integer" => value?.GetValueKind() == System.Text.Json.JsonValueKind.Number && Number(value) == Math.Floor(Number(value)),
        _ => throw new NotSupportedException(type),
    };

    private static double Number(JsonNode value) => double.Parse(value.ToJsonString(), CultureInfo.InvariantCulture);
}
