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
        if (rows == Restriction.Nothing) throw ActionCaller.Forbidden(resource);
        var arguments = Arguments();
        var entity = await WriteRules.CanonicalAsync(request, resource with { Action = null }, scope, stop);
        var before = await Snapshot.TakeAsync(request, entity, scope.Connection, lockRow: true, stop)
            ?? throw WriteRules.NoSuch(entity.Set);
        if (!await WriteRules.IsAmongAsync(request, entity.Set, entity.Key!, rows, scope, stop)) throw ActionCaller.Forbidden(resource);
        Preconditions.Of(request.Operation).CheckCall(before.ETag);
        await _action.Change!(new ChangeCall(request, scope, entity.Set, entity.Key!, arguments), stop);
        await WriteRules.StillVisibleAsync(request, entity.Set, entity.Key!, scope, stop);
        request.Answer.Status = StatusCodes.Status204NoContent;
    }

    private Dictionary<string, object?> Arguments()
    {
        var arguments = new Dictionary<string, object?>(StringComparer.Ordinal);
        if (request.Content.Length == 0) return arguments;
        using var json = RequestBody.Json(request.Operation, request.Content);
        if (json.RootElement.ValueKind != JsonValueKind.Object) throw ODataRefusalException.Bad("The body must be a JSON object.");
        foreach (var member in json.RootElement.EnumerateObject())
        {
            var parameter = _action.Parameters.FirstOrDefault(x => string.Equals(x.Name, member.Name, StringComparison.Ordinal))
                ?? throw Unknown(member.Name);
            arguments[member.Name] = JsonValues.Read(RulesOf(parameter), member.Value, request);
        }
        return arguments;
    }

    private ODataRefusalException Unknown(string name) => _action.Parameters.Count == 0
        ? ODataRefusalException.Bad($"{_action.Name} has no parameter {name}; it has none.", name, "UnknownParameter")
        : ODataRefusalException.Bad(
            $"{_action.Name} has no parameter {name}; it has {string.Join(", ", _action.Parameters.Select(x => x.Name))}.",
            name, "UnknownParameter");

    /// <summary>A parameter that is called as a property of the set is held to the property's rules.</summary>
    private Property RulesOf(FunctionParameter parameter) =>
        resource.Set.Find(parameter.Name) is { } known && known.Type == parameter.Type ? known
            : new Property(parameter.Name, parameter.Name, parameter.Type, parameter.EnumType) { Form = TextForm.Prose, MaxLength = 4000 };
}
