using System.Buffers;
using System.IO.Pipelines;

namespace HazardMap.OData;

/// <summary>
/// Keeps what is written until it is sent, so that it can be taken back when the answer fails before its first byte is out. The
/// server's own writer cannot: half a page would stand before the error.
/// </summary>
internal sealed class TakenBackWriter(Func<PipeWriter> server) : PipeWriter
{
    private byte[] _held = [];
    private int _count;

    public override bool CanGetUnflushedBytes => true;

    public override long UnflushedBytes => _count;

    /// <summary>Forgets what is not sent.</summary>
    public void TakeBack()
    {
        if (_held.Length > 0) ArrayPool<byte>.Shared.Return(_held);
        (_held, _count) = ([], 0);
    }

    /// <summary>Gives all to the server, which sends it when it sees fit.</summary>
    public void HandOver()
    {
        if (_count > 0) server().Write(_held.AsSpan(0, _count));
        TakeBack();
    }

    public override void Advance(int bytes) => _count += bytes;

    public override Memory<byte> GetMemory(int sizeHint = 0)
    {
        NeedRoom(Math.Max(sizeHint, 1));
        return _held.AsMemory(_count);
    }

    public override Span<byte> GetSpan(int sizeHint = 0) => GetMemory(sizeHint).Span;

    public override ValueTask<FlushResult> FlushAsync(CancellationToken cancellationToken = default)
    {
        HandOver();
        return server().FlushAsync(cancellationToken);
    }

    public override void CancelPendingFlush() => server().CancelPendingFlush();

    public override void Complete(Exception? exception = null)
    {
    }

    private void NeedRoom(int bytes)
    {
        if (_held.Length - _count >= bytes) return;
        var larger = ArrayPool<byte>.Shared.Rent(Math.Max(4096, Math.Max(2 * _held.Length, _count + bytes)));
        _held.AsSpan(0, _count).CopyTo(larger);
        if (_held.Length > 0) ArrayPool<byte>.Shared.Return(_held);
        _held = larger;
    }
}
