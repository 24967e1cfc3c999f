using Microsoft.AspNetCore.Routing.Patterns;
using Microsoft.AspNetCore.Routing.Template;

namespace HazardMap.Service.Hosting;

/// <summary>
/// What a path answers to a method that it does not have: 405 with <c>Allow</c>, and to OPTIONS the same list. Routing alone would
/// take such a request for one to nowhere, because there is an answer for nowhere. <c>/odata</c> knows its own methods.
/// </summary>
internal static class OtherMethods
{
    private static readonly string[] Reading = [HttpMethods.Get, HttpMethods.Head];

    /// <summary>Goes between routing and the login, which those who only ask what there is do not need.</summary>
    public static void UseOtherMethods(this WebApplication app)
    {
        var files = app.Environment.WebRootFileProvider;
        IEndpointRouteBuilder routes = app;
        var known = new Lazy<List<(TemplateMatcher Path, IReadOnlyList<string> Methods)>>(() => [.. Known(routes)]);
        app.Use((http, next) =>
        {
            if (http.GetEndpoint() is RouteEndpoint found && found.Metadata.GetMetadata<Nowhere>() is null) return next(http);
            var methods = known.Value.Where(x => x.Path.TryMatch(http.Request.Path, new RouteValueDictionary())).SelectMany(x => x.Methods)
                .Concat(IsFile(files, http.Request.Path) ? Reading : [])
                .Distinct(StringComparer.Ordinal).ToList();
            return methods.Count == 0 || methods.Contains(http.Request.Method) ? next(http) : AnswerAsync(http, methods);
        });
    }

    private static IEnumerable<(TemplateMatcher Path, IReadOnlyList<string> Methods)> Known(IEndpointRouteBuilder routes) =>
        routes.DataSources.SelectMany(x => x.Endpoints).OfType<RouteEndpoint>()
            .Where(x => x.Metadata.GetMetadata<IHttpMethodMetadata>() is not null)
            .Select(x => (Matcher(x.RoutePattern), x.Metadata.GetMetadata<IHttpMethodMetadata>()!.HttpMethods));

    private static TemplateMatcher Matcher(RoutePattern pattern) => new(new RouteTemplate(pattern), new RouteValueDictionary());

    private static bool IsFile(Microsoft.Extensions.FileProviders.IFileProvider files, PathString path) =>
        path.Value is "/" or null || files.GetFileInfo(path.Value) is { Exists: true, IsDirectory: false };

    private static Task AnswerAsync(HttpContext http, List<string> methods)
    {
        var allowed = string.Join(", ", methods.Append(HttpMethods.Options).Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal));
        http.Response.Headers.Allow = allowed;
        if (HttpMethods.IsOptions(http.Request.Method))
        {
            http.Response.StatusCode = StatusCodes.Status204NoContent;
            return Task.CompletedTask;
        }
        return BareAnswers.WriteAsync(http, StatusCodes.Status405MethodNotAllowed, reason: null);
    }
}

/// <summary>Marks the endpoint of every path that nothing else answers.</summary>
internal sealed class Nowhere;
