using System.Buffers;
using System.Buffers.Text;
using System.IO.Pipelines;
using System.Text;
using System.Text.Json;
using Microsoft.AspNetCore.Http;

namespace HazardMap.OData;

/// <summary>Answers of a batch as <c>{"responses": [...]}</c>.</summary>
internal sealed class JsonBatchWriter(PipeWriter pipe) : BatchWriter(pipe)
{
    private bool _first = true;

    public override string ContentType => "application/json";

    public override bool FailsAsOne => false;

    public override void Begin() => Text("{\"responses\":[");

    public override void End() => Text("]}");

    public override bool CanStream(string contentType) => SentType.IsJson(contentType);

    public override void BeginPart(BatchPart part, int status, IHeaderDictionary headers, bool hasBody)
    {
        Text(_first ? "{" : ",{");
        _first = false;
        Text($"\"id\":{Quoted(part.Id)},");
        if (part.Group is { } group) Text($"\"atomicityGroup\":{Quoted(group)},");
        Text($"\"status\":{status},\"headers\":{{");
        Text(string.Join(',', headers.Select(x => $"{Quoted(x.Key.ToLowerInvariant())}:{Quoted(x.Value.ToString())}")));
        Text(hasBody ? "},\"body\":" : "}");
    }

    public override void Body(ReadOnlySpan<byte> bytes, string contentType)
    {
        if (SentType.IsJson(contentType)) Pipe.Write(bytes);
        else
            Text(contentType.StartsWith("text/", StringComparison.OrdinalIgnoreCase)
                ? Quoted(Encoding.UTF8.GetString(bytes)) : Quoted(Base64Url.EncodeToString(bytes)));
    }

    public override void EndPart() => Text("}");

    private static string Quoted(string text) => "\"" + JsonEncodedText.Encode(text, JsonStream.Style.Encoder) + "\"";
}
