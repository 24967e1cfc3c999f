using HazardMap.Service.Database;
using HazardMap.Service.Hosting;
using Npgsql;

namespace HazardMap.Service.Photos.Uploads;

/// <summary>
/// Joins photos to inspections that arrived in the same moment, and takes away what nobody waits for any more: uploads that were not
/// whole in time, photos whose inspection never came, files without an upload, old receipts.
/// </summary>
internal sealed class UploadSweeper(NpgsqlDataSource database, UploadFiles files, HazardMapOptions options, ILogger<UploadSweeper> log)
    : BackgroundService
{
    private const int RoundsBetweenSweeps = 360;

    private const string Link = """
        select register.link_uploads(array(
          select u.inspection_id from register.uploads u
          where u.state = 'Waiting' and exists (select from register.inspections i where i.id = u.inspection_id)))
        """;

    private const string Expire = """
        with due as (
          select id, photo_id, state from register.uploads where state in ('Receiving', 'Waiting') and expires_at < clock_timestamp()
          for update skip locked),
        contents as (delete from register.photo_contents c using due d where d.state = 'Waiting' and c.photo_id = d.photo_id),
        origins as (delete from register.photo_origins o using due d where d.state = 'Waiting' and o.photo_id = d.photo_id)
        update register.uploads u set state = 'Expired', photo_id = null from due d where u.id = d.id
        """;

    private const string Forget = "delete from register.uploads where state not in ('Receiving', 'Waiting') "
        + "and coalesce(finished_at, expires_at) < clock_timestamp() - $1::interval";

    private const string StillReceived = "select id from register.uploads where id = any($1) and state = 'Receiving'";

    private static readonly TimeSpan Round = TimeSpan.FromSeconds(10);

    /// <summary>One sweep.</summary>
    public async Task SweepAsync(CancellationToken stop)
    {
        await database.ExecuteAsync(Expire, stop);
        await database.ExecuteAsync(Forget, stop, options.PhotoLimits.Receipts);
        var idle = files.Idle();
        if (idle.Count == 0) return;
        var received = await database.RowsAsync(StillReceived, row => row.GetGuid(0), stop, idle.ToArray());
        foreach (var id in idle.Except(received)) files.Delete(id);
    }

    /// <summary>Joins what waits for inspections that are there.</summary>
    public Task LinkAsync(CancellationToken stop) => database.ExecuteAsync(Link, stop);

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(Round);
        for (var round = 0; await timer.WaitForNextTickAsync(stoppingToken); round++)
        {
            try
            {
                await LinkAsync(stoppingToken);
                if (round % RoundsBetweenSweeps == 0) await SweepAsync(stoppingToken);
            }
            catch (Exception later) when (later is NpgsqlException or IOException)
            {
                log.LogInformation(later, "Uploads were not swept; the next round tries again");
            }
        }
    }
}
