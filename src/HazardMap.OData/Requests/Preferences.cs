namespace HazardMap.OData;

/// <summary>What the client prefers: the <c>Prefer</c> header, <c>Accept</c> and <c>$format</c>.</summary>
internal sealed record Preferences
{
    private static readonly string[] Json = ["application/json"];

    public int? MaxPageSize { get; private init; }

    public string? Return { get; private init; }

    /// <summary>The client wants to be told later what has changed.</summary>
    public bool TrackChanges { get; private init; }

    /// <summary>A change that was made on an older state than it meets is to be merged with what others did.</summary>
    public bool Merge { get; private init; }

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
                "merge" => preferences with { Merge = true },
                _ => preferences,
            };
        }
        return WithFormat(preferences, operation, format);
    }

    private static Preferences WithFormat(Preferences preferences, ODataOperation operation, string? format)
    {
        // A stream has a type of its own, and what a raw value is, is known when it is found: PropertyReader looks at what is accepted.
        if (format is null && operation.Path.EndsWith("/$value", StringComparison.Ordinal)) return preferences;
        var (_, asked) = MediaTypes.Choose(operation, format, IsRawValue(operation.Path) ? ["application/json", "text/plain"] : Json);
        return asked is null ? preferences : preferences with
        {
            Metadata = asked.Of("odata.metadata", "metadata") ?? "minimal",
            NumbersAsText = asked.Of("ieee754compatible") == "true",
        };
    }

    private static bool IsRawValue(string path) =>
        path.EndsWith("/$count", StringComparison.Ordinal) || path.EndsWith("/$value", StringComparison.Ordinal);

    private static (string Name, string Value) Pair(string text)
    {
        var equals = text.IndexOf('=', StringComparison.Ordinal);
        return equals < 0
            ? (text.ToLowerInvariant(), "")
            : (text[..equals].Trim().ToLowerInvariant(), text[(equals + 1)..].Trim().Trim('"').ToLowerInvariant());
    }
}
