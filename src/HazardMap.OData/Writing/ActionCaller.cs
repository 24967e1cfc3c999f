using System.Text.Json;
using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Http;

namespace HazardMap.OData;

/// <summary>POST of a bound action: the entity must exist for the caller, then the host acts.</summary>
internal static class ActionCaller
{
    private static readonly JsonElement NoParameters = JsonDocument.Parse("{}").RootElement;

    public static async Task AnswerAsync(ODataRequest request, Resource resource, CancellationToken stop)
    {
        if (request.Operation.Changes is not null)
            throw ODataRefusalException.NotBuilt(
                "An action has its own transaction: it cannot be part of an atomicity group.", resource.Action!.Name);
        if (request.Operation.Headers.ContainsKey(RepeatableRequest.IdHeader))
            throw RepeatableRequest.Rejected(501, "NotImplemented",
                "An action has its own transaction: its answer cannot be kept with what it does.", RepeatableRequest.IdHeader);
        var rows = request.Caller.RestrictCall(resource.Set, resource.Action!);
        if (rows == Restriction.Nothing) throw Forbidden(resource);
        var key = await FunctionReader.ExistingKeyAsync(request, resource, stop);
        if (rows != Restriction.Everything && !await FunctionReader.IsThereAsync(request.ConfinedTo(resource.Set, rows), resource, stop))
            throw Forbidden(resource);
        var bytes = await RequestBody.BytesAsync(request.Operation, nameof(ODataOptions.MaxBodyBytes),
            request.Options.MaxBodyBytes, stop);
        using var body = bytes.Length > 0 ? RequestBody.Json(request.Operation, bytes) : null;
        var call = new ActionCall(request.Http, resource.Set, key, body?.RootElement ?? NoParameters);
        if (resource.Action!.Change is { } change)
        {
            var patch = await TimeLimit.KeepAsync(request.Options, limit => change(call, limit), stop);
            await PatchAsync(request, resource, patch, stop);
            return;
        }
        await TimeLimit.KeepChangeAsync(request.Options, limit => resource.Action.Run(call, limit), stop);
        request.Answer.Status = StatusCodes.Status204NoContent;
    }

    private static ODataRefusalException Forbidden(Resource resource) =>
        new(403, "Forbidden", $"You may not call {resource.Action!.Name} here.", resource.Action!.Name);

    private static Task PatchAsync(ODataRequest request, Resource resource, JsonObject patch, CancellationToken stop)
    {
        var entity = request with
        {
            Operation = request.Operation with { Method = HttpMethods.Patch },
            Content = JsonSerializer.SerializeToUtf8Bytes<JsonNode>(patch),
        };
        return Writes.ChangeAsync(entity, resource with { Action = null }, stop);
    }
}
