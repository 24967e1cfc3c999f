using System.IO.Pipelines;
using Microsoft.AspNetCore.Http;

namespace HazardMap.OData;

/// <summary>
/// An answer kept in memory until it is certain: a change is only answered after its commit, and the answer of a repeatable
/// request is stored with the change itself.
/// </summary>
internal sealed class HeldAnswer : ODataAnswer
{
    private MemoryStream stream = new();
    private PipeWriter writer;

    public HeldAnswer() => writer = PipeWriter.Create(stream);

    public override int Status { get; set; } = StatusCodes.Status200OK;

    public override IHeaderDictionary Headers { get; } = new HeaderDictionary();

    public override PipeWriter Body => writer;

    public override bool HasStarted => false;

    public override void Clear()
    {
        Status = StatusCodes.Status200OK;
        Headers.Clear();
        stream = new MemoryStream();
        writer = PipeWriter.Create(stream);
    }

    public override void Abort() => throw new InvalidOperationException("An answer in memory cannot break off.");

    public async Task<ReadOnlyMemory<byte>> Bytes()
    {
        await writer.FlushAsync();
        return stream.GetBuffer().AsMemory(0, (int)stream.Length);
    }

    public async Task SendTo(ODataAnswer answer, CancellationToken cancellation)
    {
        answer.Status = Status;
        foreach (var (name, value) in Headers) answer.Headers[name] = value;
        if (await Bytes() is { Length: > 0 } bytes) await answer.Body.WriteAsync(bytes, cancellation);
    }
}
