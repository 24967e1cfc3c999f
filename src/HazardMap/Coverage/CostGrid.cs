using NetTopologySuite.Geometries;

namespace HazardMap.Coverage;

/// <summary>A grid of costs around a place, in metres east and north of it.</summary>
internal sealed class CostGrid
{
    private readonly double _longitude, _latitude, _metresEast, _metresNorth, _west, _south;
    private readonly int _columns, _rows;
    private readonly float[] _costs;

    private CostGrid(double longitude, double latitude, double metresEast, double metresNorth,
        (double West, double South, double East, double North) box, double cell)
    {
        (_longitude, _latitude, _metresEast, _metresNorth, Cell) = (longitude, latitude, metresEast, metresNorth, cell);
        (_west, _south) = (box.West - cell, box.South - cell);
        _columns = (int)Math.Ceiling((box.East - _west) / cell) + 2;
        _rows = (int)Math.Ceiling((box.North - _south) / cell) + 2;
        _costs = new float[_columns * _rows];
        Array.Fill(_costs, float.PositiveInfinity);
    }

    /// <summary>Side of a cell, in metres.</summary>
    public double Cell { get; }

    /// <summary>A grid that holds all lines and a margin around them.</summary>
    public static CostGrid Around(IEnumerable<(double Longitude, double Latitude)[]> lines, double longitude, double latitude,
        double margin, double cell, int mostAcross)
    {
        var north = 111_132.95 - 559.85 * Math.Cos(2 * latitude * Math.PI / 180);
        var east = 111_412.84 * Math.Cos(latitude * Math.PI / 180) - 93.5 * Math.Cos(3 * latitude * Math.PI / 180);
        var box = (West: -margin, South: -margin, East: margin, North: margin);
        foreach (var line in lines)
            foreach (var vertex in line)
            {
                double x = (vertex.Longitude - longitude) * east, y = (vertex.Latitude - latitude) * north;
                box = (Math.Min(box.West, x - margin), Math.Min(box.South, y - margin), Math.Max(box.East, x + margin),
                    Math.Max(box.North, y + margin));
            }
        cell = Math.Max(cell, Math.Max(box.East - box.West, box.North - box.South) / mostAcross);
        return new CostGrid(longitude, latitude, east, north, box, cell);
    }

    public (double X, double Y) InPlane(double longitude, double latitude) =>
        ((longitude - _longitude) * _metresEast, (latitude - _latitude) * _metresNorth);

    /// <summary>Lets the costs along a piece of road spread to the grid points beside it.</summary>
    public void Spread((double X, double Y) from, (double X, double Y) to, double fromFraction, double toFraction, in WaysFrom ways,
        double limit, double costPerMetre, double reach)
    {
        var least = ways.Least(fromFraction, toFraction);
        if (least > limit) return;
        double dx = to.X - from.X, dy = to.Y - from.Y, square = dx * dx + dy * dy;
        int left = Column(Math.Min(from.X, to.X) - reach), right = Column(Math.Max(from.X, to.X) + reach) + 1;
        int bottom = Row(Math.Min(from.Y, to.Y) - reach), top = Row(Math.Max(from.Y, to.Y) + reach) + 1;
        for (var row = Math.Max(bottom, 1); row <= Math.Min(top, _rows - 2); row++)
            for (var column = Math.Max(left, 1); column <= Math.Min(right, _columns - 2); column++)
            {
                ref var known = ref _costs[row * _columns + column];
                if (known <= least) continue;
                double x = _west + column * Cell - from.X, y = _south + row * Cell - from.Y;
                var along = Math.Clamp((x * dx + y * dy) / square, 0, 1);
                double offX = x - along * dx, offY = y - along * dy, off = offX * offX + offY * offY;
                if (off > reach * reach) continue;
                var cost = (float)(ways.At(fromFraction + along * (toFraction - fromFraction)) + Math.Sqrt(off) * costPerMetre);
                if (cost < known && cost <= limit + costPerMetre * Cell) known = cost;
            }
    }

    /// <summary>Where the cost is at most the limit. Points without a cost are taken to be a cell's walk beyond it.</summary>
    public MultiPolygon Contour(double limit, double costPerMetre) =>
        new ContourLines(_columns, _rows, at => (Math.Min(_costs[at], limit + costPerMetre * Cell) - limit) / (costPerMetre * Cell))
            .Polygons(OnGlobe);

    private int Column(double x) => (int)Math.Floor((x - _west) / Cell);

    private int Row(double y) => (int)Math.Floor((y - _south) / Cell);

    private Coordinate OnGlobe(double column, double row) => new(
        Math.Round(_longitude + (_west + column * Cell) / _metresEast, 6), Math.Round(_latitude + (_south + row * Cell) / _metresNorth, 6));
}
