using System.Text.Json.Nodes;

namespace HazardMap.OData;

/// <summary>The paths of the description: sets, entities, navigations, functions, actions, metadata, batch.</summary>
internal static class OpenApiPaths
{
    public static JsonObject Of(ODataModel model)
    {
        var paths = new JsonObject { ["/$metadata"] = Metadata(), ["/$batch"] = Batch() };
        foreach (var set in model.EntitySets.Values)
        {
            paths["/" + set.Name] = Collection(set);
            paths[$"/{set.Name}/$count"] = Count(set);
            paths[Entity(set)] = Single(set);
            if (set.Media is { } media) paths[Entity(set) + "/$value"] = Stream(set, media);
            foreach (var navigation in set.Navigations) paths[$"{Entity(set)}/{navigation.Name}"] = Navigated(set, navigation);
            foreach (var function in set.Functions) paths[$"{Entity(set)}/{model.Namespace}.{function.Name}()"] = Function(set, function);
            foreach (var action in set.Actions) paths[$"{Entity(set)}/{model.Namespace}.{action.Name}"] = Action(set, action);
        }
        return paths;
    }

    private static string Entity(EntitySet set) =>
        set.Key.Type is ODataType.String or ODataType.Enum ? $"/{set.Name}('{{{set.Key.Name}}}')" : $"/{set.Name}({{{set.Key.Name}}})";

    private static JsonObject Collection(EntitySet set)
    {
        var path = new JsonObject { ["get"] = OpenApiOperation.Of($"{set.Name}.list", set.Name, Summary("Read", set),
            OpenApiParameters.OfCollection(set), null, (200, Page(set))) };
        if (set is { Table: not null, Insertable: true })
        {
            path["post"] = OpenApiOperation.Of($"{set.Name}.create", set.Name, Summary("Create in", set),
                [OpenApiParameters.Reference("prefer")],
                Schema(set, "-create"), (201, Schema(set)), (204, null));
            if (set.Media is { } media) path["post"]!["requestBody"]!["content"] = Streams(media);
        }
        return path;
    }

    private static JsonObject Count(EntitySet set)
    {
        var operation = OpenApiOperation.Of($"{set.Name}.count", set.Name, Summary("Count", set),
            [OpenApiParameters.Reference("filter")], null, (200, null));
        operation["responses"]!["200"]!["content"] =
            new JsonObject { ["text/plain"] = new JsonObject { ["schema"] = OpenApiSchemas.Of("integer", "int64") } };
        return new JsonObject { ["get"] = operation };
    }

    private static JsonObject Single(EntitySet set)
    {
        var path = new JsonObject
        {
            ["parameters"] = new JsonArray(OpenApiParameters.Key(set)),
            ["get"] = OpenApiOperation.Of($"{set.Name}.get", set.Name, Summary("Read one of", set), OpenApiParameters.OfEntity(set), null,
                (200, Schema(set)), (304, null)),
        };
        if (set.IsUpdatable)
        {
            path["patch"] = OpenApiOperation.Of($"{set.Name}.update", set.Name, Summary("Change one of", set), Guarded(set, "prefer"),
                Schema(set, "-update"), (200, Schema(set)), (204, null));
        }
        if (set is { Table: not null, Deletable: true })
            path["delete"] = OpenApiOperation.Of($"{set.Name}.delete", set.Name, Summary("Delete one of", set),
                Guarded(set), null, (204, null));
        return path;
    }

    private static JsonObject Stream(EntitySet set, Media media)
    {
        var read = OpenApiOperation.Of($"{set.Name}.stream", set.Name, Summary("Read the stream of one of", set),
            [OpenApiParameters.Reference("ifNoneMatch")], null, (200, null), (304, null));
        read["responses"]!["200"]!["content"] = Streams(media);
        var path = new JsonObject { ["parameters"] = new JsonArray(OpenApiParameters.Key(set)), ["get"] = read };
        if (set.Table is null) return path;
        path["put"] = OpenApiOperation.Of($"{set.Name}.replaceStream", set.Name, Summary("Replace the stream of one of", set), Guarded(set),
            new JsonObject(), (204, null));
        path["put"]!["requestBody"]!["content"] = Streams(media);
        return path;
    }

    private static JsonObject Streams(Media media)
    {
        var content = new JsonObject();
        foreach (var type in media.Accepted.DefaultIfEmpty("*/*")) content[type] = new JsonObject();
        return content;
    }

    private static JsonArray Guarded(EntitySet set, params string[] others) =>
        [.. others.Concat(set.Version is null ? [] : ["ifMatch"]).Select(OpenApiParameters.Reference)];

    private static JsonObject Navigated(EntitySet set, Navigation navigation)
    {
        var target = navigation.Target;
        var id = $"{set.Name}.{navigation.Name}";
        return new JsonObject
        {
            ["parameters"] = new JsonArray(OpenApiParameters.Key(set)),
            ["get"] = navigation.ToMany
                ? OpenApiOperation.Of(id, set.Name, Summary("Read", target), OpenApiParameters.OfCollection(target),
                    null, (200, Page(target)))
                : OpenApiOperation.Of(id, set.Name, Summary("Read one of", target), OpenApiParameters.OfEntity(target), null,
                    (200, Schema(target)), (204, null), (304, null)),
        };
    }

    private static JsonObject Function(EntitySet set, BoundFunction function) => new()
    {
        ["parameters"] = new JsonArray(OpenApiParameters.Key(set)),
        ["get"] = OpenApiOperation.Of($"{set.Name}.{function.Name}", set.Name, Summary(function), [], null,
            (200, OpenApiSchemas.Reference(OpenApiSchemas.Name(function.Returns)))),
    };

    // OpenAPI has no optional part of a path: what may stand between the parentheses is said in words.
    private static string Summary(BoundFunction function) => function.Parameters.Count == 0 ? function.Name
        : $"{function.Name}; between the parentheses, "
            + $"each optional: {string.Join(", ", function.Parameters.Select(p => $"{p.Name}={p.EnumType?.Name ?? p.Type.ToString()}"))}";

    private static JsonObject Action(EntitySet set, BoundAction action) => new()
    {
        ["parameters"] = new JsonArray(OpenApiParameters.Key(set)),
        ["post"] = OpenApiOperation.Of($"{set.Name}.{action.Name}", set.Name, action.Name,
            action.Patch is null ? [] : [OpenApiParameters.Reference("ifMatch")], Body(action), [.. Answers(set, action)]),
    };

    private static IEnumerable<(int, JsonObject?)> Answers(EntitySet set, BoundAction action)
    {
        if (action.Patch is not null) yield return (200, Schema(set));
        if (action.Returns is { } returns) yield return (200, OpenApiSchemas.Reference(OpenApiSchemas.Name(returns)));
        if (action.Patch is null) yield return (204, null);
    }

    private static JsonObject? Body(BoundAction action) => action.Parameters.Count == 0 ? null
        : OpenApiSchemas.Object([.. action.Parameters.Select(p => (p.Name, (JsonNode)OpenApiSchemas.Of(p)))]);

    private static JsonObject Metadata()
    {
        var operation = OpenApiOperation.Of("metadata", "service", "The model as CSDL / 元数据", [], null, (200, null), (304, null));
        operation["responses"]!["200"]!["content"] =
            new JsonObject { ["application/xml"] = new JsonObject(), ["application/json"] = new JsonObject() };
        return new JsonObject { ["get"] = operation };
    }

    private static JsonObject Batch()
    {
        var text = OpenApiSchemas.Of("string");
        var request = OpenApiSchemas.Object(("id", text), ("method", text.DeepClone()), ("url", text.DeepClone()),
            ("atomicityGroup", text.DeepClone()),
            ("dependsOn", OpenApiSchemas.List(text.DeepClone())), ("headers", OpenApiSchemas.Of("object")), ("body", new JsonObject()));
        request["required"] = new JsonArray("id", "method", "url");
        var response = OpenApiSchemas.Object(("id", text.DeepClone()), ("status", OpenApiSchemas.Of("integer")),
            ("headers", OpenApiSchemas.Of("object")), ("body", new JsonObject()));
        var operation = OpenApiOperation.Of("batch", "service", "Several requests in one; a group is one transaction / 批量请求", [],
            OpenApiSchemas.Object(("requests", OpenApiSchemas.List(request))),
            (200, OpenApiSchemas.Object(("responses", OpenApiSchemas.List(response)))));
        operation["requestBody"]!["content"]!["multipart/mixed"] = new JsonObject { ["schema"] = OpenApiSchemas.Of("string") };
        return new JsonObject { ["post"] = operation };
    }

    private static JsonObject Page(EntitySet set) => OpenApiSchemas.Object(
        ("@odata.count", OpenApiSchemas.Of("integer", "int64")), ("@odata.nextLink", OpenApiSchemas.Of("string", "uri")),
        ("@odata.deltaLink", OpenApiSchemas.Of("string", "uri")), ("value", OpenApiSchemas.List(Schema(set))));

    private static JsonObject Schema(EntitySet set, string suffix = "") =>
        OpenApiSchemas.Reference(OpenApiSchemas.Name(set.EdmType) + suffix);

    private static string Summary(string verb, EntitySet set) => OpenApiSchemas.Text($"{verb} {set.Name}", set.DescriptionZh)!;
}
