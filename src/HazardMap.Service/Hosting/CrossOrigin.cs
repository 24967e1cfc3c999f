namespace HazardMap.Service.Hosting;

/// <summary>
/// Web pages of other origins that may call the service: none, unless <c>HAZARDMAP_CORS_ORIGINS</c> lists them, separated by commas.
/// They bring a token of their own; the cookie of a login here is never taken from there.
/// </summary>
internal static class CrossOrigin
{
    /// <summary>The setting.</summary>
    public const string Setting = "HAZARDMAP_CORS_ORIGINS";

    private static readonly string[] Methods =
        [HttpMethods.Get, HttpMethods.Head, HttpMethods.Post, HttpMethods.Patch, HttpMethods.Put, HttpMethods.Delete];

    // What a page may read besides the headers that every page may.
    private static readonly string[] Exposed =
    [
        "Allow", "ETag", "HazardMap-Received-At", "Location", "Merge-Conflicts", "OData-EntityId", "OData-Version", "Preference-Applied",
        "Repeatability-Result", "Retry-After",
        "Tus-Checksum-Algorithm", "Tus-Extension", "Tus-Max-Size", "Tus-Resumable", "Tus-Version", "Upload-Expires", "Upload-Length",
        "Upload-Metadata", "Upload-Offset", "Photo-Id", "Photo-Received-Sha256", "Photo-Sha256", "Photo-State",
    ];

    /// <summary>The origins that the environment lists.</summary>
    /// <exception cref="RefusalException">One of them is no origin.</exception>
    public static IReadOnlyList<string> Listed() => Read(Environment.GetEnvironmentVariable(Setting) ?? "");

    /// <summary>The origins of a list.</summary>
    /// <exception cref="RefusalException">One of them is no origin.</exception>
    public static IReadOnlyList<string> Read(string list) =>
        [.. list.Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries).Select(Origin)];

    public static void AddCrossOrigin(this IServiceCollection services, IReadOnlyList<string> origins)
    {
        if (origins.Count == 0) return;
        services.AddCors(cors => cors.AddDefaultPolicy(policy => policy.WithOrigins([.. origins]).WithMethods(Methods).AllowAnyHeader()
            .WithExposedHeaders(Exposed).SetPreflightMaxAge(TimeSpan.FromHours(1))));
    }

    public static void UseCrossOrigin(this WebApplication app, IReadOnlyList<string> origins)
    {
        if (origins.Count > 0) app.UseCors();
    }

    private static string Origin(string text) =>
        Uri.TryCreate(text, UriKind.Absolute, out var url) && url.Scheme is "http" or "https"
            && string.Equals(url.GetLeftPart(UriPartial.Authority), text, StringComparison.OrdinalIgnoreCase)
            ? text
            : throw new RefusalException("NotAnOrigin",
                $"{Setting} lists \"{text}\", which is no origin. Write scheme, host and port only, such as https://map.example.",
                $"{Setting} 中的“{text}”不是来源地址。只写协议、主机和端口，例如 https://map.example。",
                Setting);
}
