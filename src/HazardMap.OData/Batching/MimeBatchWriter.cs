using System.Buffers;
using System.IO.Pipelines;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.WebUtilities;

namespace HazardMap.OData;

/// <summary>Answers of a batch as multipart/mixed; a change set that succeeded is a multipart within it.</summary>
internal sealed class MimeBatchWriter(PipeWriter pipe) : BatchWriter(pipe)
{
    private readonly string _outer = "batchresponse_" + Guid.NewGuid().ToString("N");
    private string? _inner;

    public override string ContentType => "multipart/mixed;boundary=" + _outer;

    public override bool FailsAsOne => true;

    public override void Begin()
    {
    }

    public override void End() => Text($"--{_outer}--\r\n");

    public override void BeginGroup()
    {
        _inner = "changesetresponse_" + Guid.NewGuid().ToString("N");
        Text($"--{_outer}\r\nContent-Type: multipart/mixed;boundary={_inner}\r\n\r\n");
    }

    public override void EndGroup()
    {
        Text($"--{_inner}--\r\n");
        _inner = null;
    }

    public override bool CanStream(string contentType) => true;

    public override void BeginPart(BatchPart part, int status, IHeaderDictionary headers, bool hasBody)
    {
        Text($"--{_inner ?? _outer}\r\nContent-Type: application/http\r\nContent-Transfer-Encoding: binary\r\n");
        if (part.IsNamed) Text($"Content-ID: {part.Id}\r\n");
        Text($"\r\nHTTP/1.1 {status} {ReasonPhrases.GetReasonPhrase(status)}\r\n");
        foreach (var (name, value) in headers) Text($"{name}: {value}\r\n");
        Text("\r\n");
    }

    public override void Body(ReadOnlySpan<byte> bytes, string contentType) => Pipe.Write(bytes);

    public override void EndPart() => Text("\r\n");
}
