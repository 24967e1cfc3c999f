using System.Text.Json;
using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Http;

namespace HazardMap.OData;

/// <summary>POST of a bound action that runs by itself: the entity must exist for the caller, then the host acts.</summary>
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
        if (resource.Action!.Patch is { } patch)
        {
            var change = await TimeLimit.KeepAsync(request.Options, limit => patch(call, limit), stop);
            await PatchAsync(request, resource, change, stop);
            return;
        }
        object? answer = null;
        await TimeLimit.KeepChangeAsync(request.Options, async limit => answer = await resource.Action.Run!(call, limit), stop);
        if (answer is null) request.Answer.Status = StatusCodes.Status204NoContent;
        else await FunctionReader.WriteAsync(request, resource.Action.Returns!, resource.Action.Record!, answer, stop);
    }

    public static ODataRefusalException Forbidden(Resource resource) =>
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
