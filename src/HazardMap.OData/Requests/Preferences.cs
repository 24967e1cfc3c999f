namespace HazardMap.OData;

/// <summary>What the client prefers: the <c>Prefer</c> header, <c>Accept</c> and <c>$format</c>.</summary>
internal sealed record Preferences
{
    public int? MaxPageSize { get; private init; }

    public string? Return { get; private init; }

    /// <summary>The client wants to be told later what has changed.</summary>
    public bool TrackChanges { get; private init; }

    public string Metadata { get; private init; } = "minimal";

    public bool NumbersAsText { get; private init; }

    public static Preferences Of(ODataOperation operation, string? format)
    {
        var preferences = new Preferences();
        foreach (var part in operation.Headers["Prefer"].SelectMany(x => (x ?? "").Split([',', ';'], StringSplitOptions.TrimEntries)))
        {
            var (name, value) = Pair(part);
            preferences = name switch
            {
                "maxpagesize" or "odata.maxpagesize"
                    when int.TryParse(value, System.Globalization.CultureInfo.InvariantCulture, out var size) && size > 0 =>
                    preferences with { MaxPageSize = size },
                "return" when value is "minimal" or "representation" => preferences with { Return = value },
                "track-changes" or "odata.track-changes" => preferences with { TrackChanges = true },
                _ => preferences,
            };
        }
        // A bare number or value is text, whatever else the client would take.
        if (format is null && IsRawValue(operation.Path)
            && operation.Headers.Accept.ToString().Contains("text/", StringComparison.OrdinalIgnoreCase)) return preferences;
        if (format is null && operation.Path.EndsWith("/$value", StringComparison.Ordinal)) return preferences;
        return WithFormat(preferences, format ?? operation.Headers.Accept.ToString(), format is not null);
    }

    private static Preferences WithFormat(Preferences preferences, string accept, bool explicitly)
    {
        if (accept.Length == 0) return preferences;
        var ranges = accept.Split(',', StringSplitOptions.TrimEntries);
        var range = Array.Find(ranges, IsJson);
        // Counts and raw values are text.
        if (range is null && Array.Exists(ranges, x => x.StartsWith("text/plain", StringComparison.OrdinalIgnoreCase))) return preferences;
        if (range is null)
            throw explicitly
                ? new ODataRefusalException(415, "UnsupportedFormat", $"$format={accept} is not served: use json.", "$format")
                : new ODataRefusalException(406, "NotAcceptable", "Answers are application/json.", "Accept");
        foreach (var parameter in range.Split(';', StringSplitOptions.TrimEntries).Skip(1))
        {
            var (name, value) = Pair(parameter);
            if (name is "odata.metadata" or "metadata") preferences = preferences with { Metadata = KnownMetadata(value) };
            if (string.Equals(name, "ieee754compatible", StringComparison.Ordinal))
                preferences = preferences with { NumbersAsText = value == "true" };
        }
        return preferences;
    }

    private static string KnownMetadata(string value) => value is "none" or "minimal" or "full"
        ? value
        : throw ODataRefusalException.Bad($"metadata={value} is not one of none, minimal, full.", "$format");

    private static bool IsRawValue(string path) =>
        path.EndsWith("/$count", StringComparison.Ordinal) || path.EndsWith("/$value", StringComparison.Ordinal);

    private static bool IsJson(string range) =>
        range.Split(';')[0].Trim().ToLowerInvariant() is "json" or "application/json" or "*/*" or "application/*";

    private static (string Name, string Value) Pair(string text)
    {
        var equals = text.IndexOf('=', StringComparison.Ordinal);
        return equals < 0
            ? (text.ToLowerInvariant(), "")
            : (text[..equals].Trim().ToLowerInvariant(), text[(equals + 1)..].Trim().Trim('"').ToLowerInvariant());
    }
}
