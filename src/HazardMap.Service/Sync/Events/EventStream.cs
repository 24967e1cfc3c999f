using HazardMap.Service.Accounts;

namespace HazardMap.Service.Sync.Events;

/// <summary>
/// One subscriber's stream. At each event his rights are asked anew: the stream ends with the log-in that opened it, and begins anew
/// when his area is another one.
/// </summary>
internal sealed class EventStream(HttpContext http, TokenCache tokens, EventRights events)
{
    private readonly string _token = TokenAuthentication.TokenOf(http.Request).Token ?? "";
    private readonly Account? _began = http.Items[typeof(Account)] as Account;
    private EventPlace _told;
    private EventPlace _passed;

    /// <summary>Tells an event if it is the subscriber's to know; false: he may not listen any more.</summary>
    public async Task<bool> TellAsync(RegisterEvent happened, CancellationToken stop)
    {
        if (await RightsAsync(stop) is not { } rights) return false;
        _passed = happened.Place;
        if (events.Tell(happened, rights) is not { } told) return true;
        await http.Response.WriteAsync($"event: change\nid: {happened.Place}\ndata: {told.Json()}\n\n", stop);
        _told = happened.Place;
        return true;
    }

    /// <summary>Tells where the stream stands: <c>ready</c>, or <c>reset</c> for who has to read again.</summary>
    public async Task MarkAsync(string what, EventPlace place, CancellationToken stop)
    {
        await http.Response.WriteAsync($"event: {what}\nid: {place}\ndata: {{}}\n\n", stop);
        _told = _passed = place;
        await FlushAsync(stop);
    }

    /// <summary>Says that the stream lives, and where it stands when nothing of it was told for a while.</summary>
    public async Task<bool> BeatAsync(CancellationToken stop)
    {
        if (await RightsAsync(stop) is null) return false;
        if (_passed != _told) await MarkAsync("ready", _passed, stop);
        else await http.Response.WriteAsync(": still here\n\n", stop);
        await FlushAsync(stop);
        return true;
    }

    /// <summary>Sends what was written.</summary>
    public Task FlushAsync(CancellationToken stop) => http.Response.Body.FlushAsync(stop);

    private async Task<Rights?> RightsAsync(CancellationToken stop)
    {
        var account = await tokens.FindAsync(_token, stop);
        return account is not null && _began is not null && account.Grants.SequenceEqual(_began.Grants) ? new Rights(account) : null;
    }
}
