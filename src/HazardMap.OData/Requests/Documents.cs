using System.Buffers;
using System.Text;
using System.Text.Json;
using System.Xml;
using Microsoft.OData.Edm;
using Microsoft.OData.Edm.Csdl;

namespace HazardMap.OData;

/// <summary>The service document and <c>$metadata</c>; the latter is written once per model.</summary>
internal sealed class Documents(ODataModel model)
{
    private readonly Lazy<byte[]> xml = new(() => Xml(model.Edm));
    private readonly Lazy<byte[]> json = new(() => JsonText(model.Edm));

    public async Task Service(ODataOperation operation, CancellationToken cancellation)
    {
        var preferences = Preferences.Of(operation, Format(operation));
        operation.Answer.ContentType = $"application/json;odata.metadata={preferences.Metadata}";
        await using var stream = new JsonStream(operation.Answer);
        stream.Json.WriteStartObject();
        if (preferences.Metadata != "none") stream.Json.WriteString("@odata.context", operation.Root + "$metadata");
        stream.Json.WriteStartArray("value");
        foreach (var set in model.EntitySets.Values)
        {
            stream.Json.WriteStartObject();
            stream.Json.WriteString("name", set.Name);
            stream.Json.WriteString("kind", "EntitySet");
            stream.Json.WriteString("url", set.Name);
            stream.Json.WriteEndObject();
        }
        stream.Json.WriteEndArray();
        stream.Json.WriteEndObject();
        await stream.SendIfEnough(cancellation);
    }

    public async Task Metadata(ODataOperation operation, CancellationToken cancellation)
    {
        var wanted = Format(operation) ?? operation.Headers.Accept.ToString();
        var asJson = wanted.Contains("json", StringComparison.OrdinalIgnoreCase) && !wanted.Contains("xml", StringComparison.OrdinalIgnoreCase);
        operation.Answer.ContentType = asJson ? "application/json" : "application/xml";
        await operation.Answer.Body.WriteAsync(asJson ? json.Value : xml.Value, cancellation);
    }

    private static string? Format(ODataOperation operation) =>
        UriGuard.Options(operation.Query).Where(x => x.Name is "$format" or "format").Select(x => x.Value).FirstOrDefault();

    private static byte[] Xml(IEdmModel edm)
    {
        using var stream = new MemoryStream();
        using (var writer = XmlWriter.Create(stream, new XmlWriterSettings { Encoding = new UTF8Encoding(false), Indent = true }))
        {
            if (!CsdlWriter.TryWriteCsdl(edm, writer, CsdlTarget.OData, out var errors))
                throw new InvalidOperationException(string.Join("; ", errors));
        }
        return stream.ToArray();
    }

    private static byte[] JsonText(IEdmModel edm)
    {
        var buffer = new ArrayBufferWriter<byte>();
        using (var writer = new Utf8JsonWriter(buffer, new JsonWriterOptions { Encoder = JsonStream.Style.Encoder }))
        {
            if (!CsdlWriter.TryWriteCsdl(edm, writer, out var errors)) throw new InvalidOperationException(string.Join("; ", errors));
        }
        return buffer.WrittenSpan.ToArray();
    }
}
