using System.Buffers;
using System.IO.Pipelines;
using Microsoft.AspNetCore.Http;

namespace HazardMap.OData;

/// <summary>The answer of one request of a batch: what is written is sent on as soon as there is enough of it.</summary>
internal sealed class PartAnswer : ODataAnswer
{
    private readonly BatchWriter writer;
    private readonly BatchPart part;
    private readonly ODataAnswer batch;
    private readonly Pipe body;
    private bool hasStarted;

    public PartAnswer(BatchWriter writer, BatchPart part, ODataAnswer batch)
    {
        (this.writer, this.part, this.batch) = (writer, part, batch);
        body = new Pipe(this);
    }

    public override int Status { get; set; } = StatusCodes.Status200OK;

    public override IHeaderDictionary Headers { get; } = new HeaderDictionary();

    public override PipeWriter Body => body;

    public override bool HasStarted => hasStarted;

    public override void Clear()
    {
        Status = StatusCodes.Status200OK;
        Headers.Clear();
        body.Clear();
    }

    public override void Abort() => batch.Abort();

    /// <summary>Writes what is left of the answer.</summary>
    public async Task End(CancellationToken cancellation)
    {
        // The answer to HEAD has the headers of the answer to GET.
        if (part.Method == "HEAD") body.Clear();
        Start();
        body.SendOn(Headers.ContentType.ToString());
        writer.EndPart();
        await writer.Send(cancellation);
    }

    private void Start()
    {
        if (hasStarted) return;
        hasStarted = true;
        writer.BeginPart(part, Status, Headers, body.UnflushedBytes > 0);
    }

    private bool CanStream => part.Method != "HEAD" && writer.CanStream(Headers.ContentType.ToString());

    /// <summary>Keeps what is written until it is flushed, so that an early failure can still be answered as one.</summary>
    private sealed class Pipe(PartAnswer answer) : PipeWriter
    {
        private readonly ArrayBufferWriter<byte> buffer = new();

        public override bool CanGetUnflushedBytes => true;

        public override long UnflushedBytes => buffer.WrittenCount;

        public void Clear() => buffer.ResetWrittenCount();

        public void SendOn(string contentType)
        {
            if (buffer.WrittenCount > 0) answer.writer.Body(buffer.WrittenSpan, contentType);
            buffer.ResetWrittenCount();
        }

        public override void Advance(int bytes) => buffer.Advance(bytes);

        public override Memory<byte> GetMemory(int sizeHint = 0) => buffer.GetMemory(sizeHint);

        public override Span<byte> GetSpan(int sizeHint = 0) => buffer.GetSpan(sizeHint);

        public override ValueTask<FlushResult> FlushAsync(CancellationToken cancellationToken = default)
        {
            if (!answer.CanStream || buffer.WrittenCount == 0) return ValueTask.FromResult(default(FlushResult));
            answer.Start();
            SendOn(answer.Headers.ContentType.ToString());
            return answer.writer.Send(cancellationToken);
        }

        public override void CancelPendingFlush()
        {
        }

        public override void Complete(Exception? exception = null)
        {
        }
    }
}
