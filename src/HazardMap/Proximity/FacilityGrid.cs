using System.Runtime.CompilerServices;
using HazardMap.Geodesy;

namespace HazardMap.Proximity;

/// <summary>
/// Facilities in rows of 0.01 degrees of latitude, sorted by longitude within a row: what lies near a place is a few short
/// ranges of one array.
/// </summary>
/// <remarks>
/// Rows are fixed on the globe and ties are broken by id, so the order of any facilities among each other does not depend
/// on which others are there. Sums taken in this order are the same bits in a full run and in a single edit.
/// </remarks>
internal sealed class FacilityGrid
{
    private const double RowDegrees = 0.01;
    private const int Rows = (int)(180 / RowDegrees) + 1;
    private const double Degree = Math.PI / 180;

    private readonly int[] _rowStart = new int[Rows + 1];
    private readonly double[] _longitudes;

    public FacilityGrid(IReadOnlyList<RiskFacility> facilities)
    {
        Facilities = [.. facilities];
        foreach (ref readonly var f in Facilities.AsSpan()) Check(f);
        Sort();
        _longitudes = Array.ConvertAll(Facilities, f => f.Longitude);
        Points = Array.ConvertAll(Facilities, f => new SurfacePoint(f.Longitude, f.Latitude));
        Positions = Array.ConvertAll(Points, p => p.Position);
        foreach (ref readonly var f in Facilities.AsSpan()) _rowStart[RowOf(f.Latitude) + 1]++;
        for (var row = 0; row < Rows; row++) _rowStart[row + 1] += _rowStart[row];
    }

    /// <summary>Facilities in grid order.</summary>
    public RiskFacility[] Facilities { get; }

    /// <summary>Their places with local axes, in grid order.</summary>
    public SurfacePoint[] Points { get; }

    /// <summary>Their places in space, in grid order: the only array that waters which are points touch.</summary>
    public Vector[] Positions { get; }

    /// <summary>Adds the ranges (from, to) of facilities that may lie within an angle of a place; none that do is left out.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]   // a full run is over before the JIT would think of it
    public void Find(double longitude, double latitude, double angle, List<(int From, int To)> ranges)
    {
        // Normals differ by at most this where surface distances are taken at the smallest radius; a little air against rounding.
        var reach = angle / Degree * (1 + 1e-9) + 1e-9;
        int first = RowOf(Math.Max(-90, latitude - reach)), last = RowOf(Math.Min(90, latitude + reach));
        var half = HalfWidth(latitude, angle * (1 + 1e-9) + 1e-11);
        double west = longitude - half, east = longitude + half;
        for (var row = first; row <= last; row++)
        {
            int from = _rowStart[row], to = _rowStart[row + 1];
            if (from == to) continue;
            if (half >= 180) ranges.Add((from, to));
            else if (west < -180) { Add(from, to, -180, east, ranges); Add(from, to, west + 360, 180, ranges); }
            else if (east > 180) { Add(from, to, -180, east - 360, ranges); Add(from, to, west, 180, ranges); }
            else Add(from, to, west, east, ranges);
        }
    }

    // Half the width in longitude of a cap: the whole circle when it reaches over a pole.
    private static double HalfWidth(double latitude, double angle)
    {
        var fromPole = (90 - Math.Abs(latitude)) * Degree;
        return angle >= fromPole ? 180 : Math.Asin(Math.Min(1, Math.Sin(angle) / Math.Sin(fromPole))) / Degree + 1e-9;
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]   // a full run is over before the JIT would think of it
    private void Add(int from, int to, double west, double east, List<(int From, int To)> ranges)
    {
        var start = LowerBound(from, to, west);
        var end = start;
        while (end < to && _longitudes[end] <= east) end++;
        if (end > start) ranges.Add((start, end));
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]   // a full run is over before the JIT would think of it
    private int LowerBound(int from, int to, double longitude)
    {
        while (from < to)
        {
            var middle = (from + to) >>> 1;
            if (_longitudes[middle] < longitude) from = middle + 1;
            else to = middle;
        }
        return from;
    }

    private static int RowOf(double latitude) => (int)((latitude + 90) / RowDegrees);

    private void Sort()
    {
        var keys = Array.ConvertAll(Facilities, f => ((long)RowOf(f.Latitude) << 39) | (long)((f.Longitude + 180) * 1e9));
        Array.Sort(keys, Facilities);
        for (var i = 0; i < keys.Length;)
        {
            var end = i + 1;
            while (end < keys.Length && keys[end] == keys[i]) end++;
            if (end - i > 1) Array.Sort(Facilities, i, end - i, Comparer<RiskFacility>.Create(Compare));
            i = end;
        }
    }

    private static int Compare(RiskFacility a, RiskFacility b) =>
        a.Longitude != b.Longitude ? a.Longitude.CompareTo(b.Longitude)
        : a.Latitude != b.Latitude ? a.Latitude.CompareTo(b.Latitude)
        : a.Id.CompareTo(b.Id);

    private static void Check(in RiskFacility f)
    {
        Soundness.CheckPosition(f.Longitude, f.Latitude, $"Facilities({f.Id})/Location");
        if (f.Under5 >= 0 && f.Aged5To14 >= 0) return;
        throw new RefusalException("NegativeCount", $"Facility {f.Id} has a negative number of children.",
            $"设施 {f.Id} 的儿童人数为负。", $"Facilities({f.Id})");
    }
}
