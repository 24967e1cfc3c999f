using HazardMap.Geodesy;
using HazardMap.Service.Database;
using HazardMap.Ways;
using NetTopologySuite.Geometries;
using Npgsql;

namespace HazardMap.Service.Ways;

/// <summary>A water beside the ways of a school.</summary>
internal sealed class WayWater(Guid school, string division, Guid hazard, Geometry place)
{
    public Guid School => school;

    public string DivisionCode => division;

    public Guid Hazard => hazard;

    /// <summary>Where the map shows the water.</summary>
    public Geometry Place => place;

    /// <summary>Ways of the school that pass it.</summary>
    public int Ways { get; private set; }

    public double NearestMetres { get; private set; } = double.PositiveInfinity;

    /// <summary>Of these ways, near the water.</summary>
    public double Metres { get; private set; }

    /// <summary>Who walks them.</summary>
    public double Children { get; private set; }

    /// <summary>All their minutes near the water, one way.</summary>
    public double ChildMinutes { get; private set; }

    public void Add(WaterBesideWay beside, double children)
    {
        if (beside.Metres == 0) return;
        Ways++;
        NearestMetres = Math.Min(NearestMetres, beside.NearestMetres);
        Metres += beside.Metres;
        Children += children;
        ChildMinutes += children * beside.Metres / WaterBesideWay.MetresPerMinute;
    }
}

/// <summary>Measures the waters of the register against the ways that are stored.</summary>
internal static class WayWaters
{
    /// <summary>The waters within metres of a way, of some schools and some waters or (null) of all;
    /// the most child-minutes first.</summary>
    public static async Task<List<WayWater>> NearAsync(NpgsqlConnection connection, double withinMetres, Guid[]? schools,
        Guid[]? hazards, CancellationToken stop)
    {
        var waters = new List<WayWater>();
        ShapeIndex? shape = null;
        await connection.RowsAsync(EmbeddedSql.Of(typeof(WayWaters), "WatersNearWays"), row =>
        {
            // One row a way and a water; those of a school and a water follow each other.
            var (school, hazard) = (row.GetGuid(0), row.GetGuid(6));
            if (waters.Count == 0 || waters[^1].School != school || waters[^1].Hazard != hazard)
            {
                waters.Add(new WayWater(school, row.GetString(1), hazard, row.GetFieldValue<Geometry>(8)));
                shape = ShapeIndex.Of(row.GetFieldValue<Geometry>(7));
            }
            waters[^1].Add(WaterBesideWay.Measure(Vertices(row.GetFieldValue<Geometry>(5)), shape!, withinMetres), row.GetDouble(4));
            return waters.Count;
        }, stop, withinMetres, schools, hazards);
        return [.. waters.Where(w => w.Ways > 0).OrderByDescending(w => w.ChildMinutes).ThenBy(w => w.School).ThenBy(w => w.Hazard)];
    }

    private static List<(double, double)> Vertices(Geometry line) => [.. line.Coordinates.Select(c => (c.X, c.Y))];
}
