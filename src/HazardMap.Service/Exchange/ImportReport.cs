using System.Diagnostics;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace HazardMap.Service.Exchange;

/// <summary>What an import read, wrote and left out, and why. Printed as JSON and kept in <c>register.imports</c>.</summary>
internal sealed class ImportReport
{
    private static readonly JsonSerializerOptions Json = new(JsonSerializerDefaults.Web)
    {
        WriteIndented = true,
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
        DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
        Converters = { new JsonStringEnumConverter(JsonNamingPolicy.CamelCase) },
    };

    public required string File { get; init; }

    public required string Sha256 { get; init; }

    public ImportKind Kind { get; set; }

    public string? Format { get; set; }

    /// <summary>How the text was encoded.</summary>
    public string? Encoding { get; set; }

    /// <summary>Headers that are no column of the register: not read.</summary>
    public IReadOnlyList<string>? IgnoredColumns { get; set; }

    public bool DryRun { get; init; }

    /// <summary>Objects or rows read, written (inserted + updated) and so on, over everything.</summary>
    public int Read { get; set; }

    public int Written => Inserted + Updated;

    public int Inserted => Kinds.Sum(k => k.Inserted);

    public int Updated => Kinds.Sum(k => k.Updated);

    public int Unchanged => Kinds.Sum(k => k.Unchanged);

    public int Skipped => SkippedReasons.Sum(s => s.Count);

    /// <summary>Which reference system the positions were taken to be in, and from what that was concluded.</summary>
    public object? Crs { get; set; }

    public List<KindCount> Kinds { get; } = [];

    /// <summary>Which extract it is, and of when.</summary>
    public ExtractAge? Extract { get; set; }

    /// <summary>Hand corrections that were overwritten, because an extract says something new about the same field.</summary>
    public OverwrittenFields? Overwritten { get; set; }

    /// <summary>Buildings of an extract that became settlements.</summary>
    public GatheredHomes? Gathered { get; set; }

    /// <summary>Objects of an extract by tag, before anything was left out.</summary>
    public List<TagCount>? Tags { get; set; }

    public List<SkippedReason> SkippedReasons { get; } = [];

    /// <summary>Cells that could not be read and were left empty, because <c>--skip-bad</c> says so.</summary>
    public IReadOnlyList<EmptiedCell>? EmptiedCells { get; set; }

    /// <summary>Cells that were read from another writing than a plain value, such as <c>3米</c> as 3.</summary>
    public IReadOnlyList<CellReading>? ReadAs { get; set; }

    /// <summary>Rows of the file that are none of the ledger: titles, totals, signatures.</summary>
    public int? RowsLeftOut { get; set; }

    /// <summary>The first of them.</summary>
    public IReadOnlyList<LeftOutRow>? LeftOut { get; set; }

    /// <summary>Known rows that the ledger moves.</summary>
    public MovedRows? Moves { get; set; }

    /// <summary>Nothing of a ledger was taken in: every row was skipped.</summary>
    [JsonIgnore]
    public bool IsNothing => Kind != ImportKind.Osm && Skipped > 0 && Written == 0 && Unchanged == 0;

    /// <summary>Objects that an earlier version of the extract held and this one does not. They are not deleted.</summary>
    public List<GoneObjects>? Gone { get; set; }

    /// <summary>Segments that were removed because their way is cut differently now.</summary>
    public int? RecutEdgesRemoved { get; set; }

    public Dictionary<string, NetworkShape>? Network { get; set; }

    public object? Risk { get; set; }

    /// <summary>Ways to school along the new roads.</summary>
    public object? Ways { get; set; }

    public List<Note> Notes { get; } = [];

    public Dictionary<string, double> SecondsPerPhase { get; } = new(StringComparer.Ordinal);

    public double Seconds { get; set; }

    public void Note(string en, string zh) => Notes.Add(new(en, zh));

    /// <summary>Does a phase of the work and keeps how long it took.</summary>
    public async Task<T> TimeAsync<T>(string phase, Func<Task<T>> work)
    {
        var watch = Stopwatch.StartNew();
        var result = await work();
        SecondsPerPhase[phase] = Math.Round(watch.Elapsed.TotalSeconds, 3);
        return result;
    }

    /// <summary>The same for work without a result.</summary>
    public Task TimeAsync(string phase, Func<Task> work) => TimeAsync(phase, async () =>
    {
        await work();
        return true;
    });

    public string ToJson() => JsonSerializer.Serialize(this, Json);
}

/// <summary>Rows of one kind of one entity set.</summary>
internal sealed record KindCount(string Entity, string Kind, int Inserted, int Updated, int Unchanged);

/// <summary>Objects that carry one tag.</summary>
internal sealed record TagCount(string Entity, string Tag, int Read);

/// <summary>Homes, and the cells that they were gathered in.</summary>
internal sealed record GatheredHomes(int Homes, int Cells);

/// <summary>Objects left out for one reason, and the first of them.</summary>
internal sealed record SkippedReason(string Entity, string? Tag, string Reason, string? ReasonZh, int Count,
    IReadOnlyList<string> Examples);

/// <summary>Cells of one column that were left empty for one reason, and the first of them.</summary>
internal sealed record EmptiedCell(string Column, string ColumnZh, string Reason, int Count, IReadOnlyList<string> Examples,
    IReadOnlyList<string> ExamplesZh);

/// <summary>Cells of one column that were read from another writing, and the first of them.</summary>
internal sealed record CellReading(string Column, string ColumnZh, int Count, IReadOnlyList<string> Examples);

/// <summary>A row of a file that is none of the ledger, and what it is.</summary>
internal sealed record LeftOutRow(int Line, string What, string WhatZh, string Text);

/// <summary>Known rows that moved: how many, how far at most, how many share the spot they moved to, how many lost decimals.</summary>
internal sealed record MovedRows(int Count, double FarthestMetres, int OntoOneSpot, int DigitsCut, IReadOnlyList<string> Examples);

/// <summary>Objects that are gone from a newer version of an extract.</summary>
internal sealed record GoneObjects(string Entity, int Count, IReadOnlyList<string> Examples);

/// <summary>An extract's name without its date, of when it is, and what says so.</summary>
internal sealed record ExtractAge(string Name, DateTimeOffset? AsOf, string? From);

/// <summary>Fields whose hand correction was overwritten, and the first of them.</summary>
internal sealed record OverwrittenFields(int Count, IReadOnlyList<OverwrittenField> Examples);

/// <summary>One of them: what stood there by hand, and what stands there now.</summary>
internal sealed record OverwrittenField(string Entity, string Code, string Field, string? Was, string? Now);

/// <summary>How well a network hangs together.</summary>
internal sealed record NetworkShape(long Edges, long Nodes, long Parts, double Kilometres, double LargestShareOfNodes,
    double LargestShareOfLength);

/// <summary>Something worth knowing, in both languages.</summary>
internal sealed record Note(string En, string Zh);
