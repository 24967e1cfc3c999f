namespace HazardMap.OData;

/// <summary>Answers a write: with the entity as it is now or without, as the client prefers.</summary>
internal static class Representation
{
    public static async Task CreatedAsync(
        ODataRequest request, EntitySet set, object key, ChangeScope scope, EntityBody body, CancellationToken stop)
    {
        var answer = request.Answer;
        var address = Urls.Entity(request.Root, set, key);
        answer.Headers.Location = address;
        answer.Headers["OData-EntityId"] = address;
        var along = body.Expand(Math.Min(request.Options.MaxExpansionDepth, request.Options.MaxInsertDepth));
        await AnswerAsync(request, set, key, scope, set.BeginsWork ? 202 : 201, byDefault: true, along, stop);
    }

    /// <summary>Who merges is told what came of it, unless he prefers not to be.</summary>
    public static async Task ChangedAsync(
        ODataRequest request, EntitySet set, object key, ChangeScope scope, CancellationToken stop, bool isMerged = false)
    {
        await AnswerAsync(request, set, key, scope, status: 200, byDefault: isMerged, along: "", stop);
        if (!isMerged) return;
        var applied = request.Answer.Headers["Preference-Applied"].ToString();
        request.Answer.Headers["Preference-Applied"] = applied.Length == 0 ? "merge" : applied + ", merge";
    }

    private static async Task AnswerAsync(
        ODataRequest request, EntitySet set, object key, ChangeScope scope, int status, bool byDefault,
        string along, CancellationToken stop)
    {
        var answer = request.Answer;
        var shown = request.Preferences.Return is { } wish ? wish == "representation" : byDefault;
        var view = shown ? View(request, set, key, along) : null;
        var after = await Snapshot.TakeAsync(view ?? request, new Resource(set) { Key = key }, scope.Connection, lockRow: false, stop,
            view is null ? null : Shown(view, set))
            ?? throw new ODataRefusalException(422, "OutsideArea", "The change would put the entity outside your area.");
        if (after.ETag is { } etag) answer.Headers.ETag = etag;
        if (request.Preferences.Return is { } applied) answer.Headers["Preference-Applied"] = "return=" + applied;
        answer.Status = shown ? status : 204;
        if (!shown) return;
        Answers.Json(request);
        await answer.Body.WriteAsync(after.Bytes, stop);
    }

    private static Selection Shown(ODataRequest view, EntitySet set) =>
        Selection.Of(view, set);

    /// <summary>The entity as a GET with the write's own $select and $expand shows it; null: it has none.</summary>
    private static ODataRequest? View(ODataRequest request, EntitySet set, object key, string along)
    {
        var options = request.Query.Where(x => x.Key is "select" or "expand" or "format")
            .ToDictionary(x => x.Key, x => x.Value, StringComparer.Ordinal);
        if (along.Length > 0) options.TryAdd("expand", along);
        if (!options.ContainsKey("select") && !options.ContainsKey("expand")) return null;
        var query = "?" + string.Join('&', options.Select(x => $"${x.Key}={Uri.EscapeDataString(x.Value)}"));
        return ODataRequest.Parse(request.Operation with { Method = "GET", Path = "/" + Urls.Entity("", set, key), Query = query },
            request.Model, request.Options);
    }
}
