using HazardMap.Service.Database;
using HazardMap.Service.Hosting;
using Npgsql;

namespace HazardMap.Service.Photos;

/// <summary>Whether an account may send a further photo: of what it sent within 24 hours, and of the room for all photos.</summary>
internal sealed class PhotoQuota(NpgsqlDataSource database, HazardMapOptions options)
{
    // What an upload that became a photo has sent is counted as the photo.
    private const string OfTheDay = """
        select count(*), coalesce(sum(bytes), 0)::bigint from (
          select size_bytes as bytes from register.photos where created_by = $1 and created_at > now() - interval '1 day'
          union all
          select length from register.uploads where account = $1 and created_at > now() - interval '1 day'
            and state in ('Receiving', 'Waiting')) sent
        """;

    private static readonly TimeSpan Memory = TimeSpan.FromSeconds(30);
    private (long Bytes, DateTime Until) _total;

    /// <summary>Refuses what is too much: 413 for the day's quota, 507 where there is no room for anybody's.</summary>
    /// <param name="account">Who sends.</param>
    /// <param name="bytes">The photo's length.</param>
    /// <param name="stop">Ends the asking.</param>
    public async Task NeedAsync(string account, long bytes, CancellationToken stop)
    {
        var limits = options.PhotoLimits;
        if (await TotalAsync(stop) + bytes > limits.TotalBytes) throw PictureRefusals.NoRoom(limits.TotalBytes);
        var (photos, sent) = await database.RowAsync(OfTheDay, row => (row.GetInt64(0), row.GetInt64(1)), stop, account);
        if (photos >= limits.PhotosADay) throw PictureRefusals.TooManyToday(limits.PhotosADay);
        if (sent + bytes > limits.BytesADay) throw PictureRefusals.TooMuchToday(limits.BytesADay);
    }

    // The room that the table takes, which is known without reading it.
    private async Task<long> TotalAsync(CancellationToken stop)
    {
        if (_total.Until < DateTime.UtcNow)
            _total = (await database.ScalarAsync<long>("select pg_total_relation_size('register.photo_contents')", stop),
                DateTime.UtcNow + Memory);
        return _total.Bytes;
    }
}
