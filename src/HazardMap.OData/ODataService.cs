using Microsoft.AspNetCore.Http;

namespace HazardMap.OData;

/// <summary>One service: finds out what a request is about and has it answered; the one place where errors become answers.</summary>
internal sealed class ODataService(string prefix, ODataModel model, ODataOptions options)
{
    private readonly Documents _documents = new(model, options);

    public async Task HandleAsync(HttpContext http)
    {
        var answer = new HttpAnswer(http);
        await HandleAsync(ODataOperation.Of(http, prefix, options, answer), http.RequestAborted);
        answer.End();
    }

    /// <summary>Answers a request, whether it came by itself or in a batch.</summary>
    public async Task HandleAsync(ODataOperation operation, CancellationToken stop)
    {
        operation.Answer.Headers["OData-Version"] = "4.01";
        try
        {
            await PerformAsync(operation, stop);
        }
        catch (OperationCanceledException) when (stop.IsCancellationRequested)
        {
            // The client has gone; there is nobody to answer.
        }
        catch (Exception error)
        {
            await Errors.WriteAsync(operation, error, options);
        }
    }

    /// <summary>Answers a request whose failure is somebody else's to answer.</summary>
    public async Task PerformAsync(ODataOperation operation, CancellationToken stop)
    {
        operation.Answer.Headers["OData-Version"] = Versions.Of(operation);
        if (operation.Headers["Isolation"] == "snapshot" || operation.Headers["OData-Isolation"] == "snapshot")
            throw new ODataRefusalException(412, "NoIsolation", "Snapshot isolation between requests is not offered.", "Isolation");
        operation = operation with { Path = ODataOperation.PlainPath(operation.Path) };
        if (QueryBody.IsNamed(operation.Path)) operation = await QueryBody.ReadAsync(operation, options, stop);
        await (operation.Path switch
        {
            "" => ReadAsync(operation, _documents.ServiceAsync, stop),
            "/$metadata" => ReadAsync(operation, _documents.MetadataAsync, stop),
            "/openapi.json" => ReadAsync(operation, _documents.OpenApiAsync, stop),
            "/$batch" => BatchAsync(operation, stop),
            var path when path.StartsWith("/$", StringComparison.Ordinal) && !EntityIds.IsEntity(path) =>
                throw NoSuch(path[1..].Split('(', '/')[0]),
            _ => AnswerResourceAsync(ODataRequest.Parse(operation, model, options), stop),
        });
    }

    private static Task ReadAsync(ODataOperation operation, Func<ODataOperation, CancellationToken, Task> answer, CancellationToken stop)
    {
        if (operation.IsRead) return answer(operation, stop);
        return HttpMethods.IsOptions(operation.Method) ? TellAsync(operation, AllowedMethods.Reading)
            : throw AllowedMethods.Refused(operation.Method, "this document", AllowedMethods.Reading);
    }

    private Task BatchAsync(ODataOperation operation, CancellationToken stop) => HttpMethods.IsOptions(operation.Method)
        ? TellAsync(operation, AllowedMethods.Calling) : new BatchRunner(this, operation, options).AnswerAsync(stop);

    private static ODataRefusalException NoSuch(string name) => name is "$all" or "$crossjoin"
        ? ODataRefusalException.NotBuilt($"{name} is not built.", name)
        : ODataRefusalException.NotFound($"There is no {name} here. At the root are the entity sets, $metadata, $batch and $entity, "
            + $"written in this way.", name);

    private static Task TellAsync(ODataOperation operation, string methods)
    {
        operation.Answer.Headers.Allow = methods;
        operation.Answer.Status = StatusCodes.Status204NoContent;
        return Task.CompletedTask;
    }

    private static Task AnswerResourceAsync(ODataRequest request, CancellationToken stop)
    {
        var resource = Resource.Of(request);
        var method = request.Operation.Method;
        if (HttpMethods.IsOptions(method)) return TellAsync(request.Operation, AllowedMethods.Of(resource));
        if (request.AsOf is not null) OptionRules.CheckAsOf(request, resource);
        // One has been taken off already.
        if (resource.IsQuery) throw ODataRefusalException.NotFound("There is no $query here.", "$query");
        if (resource.Action is { Change: null } && HttpMethods.IsPost(method)) return ActionCaller.AnswerAsync(request, resource, stop);
        if (resource.Action is not null && !HttpMethods.IsPost(method))
            throw AllowedMethods.Refused(method, "an action", AllowedMethods.Calling);
        return request.Operation.IsRead
            ? EntityReader.AnswerAsync(request, resource, stop)
            : Writes.AnswerAsync(request, resource, stop);
    }
}
