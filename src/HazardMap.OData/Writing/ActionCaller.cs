using System.Text.Json;
using Microsoft.AspNetCore.Http;

namespace HazardMap.OData;

/// <summary>POST of a bound action: the entity must exist for the caller, then the host acts.</summary>
internal static class ActionCaller
{
    private static readonly JsonElement NoParameters = JsonDocument.Parse("{}").RootElement;

    public static async Task Answer(ODataRequest request, Resource resource, CancellationToken cancellation)
    {
        if (request.Operation.Changes is not null)
            throw ODataRefusalException.NotBuilt("An action has its own transaction: it cannot be part of an atomicity group.", resource.Action!.Name);
        WriteRules.MayWrite(request, resource.Set);
        var key = await FunctionReader.ExistingKey(request, resource, cancellation);
        using var body = HasBody(request.Operation.Headers) ? await BodyReader.Document(request.Operation, request.Options, cancellation) : null;
        await resource.Action!.Run(new ActionCall(request.Http, resource.Set, key, body?.RootElement ?? NoParameters), cancellation);
        request.Answer.Status = StatusCodes.Status204NoContent;
    }

    private static bool HasBody(IHeaderDictionary headers) => headers.ContentLength is > 0 || headers.TransferEncoding.Count > 0;
}
