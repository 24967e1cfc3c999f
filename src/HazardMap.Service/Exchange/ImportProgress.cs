using System.Globalization;

namespace HazardMap.Service.Exchange;

/// <summary>Says once a second how far an import is: somebody who waits for a large file wants to know that it moves.</summary>
internal sealed class ImportProgress : IAsyncDisposable
{
    private static readonly TimeSpan EverySecond = TimeSpan.FromSeconds(1);
    private readonly CancellationTokenSource _ended = new();
    private readonly Task _telling;
    private string _phase = "opening / 打开文件";
    private long _done, _total;

    /// <summary>Begins.</summary>
    /// <param name="say">Hears one line a second.</param>
    public ImportProgress(Action<string> say) => _telling = TellAsync(say);

    /// <summary>What is done from now on.</summary>
    /// <param name="phase">In both languages.</param>
    /// <param name="total">How many rows there are; 0: nobody knows yet.</param>
    public void Begin(string phase, long total = 0)
    {
        Volatile.Write(ref _done, 0);
        Volatile.Write(ref _total, total);
        Volatile.Write(ref _phase, phase);
    }

    /// <summary>How many rows are done.</summary>
    public void Done(long rows) => Volatile.Write(ref _done, rows);

    public async ValueTask DisposeAsync()
    {
        await _ended.CancelAsync();
        await _telling;
        _ended.Dispose();
    }

    private async Task TellAsync(Action<string> say)
    {
        using var timer = new PeriodicTimer(EverySecond);
        try
        {
            while (await timer.WaitForNextTickAsync(_ended.Token)) say(Line());
        }
        catch (OperationCanceledException)
        {
            // It has ended.
        }
    }

    private string Line()
    {
        var (done, total) = (Volatile.Read(ref _done), Volatile.Read(ref _total));
        FormattableString rows = (done, total) switch
        {
            (0, 0) => $"",
            (_, 0) => $": {done:#,0}",
            _ => $": {done:#,0} / {total:#,0}",
        };
        return Volatile.Read(ref _phase) + rows.ToString(CultureInfo.InvariantCulture);
    }
}
