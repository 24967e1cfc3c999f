using System.Text.Json;
using Microsoft.AspNetCore.Http;

namespace HazardMap.OData;

/// <summary>POST of a bound action that is a change: the row is locked, the body read by the action's parameters, then the host acts.
/// </summary>
internal sealed class ChangeCaller(ODataRequest request, Resource resource, ChangeScope scope)
{
    private readonly BoundAction _action = resource.Action!;

    public async Task AnswerAsync(CancellationToken stop)
    {
        var rows = request.Caller.RestrictCall(resource.Set, _action);
        if (rows == Restriction.Nothing) throw Forbidden();
        var arguments = Arguments();
        var entity = await WriteRules.CanonicalAsync(request, resource with { Action = null }, scope, stop);
        var before = await Snapshot.TakeAsync(request, entity, scope.Connection, lockRow: true, stop)
            ?? throw WriteRules.NoSuch(entity.Set);
        Preconditions.Of(request.Operation).CheckCall(before.ETag);
        if (!await WriteRules.IsAmongAsync(request, entity.Set, entity.Key!, rows, scope, stop)) throw Forbidden();
        await _action.Change!(new ChangeCall(request, scope, entity.Set, entity.Key!, arguments), stop);
        await WriteRules.StillVisibleAsync(request, entity.Set, entity.Key!, scope, stop);
        request.Answer.Status = StatusCodes.Status204NoContent;
    }

    private ODataRefusalException Forbidden() => new(403, "Forbidden", $"You may not call {_action.Name} here.", _action.Name);

    private Dictionary<string, object?> Arguments()
    {
        var arguments = new Dictionary<string, object?>(StringComparer.Ordinal);
        if (request.Content.Length == 0) return arguments;
        using var json = RequestBody.Json(request.Operation, request.Content);
        if (json.RootElement.ValueKind != JsonValueKind.Object) throw ODataRefusalException.Bad("The body must be a JSON object.");
        foreach (var member in json.RootElement.EnumerateObject())
        {
            var parameter = _action.Parameters.FirstOrDefault(x => string.Equals(x.Name, member.Name, StringComparison.Ordinal))
                ?? throw ODataRefusalException.Bad($"{_action.Name} has no parameter {member.Name}.", member.Name, "UnknownParameter");
            arguments[member.Name] = JsonValues.Read(RulesOf(parameter), member.Value, request);
        }
        return arguments;
    }

    /// <summary>A parameter that is called as a property of the set is held to the property's rules.</summary>
    private Property RulesOf(FunctionParameter parameter) =>
        resource.Set.Find(parameter.Name) is { } known && known.Type == parameter.Type ? known
            : new Property(parameter.Name, parameter.Name, parameter.Type, parameter.EnumType) { Form = TextForm.Prose, MaxLength = 4000 };
}
