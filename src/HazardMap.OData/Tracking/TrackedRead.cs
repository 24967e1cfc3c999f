using Microsoft.AspNetCore.Http;
using Npgsql;

namespace HazardMap.OData;

/// <summary>
/// A read of a whole set whose changes are to be followed. Its moment is that before the first page, carried along from page
/// to page: what changes in between is told again, never lost.
/// </summary>
internal sealed class TrackedRead
{
    private readonly ODataRequest _request;
    private readonly Tracking _tracking;
    private DeltaToken? _token;

    private TrackedRead(ODataRequest request, Tracking tracking, DeltaToken? token)
    {
        _request = request;
        _tracking = tracking;
        _token = token;
    }

    private bool IsFirstPage => _token is null;

    /// <summary>What the next link adds to its place.</summary>
    public string Suffix => "." + _token!.Write(_request.Options);

    public string DeltaLink => TrackingLinks.Delta(_request, _token!.Write(_request.Options));

    /// <summary>The tracking of a page; null when nobody asked for it, or it cannot be had.</summary>
    public static TrackedRead? Of(ODataRequest request, PageQuery query)
    {
        var (place, carried) = SkipToken.Split(request.Query.GetValueOrDefault("skiptoken"));
        if (place is null ? !request.Preferences.TrackChanges : carried is null) return null;
        return query.Tracking is { } tracking ? new TrackedRead(request, tracking, carried is null ? null : tracking.Read(carried)) : null;
    }

    /// <summary>Must be the first statement of the read.</summary>
    public void AddTo(ReadBatch batch) => batch.Add(_tracking.MomentSql(), new SqlParameters());

    public async Task BeginAsync(NpgsqlDataReader reader, CancellationToken stop)
    {
        if (IsFirstPage)
            _request.Answer.Headers.Append("Preference-Applied", _request.IsVersion40 ? "odata.track-changes" : "track-changes");
        var now = await _tracking.BeginAsync(reader, _token, stop);
        _token ??= now;
    }
}
