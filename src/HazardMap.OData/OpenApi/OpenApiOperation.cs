using System.Text.Json.Nodes;

namespace HazardMap.OData;

/// <summary>One operation of the description, with the answers that it can have.</summary>
internal static class OpenApiOperation
{
    public static JsonObject Of(string id, string tag, string summary, JsonArray parameters, JsonNode? body,
        params (int Status, JsonNode? Schema)[] answers)
    {
        var operation = new JsonObject { ["operationId"] = id, ["tags"] = new JsonArray(tag), ["summary"] = summary };
        if (parameters.Count > 0) operation["parameters"] = parameters;
        if (body is not null) operation["requestBody"] = new JsonObject { ["required"] = true, ["content"] = Json(body) };
        var responses = new JsonObject();
        foreach (var (status, schema) in answers)
            responses[status.ToString(System.Globalization.CultureInfo.InvariantCulture)] = Answer(status, schema);
        responses["4XX"] = new JsonObject { ["$ref"] = "#/components/responses/refusal" };
        operation["responses"] = responses;
        return operation;
    }

    public static JsonObject Refusals() => new()
    {
        ["refusal"] = new JsonObject
        {
            ["description"] = "Refused: what, where, and what to do / 拒绝：原因与办法. "
                + "400 bad request, 401 no login, 403 not allowed, 404 not there, "
                + "405 not of this set, 409 conflict, 412 stale, 413 too large, 415 format, 422 rule broken, "
                + "428 If-Match is missing, 501 not built",
            ["content"] = Json(OpenApiSchemas.Reference("error")),
        },
    };

    public static JsonObject Json(JsonNode schema) => new() { ["application/json"] = new JsonObject { ["schema"] = schema } };

    private static JsonObject Answer(int status, JsonNode? schema)
    {
        var answer = new JsonObject { ["description"] = Words(status) };
        if (schema is not null) answer["content"] = Json(schema);
        if (status is 200 or 201 or 204) answer["headers"] = new JsonObject { ["ETag"] = Header("The entity's state, for If-Match") };
        if (status == 201) answer["headers"]!["Location"] = Header("Address of the new entity");
        return answer;
    }

    private static JsonObject Header(string description) =>
        new() { ["description"] = description, ["schema"] = OpenApiSchemas.Of("string") };

    private static string Words(int status) => status switch
    {
        201 => "Created / 已创建",
        204 => "Done; no content / 已完成，无内容",
        304 => "Not changed / 未更改",
        _ => "The answer / 结果",
    };
}
