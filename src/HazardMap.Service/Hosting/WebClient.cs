using System.Text;
using Microsoft.AspNetCore.StaticFiles;
using Microsoft.Extensions.FileProviders;
using Microsoft.Net.Http.Headers;

namespace HazardMap.Service.Hosting;

/// <summary>
/// Serves the web app's files: the shell revalidated, hashed assets for ever, and the brotli or gzip made at build time where
/// the browser takes it. The files are public; what they ask for is not.
/// </summary>
internal static class WebClient
{
    private const string Shell = "/index.html";
    private static readonly FileExtensionContentTypeProvider Types = new()
    {
        Mappings = { [".webmanifest"] = "application/manifest+json", [".mjs"] = "text/javascript", [".pmtiles"] =
            "application/octet-stream" },
    };

    public static IApplicationBuilder UseWebClient(this IApplicationBuilder app, IFileProvider files) => app.Use(async (http, next) =>
    {
        if (!(HttpMethods.IsGet(http.Request.Method) || HttpMethods.IsHead(http.Request.Method)))
        {
            await next(http);
            return;
        }
        var path = http.Request.Path.Value is "/" or null ? Shell : http.Request.Path.Value;
        var file = files.GetFileInfo(path);
        if (file.Exists && !file.IsDirectory)
            await SendAsync(http, files, path, file);
        else if (path == Shell)
            await NotBuiltAsync(http);
        else
            await next(http);
    });

    private static async Task SendAsync(HttpContext http, IFileProvider files, string path, IFileInfo file)
    {
        var response = http.Response;
        var hashed = path.StartsWith("/assets/", StringComparison.Ordinal);
        response.ContentType = Types.TryGetContentType(path, out var type) ? TextOf(type) : "application/octet-stream";
        response.Headers.CacheControl = hashed ? "public, max-age=31536000, immutable" : "no-cache";
        response.Headers.Vary = HeaderNames.AcceptEncoding;
        var (sent, encoding) = Encoded(http.Request, files, path, file);
        var tag = new EntityTagHeaderValue($"\"{sent.LastModified.ToUnixTimeMilliseconds():x}-{sent.Length:x}{encoding}\"");
        response.GetTypedHeaders().ETag = tag;
        if (await Conditions.AnswerAsync(http, tag)) return;
        if (encoding.Length > 0)
            response.Headers.ContentEncoding = encoding;
        response.ContentLength = sent.Length;
        if (HttpMethods.IsGet(http.Request.Method))
            await response.SendFileAsync(sent, http.RequestAborted);
    }

    private static (IFileInfo File, string Encoding) Encoded(HttpRequest request, IFileProvider files, string path, IFileInfo file)
    {
        var accepted = request.GetTypedHeaders().AcceptEncoding;
        foreach (var (encoding, extension) in new[] { ("br", ".br"), ("gzip", ".gz") })
        {
            if (accepted.Any(a => a.Value == encoding && a.Quality is not 0)
                && files.GetFileInfo(path + extension) is { Exists: true } packed)
                return (packed, encoding);
        }
        return (file, "");
    }

    private static string TextOf(string type) =>
        type.StartsWith("text/", StringComparison.Ordinal) || type is "application/javascript" or "application/json"
            ? type + "; charset=utf-8" : type;

    private static Task NotBuiltAsync(HttpContext http)
    {
        http.Response.StatusCode = StatusCodes.Status503ServiceUnavailable;
        http.Response.ContentType = "text/html; charset=utf-8";
        return http.Response.WriteAsync("<!doctype html><title>HazardMap</title><p>网页尚未构建，"
            + "请使用 ./hazardmap up 启动。<p>The web app is not built; start with ./hazardmap up.", Encoding.UTF8,
            http.RequestAborted);
    }
}
