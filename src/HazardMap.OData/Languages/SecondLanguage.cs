using System.Text.Json;

namespace HazardMap.OData;

/// <summary>
/// The sentences of refusals in a second language, beside English: an error then has the same text in <c>details</c>, under the
/// language's code. A resource is JSON, <c>{ "English, with {0} for what is filled in": "the same" }</c>.
/// </summary>
public sealed class SecondLanguage
{
    private static readonly Lazy<SecondLanguage> Zh = new(() =>
    {
        using var resource = typeof(SecondLanguage).Assembly.GetManifestResourceStream("HazardMap.OData.Languages.zh.json")!;
        return Read("zh", resource);
    });

    private readonly Dictionary<string, string> _sentences;

    private SecondLanguage(string code, Dictionary<string, string> sentences) => (Code, _sentences) = (code, sentences);

    /// <summary>Chinese; all sentences of this library.</summary>
    public static SecondLanguage Chinese => Zh.Value;

    /// <summary>By which it stands in <c>details</c>, such as <c>zh</c>.</summary>
    public string Code { get; }

    /// <summary>The sentences it knows, by the English ones.</summary>
    public IReadOnlyDictionary<string, string> Sentences => _sentences;

    /// <summary>Reads a language of one's own.</summary>
    /// <param name="code">Such as <c>de</c>.</param>
    /// <param name="json">An object of texts.</param>
    public static SecondLanguage Read(string code, Stream json) =>
        new(code, new(JsonSerializer.Deserialize<Dictionary<string, string>>(json)!, StringComparer.Ordinal));

    internal string? Of(string sentence) => _sentences.GetValueOrDefault(sentence);
}
