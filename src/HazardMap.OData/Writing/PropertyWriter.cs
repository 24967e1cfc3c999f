using System.Buffers.Text;
using System.Text.Json;
using Microsoft.AspNetCore.Http;

namespace HazardMap.OData;

/// <summary>PUT, PATCH and DELETE of one property, as JSON <c>{"value": ...}</c> or raw under <c>/$value</c>.</summary>
internal sealed class PropertyWriter(ODataRequest request, Resource resource, ChangeScope scope)
{
    private readonly EntitySet _set = resource.Set;
    private readonly Property _property = resource.Property!;

    public async Task AnswerAsync(CancellationToken stop)
    {
        var method = request.Operation.Method;
        var isDelete = HttpMethods.IsDelete(method);
        if (!isDelete && !HttpMethods.IsPut(method) && !(HttpMethods.IsPatch(method) && !resource.IsRawValue))
            throw Writes.NotAllowed(method, "a property");
        if (_set.Table is null) throw WriteRules.ReadOnly(_set);
        WriteRules.MayChange(request, _set, ODataChangeKind.Update);
        if (!_property.Writable || !request.Caller.MayRead(_set, _property)) throw WriteRules.ServerOwned(_property);
        var json = isDelete ? Null : resource.IsRawValue ? Raw() : Wrapped();
        var value = JsonValues.Read(_property, json, request);
        var entity = await WriteRules.CanonicalAsync(request, resource with { Property = null, IsRawValue = false }, scope, stop);
        var before = await WriteRules.ExpectedAsync(request, entity, scope, stop);
        // What is masked may come back as it was read.
        if (!Shown.Of(request, _set, before).Has(_property, json)) await ChangeAsync(entity, value, stop);
        await RespondAsync(entity, stop);
    }

    private async Task ChangeAsync(Resource entity, object? value, CancellationToken stop)
    {
        var values = new Dictionary<Property, object?> { [_property] = value };
        await new Linker(request, scope).NeedTargetsAsync(_set, values, stop);
        await new RowWriter(request, scope).UpdateAsync(_set, entity.Key!, values, [], stop);
    }

    private static JsonElement Null { get; } = JsonSerializer.SerializeToElement<string?>(null);

    private JsonElement Wrapped()
    {
        using var json = RequestBody.Json(request.Operation, request.Content);
        return json.RootElement.TryGetProperty("value", out var value)
            ? value.Clone() : throw ODataRefusalException.Bad($"Send the value of {_property.Name} as {{\"value\": ...}}.", "value");
    }

    /// <summary>The raw value as the JSON it would be in an entity.</summary>
    private JsonElement Raw()
    {
        if (_property.Type == ODataType.Binary) return JsonSerializer.SerializeToElement(Base64Url.EncodeToString(request.Content.Span));
        SentType.NeedUtf8(request.Operation.Headers.ContentType.ToString());
        var text = Utf8Text.Read(request.Content.Span, $"{_property.Name}", _property.Name);
        if (_property.Type is not (ODataType.Boolean or >= ODataType.Int16 and <= ODataType.Decimal) && !_property.Type.IsGeography())
            return JsonSerializer.SerializeToElement(text);
        try
        {
            using var json = JsonDocument.Parse(text);
            return json.RootElement.Clone();
        }
        catch (JsonException)
        {
            throw ODataRefusalException.Bad($"{_property.Name} must be Edm.{_property.Type}.", _property.Name, "WrongType");
        }
    }

    private async Task RespondAsync(Resource entity, CancellationToken stop)
    {
        var after = await Snapshot.TakeAsync(request, entity, scope.Connection, lockRow: false, stop)
            ?? throw new ODataRefusalException(422, "OutsideArea", "The change would put the entity outside your area.");
        var answer = request.Answer;
        if (after.ETag is { } etag) answer.Headers.ETag = etag;
        if (request.Preferences.Return is { } wish) answer.Headers["Preference-Applied"] = "return=" + wish;
        answer.Status = 204;
        if (request.Preferences.Return != "representation" || resource.IsRawValue || after.Json()?[_property.Name] is not { } value) return;
        answer.Status = 200;
        Answers.Json(request);
        await using var stream = new JsonStream(answer);
        stream.Json.WriteStartObject();
        if (request.Preferences.Metadata != "none")
            stream.Json.WriteString("@odata.context", $"{Urls.Entity(request.Root + "$metadata#", _set, entity.Key!)}/{_property.Name}");
        stream.Json.WritePropertyName("value");
        value.WriteTo(stream.Json);
        stream.Json.WriteEndObject();
    }
}
