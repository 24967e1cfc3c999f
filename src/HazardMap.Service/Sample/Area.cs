using NetTopologySuite.Algorithm.Locate;
using NetTopologySuite.Geometries;
using NetTopologySuite.Geometries.Prepared;

namespace HazardMap.Service.Sample;

/// <summary>A division while the sample is being built: its frame row, its ground, its people.</summary>
internal sealed class Area(string code, string name, Area? parent, MultiPolygon ground)
{
    private readonly IndexedPointInAreaLocator _locator = new(ground);
    private readonly Lazy<IPreparedGeometry> _prepared = new(() => PreparedGeometryFactory.Prepare(ground));

    public string Code { get; } = code;

    public string Name { get; } = name;

    public Area? Parent { get; } = parent;

    public MultiPolygon Ground { get; } = ground;

    public List<Area> Parts { get; } = [];

    public Coordinate Seat { get; set; } = new();

    /// <summary>Whether the seat is a place on the real map; otherwise it is made up.</summary>
    public bool SeatIsReal { get; set; }

    public int Population { get; set; }

    public int Children { get; set; }

    public int Elders { get; set; }

    /// <summary>Natural villages (自然村) around the seat: where people gather, and waters are.</summary>
    public List<Coordinate> Hamlets { get; } = [];

    /// <summary>Places along real rivers inside this area, every fifty metres.</summary>
    public List<RiverStation> Stations { get; } = [];

    /// <summary>How people call it: without the committee's title.</summary>
    public string ShortName { get; } = Shorten(name);

    public bool Contains(Coordinate at) => _locator.Locate(at) == Location.Interior;

    public bool Covers(Geometry shape) => _prepared.Value.Covers(shape);

    private static string Shorten(string name)
    {
        foreach (var title in (ReadOnlySpan<string>)["村民委员会", "居民委员会", "村委会", "居委会"])
            if (name.EndsWith(title, StringComparison.Ordinal))
                return Rooted(name[..^title.Length], title[0] == '村' ? "村" : "社区");
        return name;
    }

    private static string Rooted(string name, string ending) =>
        name.EndsWith('村') || name.EndsWith("社区", StringComparison.Ordinal) ? name : name + ending;
}
