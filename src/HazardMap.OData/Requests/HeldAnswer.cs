using System.IO.Pipelines;
using Microsoft.AspNetCore.Http;

namespace HazardMap.OData;

/// <summary>
/// An answer kept in memory until it is certain: a change is only answered after its commit, and the answer of a repeatable
/// request is stored with the change itself.
/// </summary>
internal sealed class HeldAnswer : ODataAnswer
{
    private MemoryStream _stream = new();
    private PipeWriter _writer;

    public HeldAnswer() => _writer = PipeWriter.Create(_stream);

    public override int Status { get; set; } = StatusCodes.Status200OK;

    public override IHeaderDictionary Headers { get; } = new HeaderDictionary();

    public override PipeWriter Body => _writer;

    public override bool HasStarted => false;

    public override void Clear()
    {
        Status = StatusCodes.Status200OK;
        Headers.Clear();
        _stream = new MemoryStream();
        _writer = PipeWriter.Create(_stream);
    }

    public override void Abort() => throw new InvalidOperationException("An answer in memory cannot break off.");

    public async Task<ReadOnlyMemory<byte>> BytesAsync()
    {
        await _writer.FlushAsync();
        return _stream.GetBuffer().AsMemory(0, (int)_stream.Length);
    }

    public async Task SendToAsync(ODataAnswer answer, CancellationToken stop)
    {
        answer.Status = Status;
        foreach (var (name, value) in Headers) answer.Headers[name] = value;
        if (await BytesAsync() is { Length: > 0 } bytes) await answer.Body.WriteAsync(bytes, stop);
    }
}
