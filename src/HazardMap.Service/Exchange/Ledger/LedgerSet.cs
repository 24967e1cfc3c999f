using System.Text;
using HazardMap.Service.Register;

namespace HazardMap.Service.Exchange.Ledger;

/// <summary>A set of the register as ledgers hold it: which columns, in which order, and where its positions go.</summary>
internal sealed class LedgerSet
{
    private static readonly LedgerSet[] Sets =
    [
        new(ImportKind.Divisions, LedgerPlacement.Divisions), new(ImportKind.Facilities, LedgerPlacement.Facilities),
        new(ImportKind.Hazards, LedgerPlacement.Hazards),
    ];

    private readonly Dictionary<string, LedgerColumn> _byHeader;
    private readonly Dictionary<string, LedgerColumn> _byName;

    private LedgerSet(ImportKind kind, LedgerPlacement placement)
    {
        (Kind, Placement) = (kind, placement);
        var set = RegisterModel.Model.EntitySets[kind.ToString()];
        Columns = [.. set.Properties.SelectMany(LedgerColumn.Of).Select((column, i) => column with { Index = i })];
        _byName = Columns.ToDictionary(c => c.Name, StringComparer.Ordinal);
        _byHeader = Columns.SelectMany(c => c.Headers.Select(Simplify).Distinct(StringComparer.Ordinal).Select(h => (h, c)))
            .ToDictionary(x => x.h, x => x.c, StringComparer.Ordinal);
    }

    /// <summary>Which set.</summary>
    public ImportKind Kind { get; }

    /// <summary>Where its positions go.</summary>
    public LedgerPlacement Placement { get; }

    /// <summary>Its columns, in the order of the description.</summary>
    public IReadOnlyList<LedgerColumn> Columns { get; }

    /// <summary>The column that tells rows apart.</summary>
    public LedgerColumn Code => this["Code"];

    /// <summary>The column that a problem of the position is told of.</summary>
    public LedgerColumn Longitude => this["Longitude"];

    /// <summary>The column of that name.</summary>
    /// <param name="name">The header in English.</param>
    public LedgerColumn this[string name] => _byName[name];

    /// <summary>The set of a kind.</summary>
    public static LedgerSet Of(ImportKind kind) => Sets.First(s => s.Kind == kind);

    /// <summary>The column that a header names; <see langword="null"/> when it names none.</summary>
    public LedgerColumn? Find(string header) => _byHeader.GetValueOrDefault(Simplify(header));

    /// <summary>Headers of all sets, for a message.</summary>
    public static IEnumerable<LedgerColumn> KnownColumns =>
        Sets.Reverse().SelectMany(s => s.Columns).DistinctBy(c => c.Name, StringComparer.Ordinal);

    /// <summary>Whether any set has a column of that header that is called <paramref name="name"/>.</summary>
    public static bool Means(string header, string name) => Sets.Any(s => s.Find(header)?.Name == name);

    /// <summary>What the rows are: as asked for, else as headers tell that only one set has, else as the kinds that occur tell.</summary>
    /// <exception cref="RefusalException">Nothing tells.</exception>
    public static LedgerSet Decide(string fileName, ImportKind? asked, IReadOnlyCollection<string> headers, IEnumerable<string> kinds)
    {
        if (asked is ImportKind.Osm)
            throw new RefusalException("WrongKind", $"{fileName} is not an OpenStreetMap extract.",
                $"{fileName} 不是 OpenStreetMap 数据。", "--as");
        if (asked is { } kind) return Of(kind);
        if ((Sets.FirstOrDefault(s => headers.Any(s.Owns)) ?? kinds.Select(OfWord).FirstOrDefault(s => s is not null)) is { } told)
            return told;
        foreach (var set in Sets) set.RefuseTwice(headers, fileName);
        throw new RefusalException("KindUnknown",
            $"{fileName} does not tell whether it holds hazards, facilities or divisions; "
                + "say --as hazards, --as facilities or --as divisions.",
            $"{fileName} 无法判断是水域、设施还是区划；请用 --as hazards、--as facilities 或 --as divisions 指明。",
            "--as");
    }

    /// <summary>Refuses a file in which two headers name one column.</summary>
    public void RefuseTwice(IEnumerable<string> headers, string fileName)
    {
        if (headers.Select(Find).OfType<LedgerColumn>().GroupBy(c => c.Index).FirstOrDefault(g => g.Skip(1).Any())?.First() is { } twice)
            throw new RefusalException("HeaderTwice", $"{fileName}: the column {twice.Name} stands there twice.",
                $"{fileName}：“{twice.Zh}”列出现两次。", fileName);
    }

    private static LedgerSet? OfWord(string kind) =>
        Sets.Reverse().FirstOrDefault(s => s._byName.TryGetValue("Kind", out var column)
            && LedgerCells.WordsOf(column).Find(kind.Trim()) is not null);

    private bool Owns(string header) =>
        Find(header) is { } column && Array.TrueForAll(Sets, s => s == this || !s._byName.ContainsKey(column.Name));

    // Full-width forms, case, spaces and underscores don't matter.
    private static string Simplify(string header) =>
        header.Normalize(NormalizationForm.FormKC).Replace("_", "", StringComparison.Ordinal).Replace(" ", "", StringComparison.Ordinal)
            .Replace("\uFEFF", "", StringComparison.Ordinal).Trim().ToUpperInvariant();
}
