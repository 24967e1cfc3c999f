using HazardMap.Service.Register.Sets;

namespace HazardMap.Service.Exchange.Ledger;

/// <summary>
/// The statements of a ledger's import and export, composed from the set's description: a column is told there and nowhere else. Every
/// name comes from the program, none from a file. A test prints and explains each statement.
/// </summary>
internal sealed class LedgerSql(LedgerSet set)
{
    private readonly LedgerPlacement _place = set.Placement;

    private IEnumerable<LedgerColumn> Cells => set.Columns.Where(c => !c.IsPlace);

    /// <summary>What a later ledger may change: all but the code and the mark of sample data.</summary>
    private IEnumerable<LedgerColumn> Changing => Cells.Where(c => c != set.Code && c.Note.Form != CellForm.SampleMark);

    /// <summary>The staging tables. The rows are as the file has them; null: not stated.
    /// <c>raw</c> is the position in the file's coordinates; <c>code_written</c> the code as it stands where it means another,
    /// <c>is_number</c> that a sheet made a number of it.</summary>
    public string Stage => $"""
        create temp table ledger (
          number integer primary key,
          {Lines(Cells.Select(c => $"{c.Column} {c.SqlType}"))},
          code_written text, is_number boolean, raw bytea, from_columns boolean
        ) on commit drop;
        create temp table ledger_shapes (number integer, shape bytea) on commit drop
        """;

    /// <summary>The rows with their shapes on WGS84: written anew, which is half the work of changing each.</summary>
    public static string Placed => """
        alter table ledger rename to ledger_read;
        create temp table ledger on commit drop as
        select r.*, st_geomfromewkb(s.shape) as shape from ledger_read r left join ledger_shapes s using (number);
        drop table ledger_read, ledger_shapes;
        analyze ledger
        """;

    /// <summary>The COPY of rows; then follow the code as it stands, the position and whether it comes from two columns.</summary>
    public string Copy => $"copy ledger (number, {string.Join(", ", Copied.Select(c => c.Column))}, code_written, is_number, raw, "
        + "from_columns) "
        + "from stdin (format binary)";

    /// <summary>The columns that are copied, in that order.</summary>
    public IReadOnlyList<LedgerColumn> Copied => [.. Cells];

    /// <summary>A code that stands in the file otherwise than it means (invisible characters, <c>="H001"</c>): the register may know it as
    /// it
    /// stands, and not as it means.</summary>
    public string SettleCodes => $"""
        update ledger l set code = l.code_written
        where l.code_written is not null and exists (select from {_place.Table} t where t.code = l.code_written)
          and not exists (select from {_place.Table} t where t.code = l.code)
        """;

    /// <summary>Numbers that a sheet made of codes, of which no code is known: number, reason, column, detail.</summary>
    public string Mangled => $"""
        select l.number, 'CodeMangled', 'Code', l.code_written
        from ledger l where l.is_number and not exists (select from {_place.Table} t where t.code = l.code)
        """;

    /// <summary>Where the register has the rows that it knows.</summary>
    public string Known => $"""
        create temp table ledger_known on commit drop as
        select l.number, {_place.KnownPlace} as location, {_place.KnownIsPoint} as is_point
        from ledger l join {_place.Table} t using (code);
        create index on ledger_known (number);
        analyze ledger_known
        """;

    /// <summary>New rows that lack what the register may not lack: number, reason, column, detail.</summary>
    public string Lacking => $"""
        select l.number, 'Lacks', v.name, null::text
        from ledger l left join ledger_known k using (number)
        cross join lateral (values
          {Lines(Needed.Select(n => $"('{n.Name}', l.{n.Column} is null)"))}
        ) v (name, is_lacking)
        where k.number is null and v.is_lacking
        """;

    /// <summary>Decides what becomes of each row; a known row changes only when the ledger states something else.</summary>
    public string Judge => $"""
        create temp table ledger_outcomes on commit drop as
        select l.number, t.{_place.Key} as key, coalesce(l.{Kind}, t.{Kind}{(KindDefault is { } kind ? $", '{kind}'" : "")}) as kind, case
          when t.code is null then 'inserted'
          when ({Lines(Changing.Select(c => $"t.{c.Column}"))})
            is distinct from
               ({Lines(Changing.Select(Merged))}) then 'updated'
          when {string.Join(" or ", _place.Columns.Select(c => $"({c.IsMoved})"))} then 'moved'
          else 'unchanged' end as outcome
        from ledger l{_place.Joined} left join {_place.Table} t on t.code = l.code;
        create index on ledger_outcomes (number);
        create index on ledger (number);
        analyze ledger_outcomes
        """;

    /// <summary>Inserts the new rows with numbers from $1 to $2.</summary>
    public string Insert => $"""
        insert into {_place.Table} ({string.Join(", ", Cells.Select(c => c.Column).Concat(_place.Columns.Select(c => c.Column)))}, source)
        select {Lines(Cells.Select(New).Concat(_place.Columns.Select(c => c.Stated)))},
               current_setting('hazardmap.source')
        from ledger_outcomes o join ledger l using (number){_place.Joined}
        where o.outcome = 'inserted' and o.number between $1 and $2 and l.number between $1 and $2
        order by {(_place.StandsOnOthers ? "length(l.code), l.number" : "l.number")}
        """;

    /// <summary>Updates the known rows with numbers from $1 to $2 that differ, by their keys: the code has an index of trigrams too,
    /// which answers equality a thousand times slower, and a table that has just grown has statistics that prefer it.</summary>
    public string Update => $"""
        update {_place.Table} t
        set {Lines(Changing.Select(c => $"{c.Column} = {Merged(c)}")
            .Concat(_place.Columns.Select(c => $"{c.Column} = case when {c.IsMoved} then {c.Stated} else t.{c.Column} end")))}
        from ledger_outcomes o join ledger l using (number){_place.Joined}
        where t.{_place.Key} = o.key and o.outcome in ('updated', 'moved') and o.number between $1 and $2 and l.number between $1 and $2
        """;

    /// <summary>Rows by kind (of a division: level): inserted, updated, unchanged.</summary>
    public static string Outcomes => """
        select kind, count(*) filter (where outcome = 'inserted')::int,
               count(*) filter (where outcome in ('updated', 'moved'))::int, count(*) filter (where outcome = 'unchanged')::int
        from ledger_outcomes group by 1 order by 1
        """;

    /// <summary>The rows as an import reads them: the shape, then each column under its header.</summary>
    /// <param name="isText">With the shape of lines and areas as text in its column, for a format that has no shapes.</param>
    public string Export(bool isText) => $"""
        select {_place.Shape} as shape,
               {Lines(set.Columns.Where(c => isText || !c.IsShape).Select(c => $"{Written(c)} as \"{c.Name}\""))}
        from {_place.Table} t order by {(_place.StandsOnOthers ? "length(code), code" : "code")}
        """;

    private string Kind => set.Columns.First(c => c.Property.EnumType is not null).Column;

    private string? KindDefault => set.Columns.First(c => c.Property.EnumType is not null).Property.Default;

    private IEnumerable<(string Name, string Column)> Needed =>
    [
        .. Changing.Where(c => c.IsNeeded).Select(c => (c.Name, c.Column)),
        .. _place.NeedsPosition ? [(set.Longitude.Name, "raw")] : Array.Empty<(string, string)>(),
    ];

    private static string Merged(LedgerColumn c) => $"coalesce(l.{c.Column}, {c.Note.Otherwise ?? "t." + c.Column})";

    private static string New(LedgerColumn c) => (c.Property.Default, c.Note.Form) switch
    {
        ({ } value, _) => $"coalesce(l.{c.Column}, {(c.SqlType == "text" ? $"'{value}'" : value)})",
        (_, CellForm.SampleMark) => $"coalesce(l.{c.Column}, false)",
        _ => "l." + c.Column,
    };

    private string Written(LedgerColumn c) => (c.Name, c.Note.Form) switch
    {
        ("Longitude", CellForm.Position) => $"st_x(t.{c.Column}::geometry)",
        ("Latitude", CellForm.Position) => $"st_y(t.{c.Column}::geometry)",
        (_, CellForm.Shape) => $"case when geometrytype({_place.Shape}) <> 'POINT' then st_astext({_place.Shape}::geometry, 15) end",
        (_, CellForm.SampleMark) => $"case when t.{c.Column} then '{LedgerCells.SampleMark}' end",
        _ => "t." + c.Column,
    };

    // A few to a line, so that a person can read the statement.
    private static string Lines(IEnumerable<string> parts) =>
        string.Join(",\n          ", parts.Chunk(4).Select(some => string.Join(", ", some)));
}
