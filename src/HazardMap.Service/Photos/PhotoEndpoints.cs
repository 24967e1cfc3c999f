using HazardMap.Service.Accounts;
using HazardMap.Service.Database;
using HazardMap.Service.Hosting;
using Microsoft.Net.Http.Headers;
using Npgsql;

namespace HazardMap.Service.Photos;

/// <summary>
/// <c>/api/photos/{id}/thumbnail</c>, the picture small, and <c>/api/photos/{id}/origin</c>, where and when its camera says it was taken,
/// for who may know where somebody was.
/// </summary>
internal static class PhotoEndpoints
{
    // Where somebody was is for those who lead him.
    private const Roles SeesOrigins = Roles.Leading;

    private const string InArea = "($2::text[] is null or p.division_code like any ($2::text[]))";

    private const string FindThumbnail = $"""
        select c.thumbnail, p.sha256 from register.photos p join register.photo_contents c on c.photo_id = p.id
        where p.id = $1 and {InArea}
        """;

    private const string FindOrigin = $"""
        select st_x(o.position::geometry), st_y(o.position::geometry), o.taken_at, coalesce(o.zone_is_told, false)
        from register.photos p left join register.photo_origins o on o.photo_id = p.id
        where p.id = $1 and {InArea}
        """;

    public static void Map(IEndpointRouteBuilder routes)
    {
        routes.MapGet("/api/photos/{id:guid}/thumbnail", ThumbnailAsync).OpenTo(Roles.SeesPeople);
        routes.MapGet("/api/photos/{id:guid}/origin", OriginAsync).OpenTo(SeesOrigins);
    }

    private static async Task<IResult> ThumbnailAsync(Guid id, HttpContext http, NpgsqlDataSource database, CancellationToken stop)
    {
        var areas = Areas.Of(http).Of(Roles.SeesPeople).Patterns;
        var found = await database.RowAsync(FindThumbnail, row => new
        {
            Bytes = row.IsDBNull(0) ? null : row.GetFieldValue<byte[]>(0),
            Tag = $"\"{(row.IsDBNull(1) ? id.ToString() : row.GetString(1))}\"",
        }, stop, id, areas);
        if (found is null) return await NoSuchAsync(http);
        var tag = new EntityTagHeaderValue(found.Tag);
        http.Response.GetTypedHeaders().ETag = tag;
        // Asked for again each time, as the right to see it may have gone; what has not changed is not sent again.
        http.Response.Headers.CacheControl = "private, no-cache";
        if (await Conditions.AnswerAsync(http, tag)) return Results.Empty;
        return Results.Bytes(found.Bytes ?? await MakeAsync(id, database, stop), "image/jpeg");
    }

    // Photos that are older than thumbnails get theirs when somebody looks.
    private static async Task<byte[]> MakeAsync(Guid id, NpgsqlDataSource database, CancellationToken stop)
    {
        var content = await database.ScalarAsync<byte[]>("select content from register.photo_contents where photo_id = $1", stop, id);
        var thumbnail = await PictureCleaner.ThumbnailAsync(content, stop);
        await database.ExecuteAsync("update register.photo_contents set thumbnail = $2 where photo_id = $1 and content = $3", stop,
            id, thumbnail, content);
        return thumbnail;
    }

    private static async Task<IResult> OriginAsync(Guid id, HttpContext http, NpgsqlDataSource database, CancellationToken stop)
    {
        var found = await database.RowAsync(FindOrigin, row => new
        {
            position = row.IsDBNull(0) ? null : new { type = "Point", coordinates = new[] { row.GetDouble(0), row.GetDouble(1) } },
            takenAt = row.IsDBNull(2) ? (DateTime?)null : row.GetDateTime(2), zoneIsTold = row.GetBoolean(3),
        }, stop, id, Areas.Of(http).Of(SeesOrigins).Patterns);
        return found is null ? await NoSuchAsync(http) : Results.Json(found);
    }

    private static async Task<IResult> NoSuchAsync(HttpContext http)
    {
        await Errors.WriteAsync(http, 404, "NotFound", "There is no such photo.", "没有该照片。");
        return Results.Empty;
    }
}
