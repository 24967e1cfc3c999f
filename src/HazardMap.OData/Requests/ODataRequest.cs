using Microsoft.AspNetCore.Http;
using Microsoft.OData;
using Microsoft.OData.UriParser;

namespace HazardMap.OData;

/// <summary>A request as the URI parser understood it, with the limits applied.</summary>
internal sealed record ODataRequest
{
    private static readonly HashSet<string> Known = new(StringComparer.Ordinal)
    {
        "filter", "select", "expand", "orderby", "top", "skip", "count", "search", "skiptoken", "format",
        "apply", "compute", "deltatoken", "id", "index", "levels", "schemaversion",
    };

    private static readonly HashSet<string> NotBuilt = new(StringComparer.Ordinal) { "compute", "index" };

    public required ODataOperation Operation { get; init; }

    public ODataAnswer Answer => Operation.Answer;

    /// <summary>The HTTP request that carries this one, for the host's hooks.</summary>
    public HttpContext Http => Operation.Http;

    public required ODataModel Model { get; init; }

    public required ODataOptions Options { get; init; }

    public ODataCaller Caller => Operation.Caller.Value;

    /// <summary>Absolute URL of the service root, ending in a slash.</summary>
    public string Root => Operation.Root;

    public required ODataUriParser Parser { get; init; }

    public required ODataPath Path { get; init; }

    /// <summary>Query options by name, without the dollar sign; parameter aliases keep their at-sign.</summary>
    public required IReadOnlyDictionary<string, string> Query { get; init; }

    public required Preferences Preferences { get; init; }

    /// <summary>Whether the client understands nothing newer than OData 4.0.</summary>
    public bool IsVersion40 => Operation.Headers["OData-MaxVersion"] == "4.0";

    public bool NumbersAsText => Preferences.NumbersAsText;

    /// <summary>Texts in lists that were kept from the parser.</summary>
    public required ListLiterals Lists { get; init; }

    /// <summary>Path as sent, without the service root.</summary>
    public string RawPath => Operation.Path;

    public static ODataRequest Parse(ODataOperation operation, ODataModel model, ODataOptions options)
    {
        var (path, query) = (operation.Path, operation.Query);
        UriGuard.Check(path, query, options);
        var named = Read(query);
        var lists = new ListLiterals();
        var parser = NewParser(model, options, operation.Root, path + WithoutAwkwardLists(query, lists));
        return new ODataRequest
        {
            Operation = operation, Model = model, Options = options, Query = named, Lists = lists, Parser = parser,
            Preferences = Preferences.Of(operation, named.GetValueOrDefault("format")), Path = Guarded(parser.ParsePath, "the path"),
        };
    }

    /// <summary>The body of a write, read whole before its transaction began.</summary>
    public ReadOnlyMemory<byte> Content { get; init; }

    /// <summary>Runs a step of the parser; whatever it throws is the client's mistake, said as such.</summary>
    public static T Guarded<T>(Func<T> step, string target)
    {
        try
        {
            System.Runtime.CompilerServices.RuntimeHelpers.EnsureSufficientExecutionStack();
            return step();
        }
        catch (ODataUnrecognizedPathException error)
        {
            throw ODataRefusalException.NotFound(error.Message);
        }
        catch (ODataRefusalException)
        {
            throw;
        }
        catch (ODataException error)
        {
            throw ODataRefusalException.Bad(error.Message + Hint(error), target);
        }
        // The parser lets other exceptions through for some malformed input; they are about the input all the same.
        catch (Exception error) when (error is not OperationCanceledException and not OutOfMemoryException)
        {
            throw ODataRefusalException.Bad($"{target} cannot be understood ({error.GetType().Name}).", target);
        }
    }

    /// <summary>The parser only says "unrecognized" of a shape; what is wrong is nearly always one of these.</summary>
    private static string Hint(ODataException error) =>
        error.Message.Contains("geography'", StringComparison.OrdinalIgnoreCase)
            ? " A shape is written geography'SRID=4326;Point(104.2 23.4)': longitude in the range -180 to 180, then latitude in the range -90 to 90."
            : "";

    private static string WithoutAwkwardLists(string query, ListLiterals lists)
    {
        var options = UriGuard.Options(query).Select(x => $"{Uri.EscapeDataString(x.Name)}={Uri.EscapeDataString(lists.TakeOut(x.Value))}").ToList();
        return lists.IsEmpty ? query : "?" + string.Join('&', options);
    }

    private static Dictionary<string, string> Read(string query)
    {
        var named = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (var (name, value) in UriGuard.Options(query))
        {
            var isSystem = name.StartsWith('$');
            var plain = isSystem ? name[1..] : name;
            if (isSystem && !Known.Contains(plain)) throw ODataRefusalException.Bad($"Unknown query option {name}.", name);
            if (isSystem && NotBuilt.Contains(plain)) throw ODataRefusalException.NotBuilt($"{name} is not built yet.", name);
            if (!isSystem && !Known.Contains(plain) && !name.StartsWith('@')) continue;
            if (value.Length == 0 && !name.StartsWith('@')) throw ODataRefusalException.Bad($"{name} is empty.", name);
            if (!named.TryAdd(plain, value)) throw ODataRefusalException.Bad($"{name} is given twice.", name);
        }
        return named;
    }

    private static ODataUriParser NewParser(ODataModel model, ODataOptions options, string root, string relative)
    {
        UriFunctions.Ensure();
        var parser = Guarded(
            () => new ODataUriParser(model.Edm, new Uri(root), new Uri(root + relative.TrimStart('/'))), "the URL");
        parser.Resolver = new UriResolver();
        parser.UrlKeyDelimiter = ODataUrlKeyDelimiter.Slash;
        parser.EnableNoDollarQueryOptions = true;
        parser.Settings.MaximumExpansionDepth = options.MaxExpansionDepth;
        parser.Settings.MaximumExpansionCount = options.MaxExpansionCount;
        return parser;
    }
}
