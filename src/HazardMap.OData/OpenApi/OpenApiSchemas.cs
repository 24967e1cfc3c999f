using System.Text.Json.Nodes;
using Microsoft.OData.Edm;

namespace HazardMap.OData;

/// <summary>JSON Schemas of the model's types: what is read, what POST takes, what PATCH takes.</summary>
internal static class OpenApiSchemas
{
    public static JsonObject Of(ODataModel model)
    {
        var schemas = new JsonObject { ["error"] = Error(), ["reference"] = Object(("@odata.id", Of("string", "uri-reference"))) };
        foreach (var type in model.Enums) schemas[Name(type.Edm)] = Enumeration(type);
        foreach (var type in model.Edm.SchemaElements.OfType<IEdmComplexType>()) schemas[Name(type)] = Complex(type);
        foreach (var set in model.EntitySets.Values)
        {
            schemas[Name(set.EdmType)] = Entity(set);
            if (set is { Table: not null, Insertable: true })
                schemas[Name(set.EdmType) + "-create"] = Body(set, x => x.IsInsertable, set.RequiredOnInsert);
            if (set.IsUpdatable) schemas[Name(set.EdmType) + "-update"] = Body(set, x => x.Writable, []);
        }
        foreach (var shape in Enum.GetValues<ODataType>().Where(x => x.IsGeography())) schemas["geo." + shape] = Shape(shape);
        return schemas;
    }

    public static string Name(IEdmSchemaElement type) => type.FullName();

    public static JsonObject Reference(string schema) => new() { ["$ref"] = "#/components/schemas/" + schema };

    public static JsonObject Object(params (string Name, JsonNode Schema)[] properties)
    {
        var members = new JsonObject();
        foreach (var (name, schema) in properties) members[name] = schema;
        return new JsonObject { ["type"] = "object", ["properties"] = members };
    }

    public static JsonObject List(JsonNode items) => new() { ["type"] = "array", ["items"] = items };

    public static JsonObject Of(string type, string? format = null)
    {
        var schema = new JsonObject { ["type"] = type };
        if (format is not null) schema["format"] = format;
        return schema;
    }

    /// <summary>English and Chinese, one after the other: the format has one text.</summary>
    public static string? Text(string? english, string? chinese) =>
        chinese is null ? english : english is null ? chinese : $"{english} / {chinese}";

    private static JsonObject Entity(EntitySet set)
    {
        var schema = Body(set, _ => true, []);
        var members = schema["properties"]!.AsObject();
        foreach (var property in set.Properties.Where(x => !x.Writable && !(set.Insertable && x.Creatable)))
            members[property.Name]!["readOnly"] = true;
        foreach (var navigation in set.Navigations)
        {
            var target = Reference(Name(navigation.Target.EdmType));
            members[navigation.Name] = navigation.ToMany ? List(target) : OrNull(target);
        }
        members["@odata.etag"] = Of("string");
        if (Text(set.Description, set.DescriptionZh) is { } text) schema["description"] = text;
        return schema;
    }

    private static JsonObject Body(EntitySet set, Func<Property, bool> chosen, IEnumerable<Property> required)
    {
        var schema = Object([.. set.Properties.Where(chosen).Select(x => (x.Name, (JsonNode)Of(set, x)))]);
        JsonArray names = [.. required.Select(x => (JsonNode)x.Name)];
        if (names.Count > 0) schema["required"] = names;
        return schema;
    }

    private static JsonObject Of(EntitySet set, Property property)
    {
        var schema = Of(set.EdmType.FindProperty(property.Name).Type);
        if (Text(property.Description, property.DescriptionZh) is { } text) schema["description"] = text;
        if (property.MaxLength is { } length) schema["maxLength"] = length;
        if (property.Minimum is { } minimum) schema["minimum"] = minimum;
        if (property.Maximum is { } maximum) schema["maximum"] = maximum;
        if (property.Unit is { } unit) schema["x-unit"] = unit;
        if (property.Default is { } value)
            schema["default"] = property.Type is ODataType.String or ODataType.Enum ? value : JsonNode.Parse(value);
        return schema;
    }

    /// <summary>A parameter of an action.</summary>
    public static JsonObject Of(FunctionParameter parameter) =>
        OrNull(parameter.EnumType is { } type ? Reference(Name(type.Edm)) : Primitive(parameter.Type));

    private static JsonObject Of(IEdmTypeReference type)
    {
        var schema = type.Definition switch
        {
            IEdmCollectionType collection => List(Of(collection.ElementType)),
            IEdmSchemaElement element and (IEdmEnumType or IEdmComplexType) => Reference(Name(element)),
            _ => Primitive(ODataTypes.Of(type)),
        };
        return type.IsNullable && !type.IsCollection() ? OrNull(schema) : schema;
    }

    private static JsonObject Primitive(ODataType type) => type switch
    {
        ODataType.Boolean => Of("boolean"),
        ODataType.Int16 or ODataType.Int32 => Of("integer", "int32"),
        ODataType.Int64 => Of("integer", "int64"),
        ODataType.Single => Of("number", "float"),
        ODataType.Double => Of("number", "double"),
        ODataType.Decimal => Of("number", "decimal"),
        ODataType.Guid => Of("string", "uuid"),
        ODataType.Binary => Of("string", "base64url"),
        ODataType.Date => Of("string", "date"),
        ODataType.DateTimeOffset => Seconds("date-time", "(Z|[+-][0-9]{2}:[0-9]{2})"),
        ODataType.TimeOfDay => Seconds("time", ""),
        ODataType.Duration => Of("string", "duration"),
        _ when type.IsGeography() => Reference("geo." + type),
        _ => Of("string"),
    };

    // The format leaves open how many digits a second has.
    private static JsonObject Seconds(string format, string after)
    {
        var schema = Of("string", format);
        schema["pattern"] = $"^[^.]+(\\.[0-9]{{1,{ODataTypes.SecondDigits}}})?{after}$";
        return schema;
    }

    private static JsonObject OrNull(JsonObject schema)
    {
        if (schema["type"] is JsonValue type)
        {
            schema["type"] = new JsonArray(type.DeepClone(), "null");
            return schema;
        }
        return new JsonObject { ["anyOf"] = new JsonArray(schema, Of("null")) };
    }

    private static JsonObject Enumeration(EnumType type)
    {
        var schema = Of("string");
        schema["enum"] = new JsonArray([.. type.Members.Select(x => (JsonNode)x)]);
        var names = type.Members.Where(x => type.TextOf(x)?.Chinese is not null).Select(x => $"{x} {type.TextOf(x)!.Chinese}").ToList();
        if (names.Count > 0) schema["description"] = string.Join(", ", names);
        return schema;
    }

    private static JsonObject Complex(IEdmComplexType type) =>
        Object([.. type.StructuralProperties().Select(x => (x.Name, (JsonNode)Of(x.Type)))]);

    // GeoJSON, RFC 7946: longitude first.
    private static JsonObject Shape(ODataType type)
    {
        var kinds = type == ODataType.Geography
            ? ["Point", "LineString", "Polygon", "MultiPoint", "MultiLineString", "MultiPolygon", "GeometryCollection"]
            : new[] { type.ToString()["Geography".Length..] is "Collection"
                ? "GeometryCollection" : type.ToString()["Geography".Length..] };
        var kind = Of("string");
        kind["enum"] = new JsonArray([.. kinds.Select(x => (JsonNode)x)]);
        var schema = Object(("type", kind), ("coordinates", Of("array")), ("geometries", Of("array")));
        schema["required"] = new JsonArray("type");
        schema["description"] = "GeoJSON; longitude, latitude in WGS 84 / 经度在前，纬度在后";
        return schema;
    }

    private static JsonObject Error()
    {
        var detail = Object(("code", Of("string")), ("message", Of("string")), ("target", Of("string")));
        var error = Object(("code", Of("string")), ("message", Of("string")), ("target", Of("string")), ("details", List(detail)),
            ("innererror", Of("object")));
        error["required"] = new JsonArray("code", "message");
        var schema = Object(("error", error));
        schema["required"] = new JsonArray("error");
        return schema;
    }
}
