using System.Text.Json.Nodes;

namespace HazardMap.OData;

/// <summary>Query options and headers. What a set does not allow is not listed among its options.</summary>
internal static class OpenApiParameters
{
    public static JsonObject Shared(ODataOptions options) => new()
    {
        ["top"] = Query("$top", "How many / 条数", Whole()),
        ["skip"] = Query("$skip", "How many to leave out / 跳过条数", Whole()),
        ["count"] = Query("$count", "Whether to count all that match / 是否返回总数", OpenApiSchemas.Of("boolean")),
        ["filter"] = Query("$filter", "Condition / 条件", OpenApiSchemas.Of("string")),
        ["search"] = Query("$search", "Words to look for / 关键词", OpenApiSchemas.Of("string")),
        ["compute"] = Query("$compute", "Values to compute / 计算列", OpenApiSchemas.Of("string")),
        ["apply"] = Query("$apply", "Aggregation / 聚合", OpenApiSchemas.Of("string")),
        ["asof"] = Query("$asof", "The rows as they were then / 该时刻的数据", OpenApiSchemas.Of("string", "date-time")),
        ["prefer"] = Header("Prefer",
            $"return=minimal|representation, maxpagesize=1..{options.MaxPageSize}, track-changes", required: false),
        ["ifMatch"] = Header("If-Match", "The entity's @odata.etag, or * / 读取时的 @odata.etag", required: true),
        ["ifNoneMatch"] = Header("If-None-Match", "The ETag of an answer: 304 while it holds / 上次应答的 ETag", required: false),
    };

    public static JsonNode Reference(string name) => new JsonObject { ["$ref"] = "#/components/parameters/" + name };

    /// <summary>The options of a collection.</summary>
    public static JsonArray OfCollection(EntitySet set)
    {
        JsonArray all = [.. new[] { "filter", "count", "top", "skip", "compute", "apply", "prefer" }.Select(Reference)];
        if (set.Properties.Any(x => x.Searchable)) all.Add(Reference("search"));
        if (set.History is not null) all.Add(Reference("asof"));
        all.Add(Names("$orderby", set.Properties.Where(x => x.IsSortable).SelectMany(x => new[] { x.Name, x.Name + " desc" })));
        return Shaping(set, all);
    }

    /// <summary>The options of one entity.</summary>
    public static JsonArray OfEntity(EntitySet set) => Shaping(set, set.History is null ? [Reference("ifNoneMatch")]
        : [Reference("ifNoneMatch"), Reference("asof")]);

    public static JsonNode Key(EntitySet set)
    {
        var schema = set.Key.Type == ODataType.Guid
            ? OpenApiSchemas.Of("string", "uuid") : OpenApiSchemas.Of(set.Key.Type.IsInteger() ? "integer" : "string");
        return new JsonObject { ["name"] = set.Key.Name, ["in"] = "path", ["required"] = true, ["schema"] = schema };
    }

    private static JsonArray Shaping(EntitySet set, JsonArray parameters)
    {
        parameters.Add(Names("$select", set.Properties.Select(x => x.Name)));
        if (set.Navigations.Count > 0) parameters.Add(Names("$expand", set.Navigations.Select(x => x.Name)));
        return parameters;
    }

    // A list of names; longer expressions are allowed too, which a schema cannot say.
    private static JsonObject Names(string option, IEnumerable<string> names)
    {
        var item = new JsonObject { ["anyOf"] = new JsonArray(
            new JsonObject { ["type"] = "string", ["enum"] = new JsonArray([.. names.Select(x => (JsonNode)x)]) },
            OpenApiSchemas.Of("string")) };
        var parameter = Query(option, null, OpenApiSchemas.List(item));
        parameter["explode"] = false;
        return parameter;
    }

    private static JsonObject Whole()
    {
        var schema = OpenApiSchemas.Of("integer");
        schema["minimum"] = 0;
        return schema;
    }

    private static JsonObject Query(string name, string? description, JsonObject schema)
    {
        var parameter = new JsonObject { ["name"] = name, ["in"] = "query", ["schema"] = schema };
        if (description is not null) parameter["description"] = description;
        return parameter;
    }

    private static JsonObject Header(string name, string description, bool required) =>
        new() { ["name"] = name, ["in"] = "header", ["required"] = required, ["description"] = description, ["schema"] =
            OpenApiSchemas.Of("string") };
}
