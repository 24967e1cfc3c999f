using System.Buffers.Text;
using System.Text;
using System.Text.Json;
using Microsoft.AspNetCore.Http;

namespace HazardMap.OData;

/// <summary>PUT, PATCH and DELETE of one property, as JSON <c>{"value": ...}</c> or raw under <c>/$value</c>.</summary>
internal sealed class PropertyWriter(ODataRequest request, Resource resource, ChangeScope scope)
{
    private readonly EntitySet set = resource.Set;
    private readonly Property property = resource.Property!;

    public async Task Answer(CancellationToken cancellation)
    {
        var method = request.Operation.Method;
        var isDelete = HttpMethods.IsDelete(method);
        if (!isDelete && !HttpMethods.IsPut(method) && !(HttpMethods.IsPatch(method) && !resource.IsRawValue)) throw Writes.NotAllowed(method, "a property");
        if (set.Table is null) throw WriteRules.ReadOnly(set);
        WriteRules.MayWrite(request, set);
        if (!property.Writable || !request.Caller.MayRead(set, property)) throw WriteRules.ServerOwned(property.Name);
        var value = JsonValues.Read(property, isDelete ? Null : resource.IsRawValue ? Raw() : Wrapped(), request.Options);
        var entity = await WriteRules.Canonical(request, resource with { Property = null, IsRawValue = false }, scope, cancellation);
        await WriteRules.Expected(request, entity, scope, cancellation);
        var values = new Dictionary<Property, object?> { [property] = value };
        await new Linker(request, scope).NeedTargets(set, values, cancellation);
        await new RowWriter(request, scope).Update(set, entity.Key!, values, [], cancellation);
        await Respond(entity, cancellation);
    }

    private static JsonElement Null { get; } = JsonSerializer.SerializeToElement<string?>(null);

    private JsonElement Wrapped()
    {
        using var json = RequestBody.Json(request.Operation, request.Content);
        return json.RootElement.TryGetProperty("value", out var value)
            ? value.Clone() : throw ODataRefusalException.Bad($"Send the value of {property.Name} as {{\"value\": ...}}.", "value");
    }

    /// <summary>The raw value as the JSON it would be in an entity.</summary>
    private JsonElement Raw()
    {
        if (property.Type == ODataType.Binary) return JsonSerializer.SerializeToElement(Base64Url.EncodeToString(request.Content.Span));
        var text = Decode(request.Content.Span);
        if (property.Type is not (ODataType.Boolean or >= ODataType.Int16 and <= ODataType.Decimal) && !property.Type.IsGeography()) return JsonSerializer.SerializeToElement(text);
        try
        {
            using var json = JsonDocument.Parse(text);
            return json.RootElement.Clone();
        }
        catch (JsonException)
        {
            throw ODataRefusalException.Bad($"{property.Name} must be Edm.{property.Type}.", property.Name, "WrongType");
        }
    }

    private string Decode(ReadOnlySpan<byte> bytes)
    {
        try
        {
            return new UTF8Encoding(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true).GetString(bytes);
        }
        catch (DecoderFallbackException)
        {
            throw ODataRefusalException.Bad($"{property.Name} must be text in UTF-8.", property.Name, "WrongType");
        }
    }

    private async Task Respond(Resource entity, CancellationToken cancellation)
    {
        var after = await Snapshot.Take(request, entity, scope.Connection, lockRow: false, cancellation)
            ?? throw new ODataRefusalException(422, "OutsideArea", "The change would put the entity outside your area.");
        var answer = request.Answer;
        if (after.ETag is { } etag) answer.Headers.ETag = etag;
        if (request.Preferences.Return is { } wish) answer.Headers["Preference-Applied"] = "return=" + wish;
        answer.Status = 204;
        if (request.Preferences.Return != "representation" || resource.IsRawValue || after.Json()?[property.Name] is not { } value) return;
        answer.Status = 200;
        Answers.Json(request);
        await using var stream = new JsonStream(answer);
        stream.Json.WriteStartObject();
        if (request.Preferences.Metadata != "none")
            stream.Json.WriteString("@odata.context", $"{Urls.Entity(request.Root + "$metadata#", set, entity.Key!)}/{property.Name}");
        stream.Json.WritePropertyName("value");
        value.WriteTo(stream.Json);
        stream.Json.WriteEndObject();
    }
}
