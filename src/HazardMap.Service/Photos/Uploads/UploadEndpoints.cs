using System.Globalization;
using HazardMap.OData;
using HazardMap.Service.Accounts;
using HazardMap.Service.Database;
using HazardMap.Service.Hosting;
using Npgsql;

namespace HazardMap.Service.Photos.Uploads;

/// <summary>
/// <c>/api/uploads</c>: photos in pieces, by tus 1.0.0 (core, creation, creation-with-upload, checksum, expiration, termination). The
/// finishing request, HEAD and GET tell what became of it: the photo, and the digests of what was received and of what is kept.
/// </summary>
internal static class UploadEndpoints
{
    private const string Path = "/api/uploads", One = "/api/uploads/{id:guid}";

    public static void Map(IEndpointRouteBuilder routes)
    {
        routes.MapMethods(Path, [HttpMethods.Options], (HttpContext http) => Tell(http)).AllowAnonymous();
        routes.MapMethods(One, [HttpMethods.Options], (HttpContext http) => Tell(http)).AllowAnonymous();
        var uploads = routes.MapGroup("").OpenTo(Roles.Outside).AddEndpointFilter(AnswerAsync);
        uploads.MapPost(Path, BeginAsync);
        uploads.MapMethods(One, [HttpMethods.Head], HeadAsync);
        uploads.MapGet(One, ReceiptAsync);
        uploads.MapPatch(One, PatchAsync);
        uploads.MapDelete(One, EndAsync);
        uploads.MapPost(One, OverriddenAsync);
    }

    // Every refusal in both languages, with the headers of the protocol.
    private static async ValueTask<object?> AnswerAsync(EndpointFilterInvocationContext call, EndpointFilterDelegate next)
    {
        var http = call.HttpContext;
        http.Response.Headers["Tus-Resumable"] = TusHeaders.Version;
        try
        {
            if (!HttpMethods.IsGet(http.Request.Method) && http.Request.Headers["Tus-Resumable"] != TusHeaders.Version)
            {
                http.Response.Headers["Tus-Version"] = TusHeaders.Version;
                throw UploadRefusals.OtherVersion();
            }
            return await next(call);
        }
        catch (ODataRefusalException refused)
        {
            await RefuseAsync(http, refused);
        }
        catch (IOException full)
        {
            await RefuseAsync(http, UploadRefusals.DiskFull(full.Message));
        }
        catch (Exception full) when (DatabaseFault.Of(full) == DatabaseFault.DiskFull)
        {
            await RefuseAsync(http, UploadRefusals.DiskFull("PostgreSQL"));
        }
        return Results.Empty;
    }

    private static Task RefuseAsync(HttpContext http, ODataRefusalException refused)
    {
        if (refused.RetryAfterSeconds is { } seconds && !http.Response.HasStarted)
            http.Response.Headers.RetryAfter = seconds.ToString(CultureInfo.InvariantCulture);
        return Errors.WriteAsync(http, refused.Status, refused.Code, refused.Message,
            refused.Details.FirstOrDefault(x => x.Code == "zh")?.Message, refused.Target);
    }

    private static IResult Tell(HttpContext http)
    {
        var headers = http.Response.Headers;
        headers["Tus-Resumable"] = headers["Tus-Version"] = TusHeaders.Version;
        headers["Tus-Extension"] = TusHeaders.Extensions;
        headers["Tus-Checksum-Algorithm"] = TusHeaders.Algorithms;
        headers["Tus-Max-Size"] = PhotoLimits.MostBytes.ToString(CultureInfo.InvariantCulture);
        return Results.NoContent();
    }

    private static async Task<IResult> BeginAsync(HttpContext http, NpgsqlDataSource database, PhotoQuota quota, UploadFiles files,
        HazardMapOptions options, UploadDesk desk, CancellationToken stop)
    {
        var rights = Areas.Of(http);
        if (TusHeaders.Number(http.Request, "Upload-Length") is not { } length || length == 0)
            throw UploadRefusals.BadHeader("Upload-Length", "must say how many bytes the photo has", "须说明照片的字节数");
        if (length > PhotoLimits.MostBytes) throw UploadRefusals.TooLong(length);
        var metadata = TusHeaders.Read(http.Request);
        var hasBody = http.Request.ContentLength is > 0 || http.Request.Headers.TransferEncoding.Count > 0;
        if (hasBody) NeedType(http.Request);
        var upload = metadata.Sha256 is { } sha256
            ? await Upload.FindSameAsync(database, rights.Actor, metadata.Inspection, (int)length, sha256, stop) : null;
        if (upload is null)
        {
            await quota.NeedAsync(rights.Actor, length, stop);
            if (files.FreeBytes() < length + options.PhotoLimits.FreeBytes) throw UploadRefusals.DiskFull("df");
            upload = await Upload.BeginAsync(database, rights.Actor, metadata.Inspection, metadata.Filename, (int)length, metadata.Sha256,
                options.PhotoLimits.Unfinished, stop);
        }
        http.Response.Headers.Location = $"{Path}/{upload.Id}";
        // Bytes that come along belong at the beginning; of an upload that is further already they are not wanted.
        await desk.TakeAsync(upload.Id, offset: hasBody ? 0 : null, isStart: true);
        return Results.StatusCode(StatusCodes.Status201Created);
    }

    private static async Task<IResult> HeadAsync(Guid id, UploadDesk desk)
    {
        await desk.TakeAsync(id, offset: null, isStart: false);
        return Results.Ok();
    }

    private static async Task<IResult> PatchAsync(Guid id, HttpContext http, UploadDesk desk)
    {
        NeedType(http.Request);
        if (TusHeaders.Number(http.Request, "Upload-Offset") is not { } offset)
            throw UploadRefusals.BadHeader("Upload-Offset", "must say where the bytes belong", "须说明数据的起始位置");
        await desk.TakeAsync(id, offset, isStart: false);
        return Results.NoContent();
    }

    private static Task<IResult> OverriddenAsync(Guid id, HttpContext http, UploadDesk desk) =>
        http.Request.Headers["X-HTTP-Method-Override"].ToString() switch
        {
            "PATCH" => PatchAsync(id, http, desk),
            "DELETE" => EndAsync(id, desk),
            "HEAD" => HeadAsync(id, desk),
            _ => throw UploadRefusals.BadHeader("X-HTTP-Method-Override", "must be PATCH, DELETE or HEAD",
                "应为 PATCH、DELETE 或 HEAD"),
        };

    private static async Task<IResult> EndAsync(Guid id, UploadDesk desk)
    {
        await desk.EndAsync(id);
        return Results.NoContent();
    }

    private static async Task<IResult> ReceiptAsync(Guid id, UploadDesk desk) => Results.Json(await desk.ReceiptAsync(id));

    private static void NeedType(HttpRequest request)
    {
        if (request.ContentType != TusHeaders.ContentType) throw UploadRefusals.WrongType();
    }
}
