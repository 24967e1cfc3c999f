using System.Buffers;
using System.Text;
using System.Text.Json;
using System.Xml;
using Microsoft.OData.Edm;
using Microsoft.OData.Edm.Csdl;

namespace HazardMap.OData;

/// <summary>A model as CSDL, in XML and in JSON.</summary>
internal static class Csdl
{
    public static byte[] Xml(IEdmModel edm)
    {
        using var stream = new MemoryStream();
        using (var writer = XmlWriter.Create(stream, new XmlWriterSettings { Encoding = new UTF8Encoding(false), Indent = true }))
        {
            if (!CsdlWriter.TryWriteCsdl(edm, writer, CsdlTarget.OData, out var errors))
                throw new InvalidOperationException(string.Join("; ", errors));
        }
        return stream.ToArray();
    }

    public static byte[] Json(IEdmModel edm)
    {
        var buffer = new ArrayBufferWriter<byte>();
        using (var writer = new Utf8JsonWriter(buffer, new JsonWriterOptions { Encoder = JsonStream.Style.Encoder }))
        {
            if (!CsdlWriter.TryWriteCsdl(edm, writer, out var errors)) throw new InvalidOperationException(string.Join("; ", errors));
        }
        return buffer.WrittenSpan.ToArray();
    }
}
