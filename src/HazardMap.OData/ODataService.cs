using Microsoft.AspNetCore.Http;

namespace HazardMap.OData;

/// <summary>One service: finds out what a request is about and has it answered; the one place where errors become answers.</summary>
internal sealed class ODataService(string prefix, ODataModel model, ODataOptions options)
{
    private readonly Documents _documents = new(model, options);

    public Task HandleAsync(HttpContext http) => HandleAsync(ODataOperation.Of(http, prefix, options), http.RequestAborted);

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
        var path = operation.Path;
        if (path is "" or "/" && operation.IsRead) await _documents.ServiceAsync(operation, stop);
        else if (path is "/$metadata" && operation.IsRead) await _documents.MetadataAsync(operation, stop);
        else if (path is "/openapi.json" && operation.IsRead) await _documents.OpenApiAsync(operation, stop);
        else if (path == "/$batch") await new BatchRunner(this, operation, options).AnswerAsync(stop);
        else if (path.StartsWith("/$", StringComparison.Ordinal) && !EntityIds.IsEntity(path))
            throw ODataRefusalException.NotBuilt($"{path[1..].Split('(', '/')[0]} is not built yet.", path[1..].Split('(', '/')[0]);
        else await AnswerResourceAsync(ODataRequest.Parse(operation, model, options), stop);
    }

    private static Task AnswerResourceAsync(ODataRequest request, CancellationToken stop)
    {
        var resource = Resource.Of(request);
        if (resource.Action is { } action)
            return HttpMethods.IsPost(request.Operation.Method) ? ActionCaller.AnswerAsync(request, resource, stop)
                : throw new ODataRefusalException(405, "NotAllowed", $"{action.Name} is called by POST.");
        return request.Operation.IsRead
            ? EntityReader.AnswerAsync(request, resource, stop)
            : Writes.AnswerAsync(request, resource, stop);
    }
}
