using Microsoft.AspNetCore.Http;

namespace HazardMap.OData;

/// <summary>
/// Answers requests that change something: the body is read, a transaction opened (or that of the atomicity group used), the
/// change made and its answer written down, the transaction committed, and only then the answer sent.
/// </summary>
internal static class Writes
{
    public static async Task AnswerAsync(ODataRequest request, Resource resource, CancellationToken stop)
    {
        var (limit, bytes) = Limit(request, resource);
        await ChangeAsync(request with { Content = await RequestBody.BytesAsync(request.Operation, limit, bytes, stop) }, resource, stop);
    }

    /// <summary>Makes the change of a request whose body has been read.</summary>
    public static async Task ChangeAsync(ODataRequest request, Resource resource, CancellationToken stop)
    {
        var repeatable = RepeatableRequest.Of(request);
        if (request.Operation.Changes is { } group) await InGroupAsync(request, resource, repeatable, group, stop);
        else await AloneAsync(request, resource, repeatable, stop);
    }

    private static async Task AloneAsync(ODataRequest request, Resource resource, RepeatableRequest? repeatable, CancellationToken stop)
    {
        var held = new HeldAnswer();
        held.Headers["OData-Version"] = request.Answer.Headers["OData-Version"];
        var inner = request with { Operation = request.Operation with { Answer = held } };
        await TimeLimit.KeepChangeAsync(request.Options, async limit =>
        {
            await using var scope = await ChangeScope.OpenAsync(request.Options, request.Caller, limit);
            if (repeatable is null && !request.Preferences.Merge) await ActAsync(inner, resource, scope, limit);
            else await OnceAsync(inner, resource, repeatable, held, scope, limit);
            await scope.CommitAsync();
        }, stop);
        await held.SendToAsync(request.Answer, stop);
        if (repeatable is not null) await SweepAsync(request);
    }

    /// <summary>
    /// Acts, or answers as before. A refusal is an answer too, kept while what it refused is undone; of a change that comes late the
    /// change itself is kept.
    /// </summary>
    private static async Task OnceAsync(
        ODataRequest request, Resource resource, RepeatableRequest? repeatable, HeldAnswer held, ChangeScope scope, CancellationToken stop)
    {
        var store = repeatable is null ? null : new RepeatableStore(request.Options.Repeatable!, scope);
        if (store is not null && await store.IsAnsweredAsync(repeatable!, held, stop)) return;
        await scope.SaveAsync(stop);
        try
        {
            await ActAsync(request, resource, scope, stop);
        }
        catch (Exception error) when (Refused(request, error) is { Status: >= 400 and < 500 and not 429 })
        {
            var refusal = Refused(request, error)!;
            await scope.UndoAsync();
            var late = Lateness.Of(request, resource, scope);
            if (late is null || !await late.KeepAsync(refusal, stop))
            {
                if (store is null) throw;
                await Errors.WriteAsync(request.Operation, refusal, request.Options);
            }
        }
        if (store is not null) await store.RecordAsync(request, resource, repeatable!, held, stop);
    }

    private static ODataRefusalException? Refused(ODataRequest request, Exception error) =>
        error as ODataRefusalException ?? request.Options.MapException(error);

    private static async Task InGroupAsync(ODataRequest request, Resource resource, RepeatableRequest? repeatable,
        ChangeScope group, CancellationToken stop)
    {
        var store = repeatable is null ? null : new RepeatableStore(request.Options.Repeatable!, group);
        if (store is not null && await store.IsAnsweredAsync(repeatable!, request.Answer, stop))
        {
            if (request.Answer.Status >= 400)
                throw new ODataRefusalException(request.Answer.Status, "RefusedBefore", "The same request was refused before.");
            return;
        }
        await ActAsync(request, resource, group, stop);
        if (store is not null) await store.RecordAsync(request, resource, repeatable!, (HeldAnswer)request.Answer, stop);
    }

    private static async Task SweepAsync(ODataRequest request)
    {
        var (kept, options) = (request.Options.Repeatable!, request.Options);
        if (!kept.SweepIsDue()) return;
        try
        {
            await RepeatableStore.SweepAsync(kept, options.DataSource);
        }
        // The client has its answer; the next sweep comes.
        catch (Npgsql.NpgsqlException error)
        {
            options.OnUnexpected?.Invoke(request.Http, error);
        }
    }

    private static async Task ActAsync(ODataRequest request, Resource resource, ChangeScope scope, CancellationToken stop)
    {
        try
        {
            await DispatchAsync(request, resource, scope, stop);
        }
        catch (ODataRefusalException refusal) when (refusal is { Status: StatusCodes.Status405MethodNotAllowed, Allow: null })
        {
            throw refusal.OfMethod(request.Operation.Method, AllowedMethods.Of(resource));
        }
    }

    private static Task DispatchAsync(ODataRequest request, Resource resource, ChangeScope scope, CancellationToken stop)
    {
        var method = request.Operation.Method;
        if (resource.Function is not null || resource.IsCount) throw NotAllowed(method, "this");
        if (resource.Action is not null) return new ChangeCaller(request, resource, scope).AnswerAsync(stop);
        if (resource.IsMedia) return new MediaWriter(request, resource, scope).ReplaceAsync(stop);
        if (resource.IsReference) return new ReferenceWriter(request, resource, scope).AnswerAsync(stop);
        if (resource.Property is not null) return new PropertyWriter(request, resource, scope).AnswerAsync(stop);
        return resource.IsSingle ? EntityAsync(request, resource, scope, stop) : CollectionAsync(request, resource, scope, stop);
    }

    private static Task EntityAsync(ODataRequest request, Resource resource, ChangeScope scope, CancellationToken stop)
    {
        var method = request.Operation.Method;
        if (HttpMethods.IsPatch(method)) return new Updater(request, resource, scope).AnswerAsync(WriteMode.Update, stop);
        if (HttpMethods.IsPut(method)) return new Updater(request, resource, scope).AnswerAsync(WriteMode.Replace, stop);
        if (HttpMethods.IsDelete(method)) return new Deleter(request, resource, scope).AnswerAsync(stop);
        throw NotAllowed(method, "one entity");
    }

    private static Task CollectionAsync(ODataRequest request, Resource resource, ChangeScope scope, CancellationToken stop)
    {
        var method = request.Operation.Method;
        if (resource.Filters.Count > 0) throw NotAllowed(method, "a part of a collection");
        if (HttpMethods.IsPost(method) && resource.Set.Media is not null)
            return new MediaWriter(request, resource, scope).CreateAsync(stop);
        if (HttpMethods.IsPost(method)) return new Creator(request, scope).AnswerAsync(resource, stop);
        if (HttpMethods.IsPatch(method) && resource.Parent is null)
            return new CollectionUpdater(request, resource.Set, scope).AnswerAsync(stop);
        throw HttpMethods.IsPatch(method)
            ? ODataRefusalException.NotBuilt("A delta is built for entity sets.") : NotAllowed(method, "a collection");
    }

    private static (string Name, int Bytes) Limit(ODataRequest request, Resource resource) =>
        resource.Set.Media is { } media && (resource.IsMedia || !resource.IsSingle) ? ("Media.MaxBytes", media.MaxBytes)
            : (nameof(ODataOptions.MaxBodyBytes), request.Options.MaxBodyBytes);

    public static ODataRefusalException NotAllowed(string method, RefusalText what) =>
        HttpMethods.IsPost(method) || HttpMethods.IsPut(method) || HttpMethods.IsPatch(method) || HttpMethods.IsDelete(method)
            ? new ODataRefusalException(405, "MethodNotAllowed", $"{method} does not apply to {what}.")
            : ODataRefusalException.NotBuilt($"{method} is not a method of this service.");
}
