namespace HazardMap.Service.Photos.Uploads;

/// <summary>
/// One request at a time works on an upload, and the newest has the right of way: a phone whose connection was cut comes back before the
/// service has noticed, and must be told how many bytes of its former request are safe.
/// </summary>
internal sealed class UploadTurns
{
    private readonly Dictionary<Guid, Turn> _turns = [];

    /// <summary>Asks whoever works on the upload to stop, and waits until he has. Dispose the turn.</summary>
    /// <param name="id">The upload.</param>
    /// <param name="stop">Ends the waiting.</param>
    public async Task<Turn> TakeAsync(Guid id, CancellationToken stop)
    {
        while (true)
        {
            Turn former;
            lock (_turns)
            {
                if (!_turns.TryGetValue(id, out former!)) return _turns[id] = new Turn(this, id);
                former.GiveWay();
            }
            await former.Ended.WaitAsync(stop);
        }
    }

    private void End(Guid id)
    {
        lock (_turns) _turns.Remove(id);
    }

    /// <summary>The right to work on an upload.</summary>
    internal sealed class Turn(UploadTurns turns, Guid id) : IDisposable
    {
        private readonly CancellationTokenSource _giveWay = new();
        private readonly TaskCompletionSource _ended = new(TaskCreationOptions.RunContinuationsAsynchronously);

        /// <summary>Somebody newer waits: take no more bytes.</summary>
        public CancellationToken IsOver => _giveWay.Token;

        /// <summary>Completes when the turn is over.</summary>
        public Task Ended => _ended.Task;

        /// <summary>Under the lock of the turns, so never after the end.</summary>
        public void GiveWay() => _giveWay.Cancel();

        public void Dispose()
        {
            turns.End(id);
            _giveWay.Dispose();
            _ended.TrySetResult();
        }
    }
}
