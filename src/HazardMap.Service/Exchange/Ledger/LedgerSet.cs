using HazardMap.Service.Register;

namespace HazardMap.Service.Exchange.Ledger;

/// <summary>A set of the register as ledgers hold it: which columns, in which order, and where its positions go.</summary>
internal sealed class LedgerSet
{
    private static readonly LedgerSet[] Sets =
    [
        new(ImportKind.Divisions, LedgerPlacement.Divisions), new(ImportKind.Facilities, LedgerPlacement.Facilities),
        new(ImportKind.Hazards, LedgerPlacement.Hazards), new(ImportKind.Settlements, LedgerPlacement.Settlements),
    ];

    private readonly Dictionary<string, LedgerColumn> _byHeader;
    private readonly Dictionary<string, LedgerColumn> _byName;

    private LedgerSet(ImportKind kind, LedgerPlacement placement)
    {
        (Kind, Placement) = (kind, placement);
        var set = RegisterModel.Model.EntitySets[kind.ToString()];
        // Shapes are long: they stand last.
        Columns = [.. set.Properties.SelectMany(LedgerColumn.Of).OrderBy(c => c.IsShape).Select((column, i) => column with { Index = i })];
        _byName = Columns.ToDictionary(c => c.Name, StringComparer.Ordinal);
        _byHeader = Columns.SelectMany(c => c.Headers.Select(LedgerHeaders.Simplify).Distinct(StringComparer.Ordinal).Select(h => (h, c)))
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

    /// <summary>The column of a shape in well-known text; null: the set has points only.</summary>
    public LedgerColumn? Shape => _byName.GetValueOrDefault("Shape");

    /// <summary>The column that a header names; <see langword="null"/> when it names none.</summary>
    public LedgerColumn? Find(string header) => FindScaled(header)?.Column;

    /// <summary>The column that a header names, and how many of the property's units the unit has that the header names.</summary>
    public (LedgerColumn Column, double Scale)? FindScaled(string header)
    {
        var simplified = LedgerHeaders.Simplify(header);
        if (_byHeader.TryGetValue(simplified, out var column)) return (column, 1);
        if (LedgerHeaders.Split(simplified) is not { } parts || !_byHeader.TryGetValue(parts.Name, out column)) return null;
        if (column.Property.Unit == "m" && NumberText.Metres(parts.Remark) is { } metres) return (column, metres);
        return LedgerHeaders.IsNeutral(parts.Remark) ? (column, 1) : null;
    }

    /// <summary>The columns that headers name, in their order. A township's name beside its code is not read: the code is.</summary>
    public (LedgerColumn Column, double Scale)?[] FindAll(IReadOnlyList<string> headers)
    {
        var found = headers.Select(FindScaled).ToArray();
        for (var i = 0; i < found.Length; i++)
            if (found[i] is { } f && LedgerHeaders.IsSecondary(headers[i])
                && headers.Where((h, j) => j != i && found[j]?.Column == f.Column && !LedgerHeaders.IsSecondary(h)).Any())
                found[i] = null;
        return found;
    }

    /// <summary>Headers of all sets, for a message.</summary>
    public static IEnumerable<LedgerColumn> KnownColumns =>
        Sets.Reverse().OrderBy(s => s.Kind == ImportKind.Settlements).SelectMany(s => s.Columns)
            .DistinctBy(c => c.Name, StringComparer.Ordinal);

    /// <summary>Whether any set has a column of that header.</summary>
    public static bool IsKnown(string header) => header.Length > 0 && Array.Exists(Sets, s => s.Find(header) is not null);

    /// <summary>Whether any set has a column of that header that is called <paramref name="name"/>.</summary>
    public static bool Means(string header, string name) => Sets.Any(s => s.Find(header)?.Name == name);

    /// <summary>What the rows are: as asked for, else as most of the headers tell that only one set has, else as the kinds that occur
    /// tell.</summary>
    /// <exception cref="RefusalException">Nothing tells.</exception>
    public static LedgerSet Decide(string fileName, ImportKind? asked, IReadOnlyList<string> headers, IEnumerable<string> kinds)
    {
        if (asked is ImportKind.Osm)
            throw new RefusalException("WrongKind", $"{fileName} is not an OpenStreetMap extract.",
                $"{fileName} 不是 OpenStreetMap 数据。", "--as");
        if (asked is { } kind) return Of(kind);
        // A ledger of waters may name the hamlet beside them: most of its headers are a water's.
        if ((Sets.Where(s => headers.Any(s.Owns)).MaxBy(s => headers.Count(s.Owns))
            ?? Sets.FirstOrDefault(s => headers.Any(s.HasAlone) && !s.HasTwice(headers))
            ?? kinds.Select(OfWord).FirstOrDefault(s => s is not null)) is { } told)
            return told;
        foreach (var set in Sets) set.RefuseTwice(headers, fileName);
        throw new RefusalException("KindUnknown",
            $"{fileName} does not tell whether it holds hazards, facilities, settlements or divisions; "
                + "say --as hazards, --as facilities, --as settlements or --as divisions.",
            $"{fileName} 无法判断是水域、设施、居民点还是区划；"
                + "请用 --as hazards、--as facilities、--as settlements 或 --as divisions 指明。",
            "--as");
    }

    /// <summary>Refuses a file in which two headers name one column.</summary>
    public void RefuseTwice(IReadOnlyList<string> headers, string fileName)
    {
        var twice = FindAll(headers).Zip(headers).Where(f => f.First is not null).GroupBy(f => f.First!.Value.Column.Index)
            .FirstOrDefault(g => g.Skip(1).Any())?.ToList();
        if (twice is null) return;
        var column = twice[0].First!.Value.Column;
        throw new RefusalException("HeaderTwice",
            $"{fileName}: the column {column.Name} ({column.Zh}) stands there twice: "
                + $"{string.Join(", ", twice.Select(t => $"'{t.Second}'"))}. "
                + "Keep the one that is meant, take the other out or name it otherwise. Nothing was changed.",
            $"{fileName}：“{column.Zh}”（{column.Name}）列出现两次："
                + $"{string.Join("、", twice.Select(t => $"“{t.Second}”"))}。"
                + "请保留所需的一列，删除或改名另一列。未作任何更改。", fileName);
    }

    private static LedgerSet? OfWord(string kind) =>
        Sets.Reverse().FirstOrDefault(s => s._byName.TryGetValue("Kind", out var column)
            && LedgerCells.WordOf(column, kind) is not null);

    // A header that no other set reads, such as 自然村; and one of a column that no other set has, though it may read the header,
    // such as 人口.
    private bool Owns(string header) => Find(header) is not null && Array.TrueForAll(Sets, s => s == this || s.Find(header) is null);

    private bool HasAlone(string header) =>
        Find(header) is { } column && Array.TrueForAll(Sets, s => s == this || !s._byName.ContainsKey(column.Name));

    private bool HasTwice(IReadOnlyList<string> headers) =>
        FindAll(headers).Where(f => f is not null).GroupBy(f => f!.Value.Column.Index).Any(g => g.Skip(1).Any());
}
