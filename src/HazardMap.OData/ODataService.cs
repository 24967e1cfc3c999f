using Microsoft.AspNetCore.Http;

namespace HazardMap.OData;

/// <summary>One service: finds out what a request is about and has it answered; the one place where errors become answers.</summary>
internal sealed class ODataService(string prefix, ODataModel model, ODataOptions options)
{
    private readonly Documents documents = new(model);

    public async Task Handle(HttpContext http)
    {
        http.Response.Headers["OData-Version"] = http.Request.Headers["OData-MaxVersion"] == "4.0" ? "4.0" : "4.01";
        try
        {
            await Answer(http, http.RequestAborted);
        }
        catch (OperationCanceledException) when (http.RequestAborted.IsCancellationRequested)
        {
            // The client has gone; there is nobody to answer.
        }
        catch (Exception error)
        {
            await Errors.Write(http, error, options);
        }
    }

    private async Task Answer(HttpContext http, CancellationToken cancellation)
    {
        var path = Path(http);
        var root = $"{http.Request.Scheme}://{http.Request.Host}{http.Request.PathBase}{prefix}/";
        var method = http.Request.Method;
        if (path is "" or "/" && IsRead(method)) await documents.Service(http, root, cancellation);
        else if (path is "/$metadata" && IsRead(method)) await documents.Metadata(http, cancellation);
        else if (path.StartsWith("/$", StringComparison.Ordinal))
            throw ODataRefusalException.NotBuilt($"{path[1..].Split('(', '/')[0]} is not built yet.", path[1..].Split('(', '/')[0]);
        else await AnswerResource(ODataRequest.Parse(http, model, options, root, path), method, cancellation);
    }

    private static Task AnswerResource(ODataRequest request, string method, CancellationToken cancellation)
    {
        var resource = Resource.Of(request);
        if (IsRead(method)) return EntityReader.Answer(request, resource, cancellation);
        if (HttpMethods.IsPatch(method)) return new Patcher(request, resource).Answer(cancellation);
        if (HttpMethods.IsPost(method)) return new Poster(request, resource).Answer(cancellation);
        if (HttpMethods.IsDelete(method)) return new Deleter(request, resource).Answer(cancellation);
        throw ODataRefusalException.NotBuilt($"{method} is not built yet.");
    }

    private string Path(HttpContext http)
    {
        var path = http.Request.Path.ToUriComponent();
        return path.StartsWith(prefix, StringComparison.OrdinalIgnoreCase) ? path[prefix.Length..] : path;
    }

    // A HEAD is a GET whose body the server leaves out.
    private static bool IsRead(string method) => HttpMethods.IsGet(method) || HttpMethods.IsHead(method);
}
