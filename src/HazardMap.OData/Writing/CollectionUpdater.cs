using System.Text.Json;

namespace HazardMap.OData;

/// <summary>
/// PATCH of an entity set with a delta: each entity of the list is changed, created, or, with <c>@removed</c>, deleted; all of
/// them or none. The state that the client has seen is each entity's own <c>@odata.etag</c>.
/// </summary>
internal sealed class CollectionUpdater(ODataRequest request, EntitySet set, ChangeScope scope)
{
    private readonly List<ReadOnlyMemory<byte>> _shown = [];

    public async Task AnswerAsync(CancellationToken stop)
    {
        if (set.Table is null) throw WriteRules.ReadOnly(set);
        WriteRules.MayChange(request, set, ODataChangeKind.Insert, ODataChangeKind.Update, ODataChangeKind.Delete);
        using var json = RequestBody.Json(request.Operation, request.Content);
        if (!json.RootElement.TryGetProperty("value", out var list) || list.ValueKind != JsonValueKind.Array)
            throw ODataRefusalException.Bad("Send the changes as {\"@context\": \"#$delta\", \"value\": [...]}.", "value");
        if (list.GetArrayLength() > request.Options.MaxInsertEntities)
            throw ODataRefusalException.Over(nameof(ODataOptions.MaxInsertEntities), request.Options.MaxInsertEntities,
                "One request changes too many entities.", "value");
        foreach (var (item, i) in list.EnumerateArray().Select((x, i) => (x, i))) await AtAsync($"value/{i}", item, stop);
        await RespondAsync(stop);
    }

    private async Task AtAsync(string place, JsonElement item, CancellationToken stop)
    {
        try
        {
            if (item.ValueKind != JsonValueKind.Object) throw ODataRefusalException.Bad("Each change must be a JSON object.");
            await ChangeAsync(item, Annotation(item, "removed") is not null, stop);
        }
        catch (ODataRefusalException refusal)
        {
            throw refusal.Under(place);
        }
    }

    private async Task ChangeAsync(JsonElement item, bool isRemoved, CancellationToken stop)
    {
        var key = Key(item);
        var entity = key is null ? null : new Resource(set) { Key = key };
        var before = entity is null ? null : await Snapshot.TakeAsync(request, entity, scope.Connection, lockRow: true, stop);
        if (before is not null) new Preconditions(ETag(item), []).Check(before);
        if (isRemoved) await RemoveAsync(key, before, stop);
        else await KeepAsync(item, entity, before, stop);
    }

    private async Task RemoveAsync(object? key, Snapshot? before, CancellationToken stop)
    {
        if (!set.Deletable) throw WriteRules.ReadOnly(set);
        if (before is null) throw WriteRules.NoSuch(set);
        await new RowWriter(request, scope).DeleteAsync(set, key!, stop);
        var id = JsonSerializer.Serialize(Urls.Entity(request.Root, set, key!));
        _shown.Add(System.Text.Encoding.UTF8.GetBytes($"{{\"@removed\":{{\"reason\":\"deleted\"}},\"@id\":{id}}}"));
    }

    private async Task KeepAsync(JsonElement item, Resource? entity, Snapshot? before, CancellationToken stop)
    {
        var key = entity?.Key;
        var shown = before is null ? null : await Shown.TakeAsync(request, entity!, before, item, scope, stop);
        var body = new BodyReader(request, shown).Read(set, item, shown is null ? WriteMode.Create : WriteMode.Update, key);
        if (shown is not null) await new Updater(request, entity!, scope).ApplyAsync(body, key!, stop);
        else if (set.Insertable) key = await new Creator(request, scope).CreateAsync(body, key, stop);
        else throw WriteRules.NoSuch(set);
        var after = await Snapshot.TakeAsync(request, new Resource(set) { Key = key }, scope.Connection, lockRow: false, stop)
            ?? throw new ODataRefusalException(422, "OutsideArea", "The change would put the entity outside your area.");
        _shown.Add(after.Bytes);
    }

    private object? Key(JsonElement item)
    {
        if (Annotation(item, "id") is { } url) return References.Key(request, set, url, "@id");
        return item.TryGetProperty(set.Key.Name, out var value) ? JsonValues.Read(set.Key, value, request) : null;
    }

    private static List<string> ETag(JsonElement item) =>
        Annotation(item, "etag") is { ValueKind: JsonValueKind.String } etag ? [BodyReader.Text(etag)] : [];

    private static JsonElement? Annotation(JsonElement item, string term) =>
        item.TryGetProperty("@" + term, out var value) || item.TryGetProperty("@odata." + term, out value) ? value : null;

    private async Task RespondAsync(CancellationToken stop)
    {
        var answer = request.Answer;
        if (request.Preferences.Return is { } wish) answer.Headers["Preference-Applied"] = "return=" + wish;
        answer.Status = 204;
        if (request.Preferences.Return != "representation") return;
        answer.Status = 200;
        Answers.Json(request);
        await using var stream = new JsonStream(answer);
        stream.Json.WriteStartObject();
        if (request.Preferences.Metadata != "none") stream.Json.WriteString("@odata.context", $"{request.Root}$metadata#{set.Name}/$delta");
        stream.Json.WriteStartArray("value");
        foreach (var entity in _shown) stream.Json.WriteRawValue(entity.Span, skipInputValidation: true);
        stream.Json.WriteEndArray();
        stream.Json.WriteEndObject();
        await stream.SendIfEnoughAsync(stop);
    }
}
