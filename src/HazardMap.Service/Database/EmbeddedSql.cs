using System.Collections.Concurrent;

namespace HazardMap.Service.Database;

/// <summary>
/// SQL that stands in a file beside its store: <c>EmbeddedSql.Of&lt;RiskReader&gt;("Hazards")</c> is Hazards.sql in RiskReader's folder.
/// </summary>
internal static class EmbeddedSql
{
    private static readonly ConcurrentDictionary<string, string> Texts = new(StringComparer.Ordinal);

    /// <summary>The text of <paramref name="name"/>.sql in the folder (namespace) of <typeparamref name="TStore"/>.</summary>
    public static string Of<TStore>(string name) => Of(typeof(TStore), name);

    /// <summary>The text of <paramref name="name"/>.sql in the folder (namespace) of <paramref name="store"/>.</summary>
    public static string Of(Type store, string name) => Texts.GetOrAdd($"{store.Namespace}.{name}.sql", static resource =>
    {
        using var stream = typeof(EmbeddedSql).Assembly.GetManifestResourceStream(resource)
            ?? throw new InvalidOperationException($"There is no embedded statement {resource}.");
        using var reader = new StreamReader(stream);
        return reader.ReadToEnd();
    });
}
