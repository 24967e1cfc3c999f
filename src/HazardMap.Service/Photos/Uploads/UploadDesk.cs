using System.Buffers;
using System.Globalization;
using System.Security.Cryptography;
using HazardMap.OData;
using HazardMap.Service.Accounts;
using HazardMap.Service.Hosting;
using Npgsql;

namespace HazardMap.Service.Photos.Uploads;

/// <summary>What one request does to an upload of its account: it takes bytes, finishes what is whole, and tells how far it is.</summary>
internal sealed class UploadDesk(IHttpContextAccessor accessor, NpgsqlDataSource database, UploadFiles files, UploadTurns turns,
    UploadFinisher finisher, HazardMapOptions options)
{
    private const int PieceBytes = 64 * 1024;

    // For what has arrived and was not read yet when somebody newer comes.
    private static readonly TimeSpan Grace = TimeSpan.FromMilliseconds(500);

    private readonly HttpContext _http = accessor.HttpContext!;

    private Rights Rights => Areas.Of(_http);

    /// <summary>Takes the body's bytes, if they are the next ones, and says in headers how far the upload is then.</summary>
    /// <param name="id">The upload.</param>
    /// <param name="offset">Where the body belongs; null: there is none.</param>
    /// <param name="isStart">Whether the request began it: bytes that are there already are passed over.</param>
    public async Task TakeAsync(Guid id, long? offset, bool isStart)
    {
        using var turn = await turns.TakeAsync(id, _http.RequestAborted);
        var upload = await NeedAsync(id);
        Say("Upload-Expires", upload.ExpiresAt.ToString("R", CultureInfo.InvariantCulture));
        Say("Upload-Length", upload.Length.ToString(CultureInfo.InvariantCulture));
        Say("Upload-Metadata", TusHeaders.Write(upload));
        if (upload.Refusal is { } refusal) throw UploadRefusals.Again(refusal);
        if (!upload.IsWhole)
        {
            using (var file = files.Open(id))
            {
                Say("Upload-Offset", file.Length.ToString(CultureInfo.InvariantCulture));
                if (offset is { } at && !(isStart && file.Length > 0)) await AppendAsync(upload, file, at, turn.IsOver);
                if (file.Length < upload.Length) return;
            }
            await FinishAsync(upload);
            upload = await NeedAsync(id);
        }
        else if (offset is { } at && !isStart)
        {
            Say("Upload-Offset", upload.Length.ToString(CultureInfo.InvariantCulture));
            if (at != upload.Length) throw UploadRefusals.OtherOffset(upload.Length);
            if (_http.Request.ContentLength is > 0) throw UploadRefusals.Overlong(upload.Length);
        }
        SayReceipt(upload);
    }

    /// <summary>Calls an upload off.</summary>
    public async Task EndAsync(Guid id)
    {
        using var turn = await turns.TakeAsync(id, _http.RequestAborted);
        var upload = await NeedAsync(id);
        if (upload.State == UploadState.Done) throw UploadRefusals.IsAPhoto();
        await Upload.EndAsync(database, id, _http.RequestAborted);
        files.Delete(id);
    }

    /// <summary>What became of an upload.</summary>
    public async Task<object> ReceiptAsync(Guid id)
    {
        var upload = await Upload.FindAsync(database, id, Rights.Actor, _http.RequestAborted) ?? throw UploadRefusals.NoSuch();
        long offset = upload.Length;
        if (upload.State == UploadState.Receiving)
        {
            using var turn = await turns.TakeAsync(id, _http.RequestAborted);
            using var file = files.Open(id);
            offset = file.Length;
        }
        return new
        {
            id = upload.Id, state = upload.State.ToString(), inspectionId = upload.InspectionId, filename = upload.Filename,
            length = upload.Length, offset, photoId = upload.PhotoId, receivedSha256 = upload.ReceivedSha256,
            storedSha256 = upload.StoredSha256, mediaType = upload.MediaType, sizeBytes = upload.SizeBytes, refusal = upload.Refusal,
            createdAt = upload.CreatedAt, expiresAt = upload.ExpiresAt, finishedAt = upload.FinishedAt,
        };
    }

    private async Task<Upload> NeedAsync(Guid id)
    {
        var upload = await Upload.FindAsync(database, id, Rights.Actor, _http.RequestAborted) ?? throw UploadRefusals.NoSuch();
        if (upload.State is UploadState.Ended or UploadState.Expired) throw UploadRefusals.Gone(upload.State);
        if (upload.State == UploadState.Receiving && upload.ExpiresAt < DateTime.UtcNow) throw UploadRefusals.Gone(UploadState.Expired);
        return upload;
    }

    // The checksum of a whole piece decides about it; of a piece whose sender was cut off, what arrived stays: the photo's own digest
    // decides about all of it in the end.
    private async Task AppendAsync(Upload upload, FileStream file, long offset, CancellationToken stop)
    {
        if (offset != file.Length) throw UploadRefusals.OtherOffset(file.Length);
        if (offset + _http.Request.ContentLength > upload.Length) throw UploadRefusals.Overlong(upload.Length);
        var checksum = TusHeaders.Checksum(_http.Request);
        using var hash = checksum?.Hash;
        bool isWholePiece;
        try
        {
            isWholePiece = await CopyAsync(upload, file, hash, stop);
            file.Flush(flushToDisk: true);
        }
        catch (IOException)
        {
            // What the disk did not take is not there; what was told before is.
            file.SetLength(offset);
            throw;
        }
        if (isWholePiece && file.Length > upload.Length)
        {
            file.SetLength(offset);
            throw UploadRefusals.Overlong(upload.Length);
        }
        if (isWholePiece && hash is not null && !CryptographicOperations.FixedTimeEquals(hash.GetHashAndReset(), checksum!.Value.Expected))
        {
            file.SetLength(offset);
            file.Flush(flushToDisk: true);
            throw UploadRefusals.Mismatch("The piece", "该段数据", "Upload-Checksum");
        }
        Say("Upload-Offset", file.Length.ToString(CultureInfo.InvariantCulture));
    }

    /// <summary>Whether the body came to its end, rather than its sender to his.</summary>
    private async Task<bool> CopyAsync(Upload upload, FileStream file, IncrementalHash? hash, CancellationToken stop)
    {
        using var grace = new CancellationTokenSource();
        using var over = stop.Register(() => grace.CancelAfter(Grace));
        var piece = ArrayPool<byte>.Shared.Rent(PieceBytes);
        file.Position = file.Length;
        try
        {
            while (file.Length <= upload.Length)
            {
                if (await ReadAsync(piece, grace.Token) is not { } read) return false;
                if (read == 0) return true;
                hash?.AppendData(piece.AsSpan(0, read));
                file.Write(piece.AsSpan(0, read));
            }
            return true;
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(piece);
        }
    }

    // Null: the connection was cut, or somebody newer has the right of way. That the sender has gone is known before all that he sent has
    // been read, so it ends nothing: what arrived before the cut need not be sent again.
    private async Task<int?> ReadAsync(byte[] piece, CancellationToken stop)
    {
        try
        {
            return await _http.Request.Body.ReadAsync(piece, stop);
        }
        catch (Exception cut) when (cut is IOException or OperationCanceledException)
        {
            return null;
        }
    }

    private async Task FinishAsync(Upload upload)
    {
        try
        {
            await finisher.FinishAsync(upload, Rights, options.PhotoLimits.Waiting);
        }
        catch (ODataRefusalException refused) when (refused.Status == UploadRefusals.ChecksumMismatch)
        {
            Say("Upload-Offset", "0");
            throw;
        }
    }

    private void SayReceipt(Upload upload)
    {
        Say("Upload-Offset", upload.Length.ToString(CultureInfo.InvariantCulture));
        Say("Photo-State", upload.State.ToString());
        Say("Photo-Id", upload.PhotoId!.Value.ToString());
        Say("Photo-Received-Sha256", upload.ReceivedSha256!);
        Say("Photo-Sha256", upload.StoredSha256!);
    }

    private void Say(string header, string value) => _http.Response.Headers[header] = value;
}
