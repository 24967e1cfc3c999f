using System.Security.Cryptography;
using HazardMap.OData;
using HazardMap.Service.Accounts;
using HazardMap.Service.Database;
using Npgsql;

namespace HazardMap.Service.Photos.Uploads;

/// <summary>
/// Makes a photo of an upload that has all its bytes: they are what their sender says, they are a picture, and it is kept. What fails for
/// a reason of ours leaves the upload as it is; whoever asks next tries again.
/// </summary>
internal sealed class UploadFinisher(NpgsqlDataSource database, UploadFiles files)
{
    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(60);

    // The same bytes for the same inspection, sent by two phones or twice, become one photo.
    private const string TakeTurn = "select pg_advisory_xact_lock(hashtextextended('hazardmap.photo ' || $1 || $2, 0))";

    private const string FindSame = """
        select p.id from register.photos p
        where p.inspection_id = $1 and p.received_sha256 = $2
          and ($3::text[] is null or p.division_code like any ($3::text[]))
        order by p.created_at, p.id limit 1
        """;

    private const string IsThatPhoto = """
        update register.uploads u set state = 'Done', photo_id = p.id, areas = $3, media_type = p.media_type, size_bytes = p.size_bytes,
          received_sha256 = p.received_sha256, stored_sha256 = p.sha256, print = p.print, finished_at = clock_timestamp()
        from register.photos p where u.id = $1 and u.state = 'Receiving' and p.id = $2
        """;

    private const string Wait = """
        update register.uploads set state = 'Waiting', photo_id = $2, areas = $3, media_type = $4, size_bytes = $5, received_sha256 = $6,
          stored_sha256 = $7, print = $8, finished_at = clock_timestamp(), expires_at = clock_timestamp() + $9
        where id = $1 and state = 'Receiving'
        """;

    /// <summary>Finishes an upload that is whole.</summary>
    /// <param name="upload">The upload, all of whose bytes are in its file.</param>
    /// <param name="rights">Who sends it: the photo goes to an inspection in his area.</param>
    /// <param name="waiting">How long the photo may wait for its inspection.</param>
    /// <exception cref="ODataRefusalException">It is no picture that is taken, or changed on its way.</exception>
    /// <remarks>Not called off when its sender goes: he asks again what became of it.</remarks>
    public async Task FinishAsync(Upload upload, Rights rights, TimeSpan waiting)
    {
        using var limit = new CancellationTokenSource(Limit);
        var stop = limit.Token;
        var received = await ReadAsync(upload, stop);
        var sha256 = Convert.ToHexStringLower(SHA256.HashData(received));
        if (upload.Sha256 is { } said && said != sha256)
        {
            using (var file = files.Open(upload.Id)) file.SetLength(0);
            throw UploadRefusals.Mismatch("The photo", "照片", "Upload-Metadata");
        }
        var areas = AreasOf(rights);
        if (await database.ScalarAsync<Guid?>(FindSame, stop, upload.InspectionId, sha256, areas) is { } same)
            await database.ExecuteAsync(IsThatPhoto, stop, upload.Id, same, areas);
        else
            await KeepAsync(upload, await PictureAsync(upload, received, stop), rights.Actor, areas, waiting, stop);
        files.Delete(upload.Id);
    }

    /// <summary>Patterns of the divisions in which the inspection of a photo may lie; null: everywhere.</summary>
    public static string[]? AreasOf(Rights rights) => rights.Of(Roles.Outside).Patterns;

    private async Task<byte[]> ReadAsync(Upload upload, CancellationToken stop)
    {
        using var file = files.Open(upload.Id);
        var received = new byte[upload.Length];
        await file.ReadExactlyAsync(received, stop);
        return received;
    }

    // What the file is it will be tomorrow: the refusal is kept and said again.
    private async Task<CleanPicture> PictureAsync(Upload upload, byte[] received, CancellationToken stop)
    {
        try
        {
            return await CleanPicture.OfAsync(received, claimed: null, stop);
        }
        catch (ODataRefusalException refused) when (refused.Status is >= 400 and < 500)
        {
            var zh = refused.Details.FirstOrDefault(x => x.Code == "zh")?.Message ?? refused.Message;
            await Upload.RefuseAsync(database, upload.Id, new(refused.Status, refused.Code, refused.Message, zh), stop);
            files.Delete(upload.Id);
            throw;
        }
    }

    private async Task KeepAsync(
        Upload upload, CleanPicture picture, string actor, string[]? areas, TimeSpan waiting, CancellationToken stop)
    {
        await using var connection = await database.OpenPatientlyAsync(stop);
        await using (var transaction = await connection.BeginAsAsync(actor, stop))
        {
            await connection.ExecuteAsync(TakeTurn, stop, upload.InspectionId.ToString(), picture.ReceivedSha256);
            if (await connection.ScalarAsync<Guid?>(FindSame, stop, upload.InspectionId, picture.ReceivedSha256, areas) is { } same)
            {
                await connection.ExecuteAsync(IsThatPhoto, stop, upload.Id, same, areas);
            }
            else
            {
                var photo = Guid.CreateVersion7();
                await PhotoStore.WriteAsync(connection, photo, picture, stop);
                await connection.ExecuteAsync(Wait, stop, upload.Id, photo, areas, picture.Type, picture.Content.Length,
                    picture.ReceivedSha256, picture.Sha256, picture.Print, waiting);
                await LinkAsync(connection, upload.InspectionId, stop);
            }
            await transaction.CommitAsync(stop);
        }
        // An inspection that arrived meanwhile did not see the photo, nor the photo it; what even this misses the sweeper finds.
        await LinkAsync(connection, upload.InspectionId, stop);
    }

    private static Task LinkAsync(NpgsqlConnection connection, Guid inspection, CancellationToken stop) =>
        connection.ExecuteAsync("select register.link_uploads(array[$1::uuid])", stop, inspection);
}
