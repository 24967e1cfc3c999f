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
        var content = await RequestBody.Bytes(request.Operation.Body, request.Options.MaxBodyBytes, cancellation);
        if (request.Operation.Changes is { } group)
        {
            await Act(request with { Content = content }, resource, group, cancellation);
            return;
        }
        var held = new HeldAnswer();
        held.Headers["OData-Version"] = request.Answer.Headers["OData-Version"];
        await using (var scope = await ChangeScope.Open(request.Options, request.Caller, cancellation))
        {
            await Act(request with { Content = content, Operation = request.Operation with { Answer = held } }, resource, scope, cancellation);
            await scope.Commit();
        }
        await held.SendTo(request.Answer, cancellation);
    }

    private static Task Act(ODataRequest request, Resource resource, ChangeScope scope, CancellationToken cancellation)
    {
        var method = request.Operation.Method;
        if (resource.Function is not null || resource.IsCount) throw NotAllowed(method, "this");
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
        if (HttpMethods.IsPost(method)) return new Creator(request, scope).Answer(resource, cancellation);
        throw NotAllowed(method, "a collection");
    }

    public static ODataRefusalException NotAllowed(string method, string what) =>
        HttpMethods.IsPost(method) || HttpMethods.IsPut(method) || HttpMethods.IsPatch(method) || HttpMethods.IsDelete(method)
            ? new ODataRefusalException(405, "MethodNotAllowed", $"{method} does not apply to {what}.")
            : ODataRefusalException.NotBuilt($"{method} is not a method of this service.");
}
