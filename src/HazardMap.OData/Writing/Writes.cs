using Microsoft.AspNetCore.Http;

namespace HazardMap.OData;

/// <summary>
/// Answers requests that change something: the body is read, a transaction opened (or that of the atomicity group used), the
/// change made and its answer written down, the transaction committed, and only then the answer sent.
/// </summary>
internal static class Writes
{
    public static async Task Answer(ODataRequest request, Resource resource, CancellationToken cancellation)
    {
        var (limit, bytes) = Limit(request, resource);
        request = request with { Content = await RequestBody.Bytes(request.Operation.Body, limit, bytes, cancellation) };
        var repeatable = RepeatableRequest.Of(request);
        if (request.Operation.Changes is { } group) await InGroup(request, resource, repeatable, group, cancellation);
        else await Alone(request, resource, repeatable, cancellation);
    }

    private static async Task Alone(ODataRequest request, Resource resource, RepeatableRequest? repeatable, CancellationToken cancellation)
    {
        var held = new HeldAnswer();
        held.Headers["OData-Version"] = request.Answer.Headers["OData-Version"];
        var inner = request with { Operation = request.Operation with { Answer = held } };
        await using (var scope = await ChangeScope.Open(request.Options, request.Caller, cancellation))
        {
            if (repeatable is null) await Act(inner, resource, scope, cancellation);
            else await Once(inner, resource, repeatable, held, scope, cancellation);
            await scope.Commit();
        }
        await held.SendTo(request.Answer, cancellation);
        if (repeatable is not null) await Sweep(request);
    }

    /// <summary>Acts, or answers as before. A refusal is an answer too, kept while what it refused is undone.</summary>
    private static async Task Once(
        ODataRequest request, Resource resource, RepeatableRequest repeatable, HeldAnswer held, ChangeScope scope, CancellationToken cancellation)
    {
        var store = new RepeatableStore(request.Options.Repeatable!, scope);
        if (await store.IsAnswered(repeatable, held, cancellation)) return;
        await scope.Save(cancellation);
        try
        {
            await Act(request, resource, scope, cancellation);
        }
        catch (ODataRefusalException refusal) when (refusal.Status is >= 400 and < 500 and not 429)
        {
            await scope.Undo();
            await Errors.Write(request.Operation, refusal, request.Options);
        }
        await store.Record(repeatable, held, cancellation);
    }

    private static async Task InGroup(ODataRequest request, Resource resource, RepeatableRequest? repeatable, ChangeScope group, CancellationToken cancellation)
    {
        var store = repeatable is null ? null : new RepeatableStore(request.Options.Repeatable!, group);
        if (store is not null && await store.IsAnswered(repeatable!, request.Answer, cancellation))
        {
            if (request.Answer.Status >= 400) throw new ODataRefusalException(request.Answer.Status, "RefusedBefore", "The same request was refused before.");
            return;
        }
        await Act(request, resource, group, cancellation);
        if (store is not null) await store.Record(repeatable!, (HeldAnswer)request.Answer, cancellation);
    }

    private static async Task Sweep(ODataRequest request)
    {
        var (kept, options) = (request.Options.Repeatable!, request.Options);
        if (!kept.SweepIsDue()) return;
        try
        {
            await RepeatableStore.Sweep(kept, options.DataSource);
        }
        // The client has its answer; the next sweep comes.
        catch (Npgsql.NpgsqlException error)
        {
            options.OnUnexpected?.Invoke(request.Http, error);
        }
    }

    private static Task Act(ODataRequest request, Resource resource, ChangeScope scope, CancellationToken cancellation)
    {
        var method = request.Operation.Method;
        if (resource.Function is not null || resource.IsCount) throw NotAllowed(method, "this");
        if (resource.IsMedia) return new MediaWriter(request, resource, scope).Replace(cancellation);
        if (resource.IsReference) return new ReferenceWriter(request, resource, scope).Answer(cancellation);
        if (resource.Property is not null) return new PropertyWriter(request, resource, scope).Answer(cancellation);
        return resource.IsSingle ? Entity(request, resource, scope, cancellation) : Collection(request, resource, scope, cancellation);
    }

    private static Task Entity(ODataRequest request, Resource resource, ChangeScope scope, CancellationToken cancellation)
    {
        var method = request.Operation.Method;
        if (HttpMethods.IsPatch(method)) return new Updater(request, resource, scope).Answer(WriteMode.Update, cancellation);
        if (HttpMethods.IsPut(method)) return new Updater(request, resource, scope).Answer(WriteMode.Replace, cancellation);
        if (HttpMethods.IsDelete(method)) return new Deleter(request, resource, scope).Answer(cancellation);
        throw NotAllowed(method, "one entity");
    }

    private static Task Collection(ODataRequest request, Resource resource, ChangeScope scope, CancellationToken cancellation)
    {
        var method = request.Operation.Method;
        if (resource.Filters.Count > 0) throw NotAllowed(method, "a part of a collection");
        if (HttpMethods.IsPost(method) && resource.Set.Media is not null) return new MediaWriter(request, resource, scope).Create(cancellation);
        if (HttpMethods.IsPost(method)) return new Creator(request, scope).Answer(resource, cancellation);
        if (HttpMethods.IsPatch(method) && resource.Parent is null) return new CollectionUpdater(request, resource.Set, scope).Answer(cancellation);
        throw HttpMethods.IsPatch(method) ? ODataRefusalException.NotBuilt("A delta is built for entity sets.") : NotAllowed(method, "a collection");
    }

    private static (string Name, int Bytes) Limit(ODataRequest request, Resource resource) =>
        resource.Set.Media is { } media && (resource.IsMedia || !resource.IsSingle) ? ("Media.MaxBytes", media.MaxBytes)
            : (nameof(ODataOptions.MaxBodyBytes), request.Options.MaxBodyBytes);

    public static ODataRefusalException NotAllowed(string method, string what) =>
        HttpMethods.IsPost(method) || HttpMethods.IsPut(method) || HttpMethods.IsPatch(method) || HttpMethods.IsDelete(method)
            ? new ODataRefusalException(405, "MethodNotAllowed", $"{method} does not apply to {what}.")
            : ODataRefusalException.NotBuilt($"{method} is not a method of this service.");
}
