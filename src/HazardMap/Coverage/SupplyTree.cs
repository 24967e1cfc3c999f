using HazardMap.Geodesy;

namespace HazardMap.Coverage;

/// <summary>Finds the nearest of many places: a k-d tree in space, where no longitude jumps and no pole is special.</summary>
/// <remarks>The tree compares straight chords; the metres it answers are the geodesic to the place it found.</remarks>
internal sealed class SupplyTree
{
    private readonly (double Longitude, double Latitude)[] _places;
    private readonly int[] _numbers;
    private readonly Vector[] _positions;

    public SupplyTree(IEnumerable<(double Longitude, double Latitude)> places)
    {
        _places = [.. places];
        foreach (var (longitude, latitude) in _places) Soundness.CheckPosition(longitude, latitude, "supply");
        _positions = Array.ConvertAll(_places, p => SurfacePoint.PositionOf(SurfacePoint.NormalOf(p.Longitude, p.Latitude)));
        _numbers = [.. Enumerable.Range(0, _places.Length)];
        Build(0, _places.Length, 0);
    }

    /// <summary>The nearest place by its number in the list, and metres to it.</summary>
    public NearestWay Nearest(double longitude, double latitude)
    {
        if (_places.Length == 0) return NearestWay.None;
        var nearest = (Index: 0, Square: double.PositiveInfinity);
        Search(SurfacePoint.PositionOf(SurfacePoint.NormalOf(longitude, latitude)), 0, _places.Length, 0, ref nearest);
        var (toLongitude, toLatitude) = _places[nearest.Index];
        // The other side of the globe has no single shortest path, but it has a length.
        return new NearestWay(_numbers[nearest.Index],
            nearest.Square > 1.6e14 ? Math.PI * 6_371_009 : Geodesic.Distance(longitude, latitude, toLongitude, toLatitude));
    }

    // The middle of a range, by the axis of its depth, is its root.
    private void Build(int from, int to, int depth)
    {
        if (to - from < 2) return;
        var keys = new double[to - from];
        for (var i = from; i < to; i++) keys[i - from] = Axis(_positions[i], depth);
        var order = Enumerable.Range(0, keys.Length).ToArray();
        Array.Sort(keys, order);
        var (places, positions, numbers) = (_places[from..to], _positions[from..to], _numbers[from..to]);
        for (var i = 0; i < order.Length; i++)
            (_places[from + i], _positions[from + i], _numbers[from + i]) = (places[order[i]], positions[order[i]], numbers[order[i]]);
        var middle = (from + to) >>> 1;
        Build(from, middle, depth + 1);
        Build(middle + 1, to, depth + 1);
    }

    private void Search(in Vector at, int from, int to, int depth, ref (int Index, double Square) nearest)
    {
        if (from >= to) return;
        var middle = (from + to) >>> 1;
        var across = _positions[middle] - at;
        var square = across.Dot(across);
        if (square < nearest.Square) nearest = (middle, square);
        var side = Axis(at, depth) - Axis(_positions[middle], depth);
        if (side < 0) Search(at, from, middle, depth + 1, ref nearest);
        else Search(at, middle + 1, to, depth + 1, ref nearest);
        if (side * side >= nearest.Square) return;
        if (side < 0) Search(at, middle + 1, to, depth + 1, ref nearest);
        else Search(at, from, middle, depth + 1, ref nearest);
    }

    private static double Axis(in Vector v, int depth) => (depth % 3) switch { 0 => v.X, 1 => v.Y, _ => v.Z };
}
