namespace HazardMap.OData.Tests.Differential.Reference;

/// <summary>The coast's tables as the reference stack wants them: a class each.
/// It knows no geography, so places and outlines are left out.</summary>
public sealed class Harbour
{
    public string Code { get; set; } = "";
    public string Name { get; set; } = "";
    public decimal? Depth { get; set; }
    public DateOnly? OpenedOn { get; set; }
    public string? PartOf { get; set; }
    public Harbour? Whole { get; set; }
    public List<Harbour> Parts { get; set; } = [];
    public List<Lighthouse> Lighthouses { get; set; } = [];
}

/// <summary>A row of <c>coast.lighthouses</c>.</summary>
public sealed class Lighthouse
{
    public Guid Id { get; set; }
    public string Name { get; set; } = "";
    public LighthouseKind Kind { get; set; }
    public string? HarbourCode { get; set; }
    public double? Height { get; set; }
    public int? Steps { get; set; }
    public short? RangeNm { get; set; }
    public long? Visitors { get; set; }
    public decimal? Price { get; set; }
    public bool? Lit { get; set; }
    public string? Note { get; set; }
    public DateOnly? BuiltOn { get; set; }
    public DateTimeOffset? LastSeenAt { get; set; }
    public TimeOnly? OpensAt { get; set; }
    public TimeSpan? Blink { get; set; }
    public byte[]? Badge { get; set; }
    public string? CallSign { get; set; }
    public int Version { get; set; }
    public Harbour? Harbour { get; set; }
    public List<Keeper> Keepers { get; set; } = [];
}

/// <summary>A row of <c>coast.keepers</c>; the secret is left out.</summary>
public sealed class Keeper
{
    public Guid Id { get; set; }
    public Guid LighthouseId { get; set; }
    public string Name { get; set; } = "";
    public int? Age { get; set; }
    public Lighthouse? Lighthouse { get; set; }
}

/// <summary>Stored as text.</summary>
public enum LighthouseKind
{
    Tower,
    Lightship,
    Beacon,
}
