using System.Text.Json;
using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Http;

namespace HazardMap.OData;

/// <summary>
/// A change that says <c>Prefer: merge</c>: fields that nobody else changed since its version are applied, what two people changed is
/// kept beside what stands, and a change that is refused is kept as a whole.
/// </summary>
internal sealed class Lateness
{
    /// <summary>Names what is kept of the change.</summary>
    public const string KeptHeader = "Merge-Conflicts";

    private readonly ODataRequest _request;
    private readonly LateChanges _host;
    private readonly LateChange _change;

    private Lateness(ODataRequest request, LateChanges host, LateChange change) => (_request, _host, _change) = (request, host, change);

    /// <summary>Null: the change does not come late, or is of a set whose changes are not merged.</summary>
    public static Lateness? Of(ODataRequest request, Resource resource, ChangeScope scope)
    {
        if (!request.Preferences.Merge || request.Options.Late is not { } host || !host.Takes(resource.Set)) return null;
        var operation = request.Operation;
        return new Lateness(request, host, new LateChange
        {
            Http = request.Http, Headers = operation.Headers, Caller = request.Caller, Set = resource.Set, Key = resource.Key,
            Method = operation.Method, Url = operation.Path + operation.Query, Body = BodyOf(request, resource),
            BaseVersion = Base(operation) is { } tag ? Validators.VersionOf(tag) : null, Connection = scope.Connection,
        });
    }

    /// <summary>The state that the change was made on, when the entity is in another one; null: it is as the client has seen it.</summary>
    public static bool IsStale(ODataOperation operation, Snapshot before) =>
        before.ETag is { } state && Base(operation) is { } tag && tag != "*" && !Validators.IsOfRow(tag, state);

    /// <summary>Takes out of the body what others changed meanwhile, and keeps what differs from it.</summary>
    public async Task SettleAsync(EntityBody body, JsonElement json, Shown shown, Snapshot before, CancellationToken stop)
    {
        if (_change.BaseVersion is not { } version || version < 1 || version > Validators.VersionOf(before.ETag!))
            throw new ODataRefusalException(409, "UnknownBase",
                $"{Base(_request.Operation)} is no state that this entity was ever in.", "If-Match");
        var since = await _host.SinceAsync(_change, version, stop);
        var kept = new List<Guid>();
        foreach (var (property, value) in body.Values.ToList())
        {
            if (!since.TryGetValue(property.Column, out var former)) continue;
            body.Values.Remove(property);
            body.Links.RemoveAll(x => !x.Via.ToMany && x.Via.From == property);
            var mine = Sent(json, property, value);
            // What is sent as it was then is no change of the sender's.
            if (SameValues.Are(property, former.Value, mine, _request)) continue;
            kept.Add(await _host.KeepFieldAsync(_change, new FieldConflict(property, former, mine, shown.Value(property)), stop));
        }
        if (kept.Count > 0) _request.Answer.Headers[KeptHeader] = string.Join(", ", kept);
    }

    /// <summary>Keeps a refused change as a whole and answers so; false: it is refused after all.</summary>
    public async Task<bool> KeepAsync(ODataRefusalException refusal, CancellationToken stop)
    {
        if (refusal.Status is not (403 or 404 or 405 or 409 or 410 or 412 or 422)) return false;
        if (await _host.KeepAsync(_change, refusal, stop) is not { } kept) return false;
        var answer = _request.Answer;
        var version = answer.Headers["OData-Version"];
        answer.Clear();
        answer.Headers["OData-Version"] = version;
        answer.Headers[KeptHeader] = kept.Id.ToString();
        answer.Headers["Preference-Applied"] = "merge";
        answer.Status = StatusCodes.Status202Accepted;
        answer.ContentType = "application/json";
        await using var stream = new JsonStream(answer);
        Write(stream.Json, kept, refusal);
        return true;
    }

    private static void Write(Utf8JsonWriter json, KeptChange kept, ODataRefusalException refusal)
    {
        json.WriteStartObject();
        json.WriteStartObject("conflict");
        json.WriteString("id", kept.Id);
        json.WriteString("kind", kept.Kind);
        json.WriteString("code", refusal.Code);
        json.WriteString("message", kept.Message);
        json.WriteStartArray("details");
        foreach (var detail in kept.Details)
        {
            json.WriteStartObject();
            json.WriteString("code", detail.Code);
            json.WriteString("message", detail.Message);
            json.WriteEndObject();
        }
        json.WriteEndArray();
        json.WriteEndObject();
        json.WriteEndObject();
    }

    private static JsonElement Sent(JsonElement json, Property property, object? value) =>
        json.TryGetProperty(property.Name, out var sent) ? sent : JsonSerializer.SerializeToElement(value);

    private static string? Base(ODataOperation operation) =>
        Preconditions.Of(operation).Match is [var tag] ? tag : null;

    /// <summary>The object that was sent, with what the path says: an entity posted to another's collection belongs to that one.</summary>
    private static JsonElement? BodyOf(ODataRequest request, Resource resource)
    {
        if (request.Content.Length == 0) return null;
        try
        {
            using var json = RequestBody.Json(request.Operation, request.Content);
            if (json.RootElement.ValueKind != JsonValueKind.Object) return null;
            if (resource is not { Via: { ToMany: true } via, Parent.Key: { } owner, Key: null }) return json.RootElement.Clone();
            var body = JsonObject.Create(json.RootElement.Clone())!;
            body[via.To.Name] = JsonSerializer.SerializeToNode(owner);
            return JsonSerializer.SerializeToElement(body);
        }
        catch (Exception error) when (error is ODataRefusalException or JsonException)
        {
            return null;
        }
    }
}
