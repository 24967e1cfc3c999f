using System.Buffers;
using System.Text;
using System.Text.Json;
using System.Xml;
using System.Xml.Linq;
using Microsoft.OData.Edm;
using Microsoft.OData.Edm.Csdl;

namespace HazardMap.OData;

/// <summary>A model as CSDL, in XML and in JSON.</summary>
internal static class Csdl
{
    /// <remarks>
    /// Given the aliases of the vocabularies, the EDM package says every term by its alias, in XML only. Names stay written out, for
    /// clients that look for <c>Org.OData.Core.V1.Description</c>; the aliases are declared afterwards.
    /// </remarks>
    public static byte[] Xml(IEdmModel edm)
    {
        var references = edm.GetEdmReferences().ToList();
        var document = new XDocument();
        using (var writer = document.CreateWriter())
        {
            edm.SetEdmReferences(references.Select(WithoutAliases));
            if (!CsdlWriter.TryWriteCsdl(edm, writer, CsdlTarget.OData, out var errors))
                throw new InvalidOperationException(string.Join("; ", errors));
        }
        var aliases = references.SelectMany(x => x.Includes).ToDictionary(x => x.Namespace, x => x.Alias, StringComparer.Ordinal);
        foreach (var include in document.Descendants().Where(x => x.Name.LocalName == "Include"))
            include.SetAttributeValue("Alias", aliases[include.Attribute("Namespace")!.Value]);
        using var stream = new MemoryStream();
        using (var writer = XmlWriter.Create(stream, new XmlWriterSettings { Encoding = new UTF8Encoding(false), Indent = true }))
            document.Save(writer);
        return stream.ToArray();
    }

    private static EdmReference WithoutAliases(IEdmReference reference)
    {
        var bare = new EdmReference(reference.Uri);
        foreach (var include in reference.Includes) bare.AddInclude(new EdmInclude(alias: "", include.Namespace));
        return bare;
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
