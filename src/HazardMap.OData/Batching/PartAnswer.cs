using System.Buffers;
using System.IO.Pipelines;
using Microsoft.AspNetCore.Http;

namespace HazardMap.OData;

/// <summary>The answer of one request of a batch: what is written is sent on as soon as there is enough of it.</summary>
internal sealed class PartAnswer : ODataAnswer
{
    private readonly BatchWriter _writer;
    private readonly BatchPart _part;
    private readonly ODataAnswer _batch;
    private readonly Pipe _body;
    private bool _hasStarted;

    public PartAnswer(BatchWriter writer, BatchPart part, ODataAnswer batch)
    {
        (_writer, _part, _batch) = (writer, part, batch);
        _body = new Pipe(this);
    }

    public override int Status { get; set; } = StatusCodes.Status200OK;

    public override IHeaderDictionary Headers { get; } = new HeaderDictionary();

    public override PipeWriter Body => _body;

    public override bool HasStarted => _hasStarted;

    public override void Clear()
    {
        Status = StatusCodes.Status200OK;
        Headers.Clear();
        _body.Clear();
    }

    public override void Abort() => _batch.Abort();

    /// <summary>Writes what is left of the answer.</summary>
    public async Task EndAsync(CancellationToken stop)
    {
        // The answer to HEAD has the headers of the answer to GET.
        if (_part.Method == "HEAD") _body.Clear();
        Start();
        _body.SendOn(Headers.ContentType.ToString());
        _writer.EndPart();
        await _writer.SendAsync(stop);
    }

    private void Start()
    {
        if (_hasStarted) return;
        _hasStarted = true;
        _writer.BeginPart(_part, Status, Headers, _body.UnflushedBytes > 0);
    }

    private bool CanStream => _part.Method != "HEAD" && _writer.CanStream(Headers.ContentType.ToString());

    /// <summary>Keeps what is written until it is flushed, so that an early failure can still be answered as one.</summary>
    private sealed class Pipe(PartAnswer answer) : PipeWriter
    {
        private readonly ArrayBufferWriter<byte> _buffer = new();

        public override bool CanGetUnflushedBytes => true;

        public override long UnflushedBytes => _buffer.WrittenCount;

        public void Clear() => _buffer.ResetWrittenCount();

        public void SendOn(string contentType)
        {
            if (_buffer.WrittenCount > 0) answer._writer.Body(_buffer.WrittenSpan, contentType);
            _buffer.ResetWrittenCount();
        }

        public override void Advance(int bytes) => _buffer.Advance(bytes);

        public override Memory<byte> GetMemory(int sizeHint = 0) => _buffer.GetMemory(sizeHint);

        public override Span<byte> GetSpan(int sizeHint = 0) => _buffer.GetSpan(sizeHint);

        public override ValueTask<FlushResult> FlushAsync(CancellationToken cancellationToken = default)
        {
            if (!answer.CanStream || _buffer.WrittenCount == 0) return ValueTask.FromResult(default(FlushResult));
            answer.Start();
            SendOn(answer.Headers.ContentType.ToString());
            return answer._writer.SendAsync(cancellationToken);
        }

        public override void CancelPendingFlush()
        {
        }

        public override void Complete(Exception? exception = null)
        {
        }
    }
}
