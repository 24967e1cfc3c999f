using Microsoft.AspNetCore.Http;

namespace HazardMap.OData;

/// <summary>A request with its query options read and the limits applied.</summary>
internal sealed record ODataRequest
{
    private static readonly HashSet<string> NotBuilt = new(StringComparer.Ordinal) { "index" };

    public required ODataOperation Operation { get; init; }

    public ODataAnswer Answer => Operation.Answer;

    /// <summary>The HTTP request that carries this one, for the host's hooks.</summary>
    public HttpContext Http => Operation.Http;

    public required ODataModel Model { get; init; }

    public required ODataOptions Options { get; init; }

    public ODataCaller Caller => Operation.Caller.Value;

    /// <summary>The same request by a caller for whom only these rows of the set exist.</summary>
    public ODataRequest ConfinedTo(EntitySet set, Restriction rows)
    {
        var confined = Caller.ConfinedTo(set, rows);
        return this with { Operation = Operation with { Caller = new Lazy<ODataCaller>(() => confined) } };
    }

    /// <summary>Absolute URL of the service root, ending in a slash.</summary>
    public string Root => Operation.Root;

    /// <summary>Query options as sent, by name without the dollar sign in small letters; parameter aliases keep their at-sign.</summary>
    public required IReadOnlyDictionary<string, string> Query { get; init; }

    /// <summary>Query options, read.</summary>
    public required QueryOptions Wanted { get; init; }

    public required Aliases Aliases { get; init; }

    public required Preferences Preferences { get; init; }

    /// <summary>Whether the client understands nothing newer than OData 4.0.</summary>
    public bool IsVersion40 => Operation.Headers["OData-MaxVersion"] == "4.0";

    public bool NumbersAsText => Preferences.NumbersAsText;

    /// <summary>The moment whose rows are asked for (<c>$asof</c>); null: now.</summary>
    public DateTimeOffset? AsOf { get; private init; }

    /// <summary>Path of the resource, percent-encoded, without the service root; for <c>$entity</c> that of the entity.</summary>
    public required string Path { get; init; }

    /// <summary>Path as sent, without the service root.</summary>
    public string RawPath => Operation.Path;

    public static ODataRequest Parse(ODataOperation operation, ODataModel model, ODataOptions options)
    {
        UriGuard.Check(operation.Path, operation.Query, options);
        var named = Read(operation.Query);
        return new ODataRequest
        {
            Operation = operation, Model = model, Options = options, Query = named,
            Preferences = Preferences.Of(operation, named.GetValueOrDefault("format")),
            Wanted = QueryOptions.Of(named, options), Aliases = new Aliases(named, options, implicitTexts: Custom(operation.Query)),
            AsOf = Moment(named.GetValueOrDefault("asof")),
            Path = EntityIds.IsEntity(operation.Path) ? EntityIds.Path(operation, named) : operation.Path,
        };
    }

    /// <summary>The body of a write, read whole before its transaction began.</summary>
    public ReadOnlyMemory<byte> Content { get; init; }

    // In a URL a plus sign may have become a blank.
    private static DateTimeOffset? Moment(string? text)
    {
        if (text is null) return null;
        var moment = Temporal.Moment(text.Trim().Replace(' ', '+'))
            ?? throw ODataRefusalException.Bad($"$asof must be a moment such as 2026-07-01T12:00:00Z, not {text}.", "$asof");
        return moment <= DateTimeOffset.UtcNow ? moment
            : throw ODataRefusalException.Bad($"$asof lies in the future: {text}. What was can be asked, not what will be.", "$asof");
    }

    // Names that OData does not know: arguments of the path's function, or nothing to us.
    private static Dictionary<string, string> Custom(string query)
    {
        var custom = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (var (name, value) in UriGuard.Options(query))
            if (OptionNames.Plain(name) is null) custom.TryAdd(name, value);
        return custom;
    }

    private static Dictionary<string, string> Read(string query)
    {
        var named = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (var (name, value) in UriGuard.Options(query))
        {
            var plain = OptionNames.Plain(name);
            if (plain is null && name.StartsWith('$')) throw ODataRefusalException.Bad($"Unknown query option {name}.", name);
            if (plain is null) continue;
            if (plain == "schemaversion" && value != "*")
                throw ODataRefusalException.Bad("The schema has no versions: $schemaversion can be *.", name);
            if (NotBuilt.Contains(plain)) throw ODataRefusalException.NotBuilt($"{name} is not built.", name);
            if (value.Length == 0 && !name.StartsWith('@')) throw ODataRefusalException.Bad($"{name} is empty.", name);
            if (!named.TryAdd(plain, value)) throw ODataRefusalException.Bad($"{name} is given twice.", name);
        }
        return named;
    }
}
