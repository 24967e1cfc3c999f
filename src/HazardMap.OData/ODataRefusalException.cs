using System.Text.Json.Nodes;

namespace HazardMap.OData;

/// <summary>
/// The one way this library says no. It carries what the OData error object needs and becomes an HTTP answer in one
/// place. A host throws it from its hooks to refuse a change.
/// </summary>
/// <param name="status">HTTP status code.</param>
/// <param name="code">Stable machine-readable code in PascalCase.</param>
/// <param name="message">What is wrong and what to do.</param>
/// <param name="target">The property, option or header that is refused.</param>
public sealed class ODataRefusalException(int status, string code, RefusalText message, string? target = null)
    : Exception(message.ToString())
{
    /// <summary>The message, which a second language may know.</summary>
    internal RefusalText Text { get; } = message;

    /// <summary>HTTP status code.</summary>
    public int Status { get; } = status;

    /// <summary>Stable machine-readable code in PascalCase.</summary>
    public string Code { get; } = code;

    /// <summary>The property, option or header that is refused.</summary>
    public string? Target { get; } = target;

    /// <summary>More of the same refusal, such as the message in another language: code, message, target.</summary>
    public IReadOnlyList<ODataErrorDetail> Details { get; init; } = [];

    /// <summary>The current state of the entity, for a stale <c>If-Match</c>; written as <c>innererror/current</c>.</summary>
    public JsonNode? Current { get; init; }

    /// <summary>Seconds for the <c>Retry-After</c> header.</summary>
    public int? RetryAfterSeconds { get; init; }

    /// <summary>The methods that what was asked for has, for a 405.</summary>
    internal string? Allow { get; init; }

    /// <summary>What <c>Repeatability-Result</c> says, when it is about that.</summary>
    internal string? Repeatability { get; init; }

    /// <summary>What it says in another language; null: it is not known in that.</summary>
    /// <param name="language">The language.</param>
    public string? In(SecondLanguage language)
    {
        ArgumentNullException.ThrowIfNull(language);
        return Details.FirstOrDefault(x => x.Code == language.Code)?.Message ?? Text.In(language);
    }

    /// <summary>The same refusal of something inside something: its target begins with the place.</summary>
    internal ODataRefusalException Under(string place) => new(Status, Code, Text, Target is null ? place : $"{place}/{Target}")
    {
        Details = Details, Current = Current, RetryAfterSeconds = RetryAfterSeconds,
    };

    /// <summary>The same refusal of a method, with those that there are.</summary>
    internal ODataRefusalException Allowing(string methods) => new(Status, Code, Text, Target)
    {
        Details = Details, Current = Current, RetryAfterSeconds = RetryAfterSeconds, Allow = methods,
    };

    /// <summary>
    /// The same refusal of a method by what the path names; where that has the method, something that the body names has it not,
    /// and the body is what is wrong.
    /// </summary>
    internal ODataRefusalException OfMethod(string method, string methods) =>
        methods.Split(", ").Contains(method, StringComparer.Ordinal)
            ? new(422, Code, Text, Target) { Details = Details } : Allowing(methods);

    internal static ODataRefusalException Bad(RefusalText message, string? target = null, string code = "BadRequest") =>
        new(400, code, message, target);

    /// <summary>More than a limit of <see cref="ODataOptions"/> allows; the refusal names the limit and its value.</summary>
    internal static ODataRefusalException Over(string limit, long value, RefusalText message, string? target = null,
        string code = "TooMany", int status = 400)
    {
        var number = value.ToString(System.Globalization.CultureInfo.InvariantCulture);
        return new(status, code, $"{message} ({limit} = {number})", target) { Details = [new ODataErrorDetail("Limit", number, limit)] };
    }

    internal static ODataRefusalException NotBuilt(RefusalText message, string? target = null) =>
        new(501, "NotImplemented", message, target);

    internal static ODataRefusalException NotFound(RefusalText message, string? target = null) =>
        new(404, "NotFound", message, target);
}

/// <summary>One detail of an OData error.</summary>
/// <param name="Code">Machine-readable code.</param>
/// <param name="Message">Human-readable message.</param>
/// <param name="Target">What it is about.</param>
public sealed record ODataErrorDetail(string Code, string Message, string? Target = null);
