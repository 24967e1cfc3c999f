using Microsoft.AspNetCore.Http;

namespace HazardMap.OData;

/// <summary>One service: finds out what a request is about and has it answered; the one place where errors become answers.</summary>
internal sealed class ODataService(string prefix, ODataModel model, ODataOptions options)
{
    private readonly Documents documents = new(model, options);

    public Task Handle(HttpContext http) => Handle(ODataOperation.Of(http, prefix, options), http.RequestAborted);

    /// <summary>Answers a request, whether it came by itself or in a batch.</summary>
    public async Task Handle(ODataOperation operation, CancellationToken cancellation)
    {
        operation.Answer.Headers["OData-Version"] = "4.01";
        try
        {
            await Perform(operation, cancellation);
        }
        catch (OperationCanceledException) when (cancellation.IsCancellationRequested)
        {
            // The client has gone; there is nobody to answer.
        }
        catch (Exception error)
        {
            await Errors.Write(operation, error, options);
        }
    }

    /// <summary>Answers a request whose failure is somebody else's to answer.</summary>
    public async Task Perform(ODataOperation operation, CancellationToken cancellation)
    {
        operation.Answer.Headers["OData-Version"] = Versions.Of(operation);
        if (operation.Headers["Isolation"] == "snapshot" || operation.Headers["OData-Isolation"] == "snapshot")
            throw new ODataRefusalException(412, "NoIsolation", "Snapshot isolation between requests is not offered.", "Isolation");
        var path = operation.Path;
        if (path is "" or "/" && operation.IsRead) await documents.Service(operation, cancellation);
        else if (path is "/$metadata" && operation.IsRead) await documents.Metadata(operation, cancellation);
        else if (path is "/openapi.json" && operation.IsRead) await documents.OpenApi(operation, cancellation);
        else if (path == "/$batch") await new BatchRunner(this, operation, options).Answer(cancellation);
        else if (path.StartsWith("/$", StringComparison.Ordinal) && !EntityIds.IsEntity(path))
            throw ODataRefusalException.NotBuilt($"{path[1..].Split('(', '/')[0]} is not built yet.", path[1..].Split('(', '/')[0]);
        else await AnswerResource(ODataRequest.Parse(operation, model, options), cancellation);
    }

    private static Task AnswerResource(ODataRequest request, CancellationToken cancellation)
    {
        var resource = Resource.Of(request);
        if (resource.Action is { } action)
            return HttpMethods.IsPost(request.Operation.Method) ? ActionCaller.Answer(request, resource, cancellation)
                : throw new ODataRefusalException(405, "NotAllowed", $"{action.Name} is called by POST.");
        return request.Operation.IsRead
            ? EntityReader.Answer(request, resource, cancellation)
            : Writes.Answer(request, resource, cancellation);
    }
}
