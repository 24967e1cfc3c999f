using System.Collections;
using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using HazardMap.Geodesy;
using BitOperations = System.Numerics.BitOperations;
using Lanes = System.Runtime.Intrinsics.Vector256<double>;

namespace HazardMap.Risk;

/// <summary>Places in cells of 0.02 degrees, row by row: what lies near a water is a few short ranges of one array.</summary>
/// <remarks>
/// Cells are fixed on the globe, and within a row places are sorted by longitude and ties by what the caller says, so the order of
/// any places among each other does not depend on which others are there. Sums taken in this order are the same bits in a
/// full run and in a single edit.
/// </remarks>
internal sealed class PlaceGrid
{
    private const int CellsPerDegree = 50, Columns = 360 * CellsPerDegree;
    private const int MostBytesExpected = 512;
    private const double Degree = Math.PI / 180;

    private readonly int _count, _firstRow;
    private readonly Row[] _rows;
    private readonly int[] _cells;
    // One array a number, so that four places are read at once; places in space, normals and directions east.
    private readonly double[] _x, _y, _z, _normalX, _normalY, _normalZ, _eastX, _eastY;

    /// <summary>Of places that stand in the order of <see cref="OrderOf"/> and are on the globe.</summary>
    /// <param name="count">How many.</param>
    /// <param name="place">Where each is, in degrees; asked from any thread.</param>
    public PlaceGrid(int count, Func<int, (double Longitude, double Latitude)> place)
    {
        _count = count;
        Place = place;
        var room = Room(count);
        (_x, _y, _z, _normalX, _normalY, _normalZ) = (new double[room], new double[room], new double[room], new double[room],
            new double[room], new double[room]);
        (_eastX, _eastY) = (new double[room], new double[room]);
        Parallel.For(0, count, Put);
        _firstRow = count == 0 ? 0 : RowOf(place(0).Latitude);
        _rows = new Row[count == 0 ? 0 : RowOf(place(count - 1).Latitude) - _firstRow + 1];
        _cells = Index();
    }

    /// <summary>How many places.</summary>
    public int Count => _count;

    /// <summary>Where each is.</summary>
    public Func<int, (double Longitude, double Latitude)> Place { get; }

    /// <summary>How long an array of numbers must be, one a place, from which four are read anywhere.</summary>
    public static int Room(int count) => count + SurfacePoints.Count - 1;

    /// <summary>The order in which places stand in a grid, as places of the given order.</summary>
    /// <param name="count">How many.</param>
    /// <param name="place">Where each is, in degrees.</param>
    /// <param name="ties">Which of two places comes first that are at the same longitude and latitude.</param>
    public static int[] OrderOf(int count, Func<int, (double Longitude, double Latitude)> place, Comparison<int> ties)
    {
        var keys = new long[count];
        var order = new int[count];
        Parallel.For(0, count, i =>
        {
            var (longitude, latitude) = place(i);
            (keys[i], order[i]) = (((long)RowOf(latitude) << 39) | (long)((longitude + 180) * 1e9), i);
        });
        var isSorted = true;
        for (var i = 1; i < count && isSorted; i++) isSorted = keys[i - 1] <= keys[i];
        if (!isSorted) Array.Sort(keys, order);
        var comparer = Comparer<int>.Create((a, b) =>
        {
            var (one, other) = (place(a), place(b));
            return one.Longitude != other.Longitude ? one.Longitude.CompareTo(other.Longitude)
                : one.Latitude != other.Latitude ? one.Latitude.CompareTo(other.Latitude) : ties(a, b);
        });
        for (var i = 0; i < count;)
        {
            var end = i + 1;
            while (end < count && keys[end] == keys[i]) end++;
            if (end - i > 1) Array.Sort(order, i, end - i, comparer);
            i = end;
        }
        return order;
    }

    /// <summary>Puts items into an order, in their own memory.</summary>
    public static void Arrange<T>(T[] items, int[] order)
    {
        var done = new BitArray(items.Length);
        for (var i = 0; i < items.Length; i++)
        {
            if (done[i] || order[i] == i) continue;
            var first = items[i];
            for (var at = i; ;)
            {
                done[at] = true;
                var from = order[at];
                if (from == i)
                {
                    items[at] = first;
                    break;
                }
                items[at] = items[from];
                at = from;
            }
        }
    }

    /// <summary>Adds every place that may be within some metres of a cap, in grid order; few of those it adds are farther.</summary>
    /// <param name="longitude">Of the cap's centre, in degrees.</param>
    /// <param name="latitude">Of the cap's centre, in degrees.</param>
    /// <param name="cap">The cap.</param>
    /// <param name="metres">How far from the rim.</param>
    /// <param name="near">Where to add.</param>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]   // a full run is over before the JIT would think of it
    public void Near(double longitude, double latitude, in Cap cap, double metres, IndexList near)
    {
        var angle = cap.Angle;
        // Normals differ by at most this where surface distances are taken at the smallest radius; a little air against rounding.
        var reach = (angle + metres / SurfacePoint.SmallestRadius) * (1 + 1e-9) + 1e-11;
        var degrees = reach / Degree;
        int first = Math.Max(0, RowOf(Math.Max(-90, latitude - degrees)) - _firstRow),
            last = Math.Min(_rows.Length - 1, RowOf(Math.Min(90, latitude + degrees)) - _firstRow);
        if (first > last) return;
        var centre = SurfacePoint.PositionOf(cap.Centre);
        var chord = angle * SurfacePoint.LargestRadius + metres + 0.001;
        var half = HalfWidth(cap.Centre, reach);
        int west = ColumnOf(longitude - half), east = ColumnOf(longitude + half);
        for (var row = first; row <= last; row++) Expect(_rows[row], west, east);
        for (var row = first; row <= last; row++)
        {
            ref readonly var cells = ref _rows[row];
            if (half >= 180 || east - west >= Columns) Add(cells, 0, Columns - 1, centre, chord * chord, near);
            else if (west < 0)
            {
                Add(cells, 0, east, centre, chord * chord, near);
                Add(cells, west + Columns, Columns - 1, centre, chord * chord, near);
            }
            else if (east >= Columns)
            {
                Add(cells, 0, east - Columns, centre, chord * chord, near);
                Add(cells, west, Columns - 1, centre, chord * chord, near);
            }
            else Add(cells, west, east, centre, chord * chord, near);
        }
    }

    /// <summary>Four of them as points.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public SurfacePoints Points(in Four f) => new(f.Of(_normalX), f.Of(_normalY), f.Of(_normalZ), f.Of(_eastX), f.Of(_eastY));

    /// <summary>Metres along the surface from a place to four of them.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public Lanes DistanceFrom(in SurfacePoint place, in Four f)
    {
        Lanes x = f.Of(_x) - Vector256.Create(place.Position.X), y = f.Of(_y) - Vector256.Create(place.Position.Y),
            z = f.Of(_z) - Vector256.Create(place.Position.Z);
        var east = x * place.East.X + y * place.East.Y;
        var north = x * place.North.X + y * place.North.Y + z * place.North.Z;
        return SurfacePoints.Arc(x * x + y * y + z * z, east * east, north * north, Vector256.Create(place.Normal.Z),
            Vector256.Create(place.PrimeVerticalRadius));
    }

    // Brings a row's places in a few cells, when it is a few.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private void Expect(in Row row, int west, int east)
    {
        west = Math.Max(west - row.FirstColumn, 0);
        east = Math.Min(east - row.FirstColumn, row.Columns - 1);
        if (west > east) return;
        int from = _cells[row.Cells + west], bytes = sizeof(double) * (_cells[row.Cells + east + 1] - from);
        if (bytes is 0 or > MostBytesExpected) return;
        Memory.Bring(ref _x[from], bytes);
        Memory.Bring(ref _y[from], bytes);
        Memory.Bring(ref _z[from], bytes);
    }

    // Those of a row's cells whose chord is not too long. A range may end in the middle of four.
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]   // a full run is over before the JIT would think of it
    private void Add(in Row row, int west, int east, in Vector centre, double chord2, IndexList near)
    {
        west = Math.Max(west - row.FirstColumn, 0);
        east = Math.Min(east - row.FirstColumn, row.Columns - 1);
        if (west > east) return;
        int from = _cells[row.Cells + west], to = _cells[row.Cells + east + 1];
        Lanes centreX = Vector256.Create(centre.X), centreY = Vector256.Create(centre.Y), centreZ = Vector256.Create(centre.Z),
            limit = Vector256.Create(chord2);
        for (var i = from; i < to; i += SurfacePoints.Count)
        {
            Lanes x = Vector256.Create<double>(_x.AsSpan(i)) - centreX, y = Vector256.Create<double>(_y.AsSpan(i)) - centreY,
                z = Vector256.Create<double>(_z.AsSpan(i)) - centreZ;
            var isNear = Vector256.LessThanOrEqual(x * x + y * y + z * z, limit).ExtractMostSignificantBits();
            if (to - i < SurfacePoints.Count) isNear &= (1u << (to - i)) - 1;
            for (; isNear != 0; isNear &= isNear - 1) near.Add(i + BitOperations.TrailingZeroCount(isNear));
        }
    }

    // Half the width in longitude of a cap: asin(sin(angle) / cos(latitude)), and asin(s) <= s / sqrt(1 - s²). The whole
    // circle when it reaches over a pole, or almost.
    private static double HalfWidth(in Vector centre, double angle)
    {
        var sine = Math.Sin(angle);
        var rest = centre.X * centre.X + centre.Y * centre.Y - sine * sine;
        return angle > 1 || rest < 1e-12 ? 180 : sine / Math.Sqrt(rest) / Degree * (1 + 1e-9) + 1e-9;
    }

    private void Put(int i)
    {
        var (longitude, latitude) = Place(i);
        var at = new SurfacePoint(longitude, latitude);
        (_x[i], _y[i], _z[i]) = (at.Position.X, at.Position.Y, at.Position.Z);
        (_normalX[i], _normalY[i], _normalZ[i]) = (at.Normal.X, at.Normal.Y, at.Normal.Z);
        (_eastX[i], _eastY[i]) = (at.East.X, at.East.Y);
    }

    // Where each cell begins, and the last of a row ends; rows have cells from their first place to their last.
    private int[] Index()
    {
        var cells = new List<int>();
        for (int row = 0, i = 0; row < _rows.Length; row++)
        {
            var from = i;
            while (i < _count && RowOf(Place(i).Latitude) == _firstRow + row) i++;
            if (i == from) continue;
            var firstColumn = ColumnAt(from);
            _rows[row] = new Row(cells.Count, firstColumn, ColumnAt(i - 1) - firstColumn + 1);
            for (var (column, at) = (firstColumn, from); at < i; column++)
            {
                cells.Add(at);
                while (at < i && ColumnAt(at) == column) at++;
            }
            cells.Add(i);
        }
        return [.. cells];
    }

    private static int RowOf(double latitude) => (int)((latitude + 90) * CellsPerDegree);

    // 180 degrees east is in the last column.
    private int ColumnAt(int i) => Math.Min(Columns - 1, ColumnOf(Place(i).Longitude));

    // Of longitudes beyond 180 too, for whoever wraps them.
    private static int ColumnOf(double longitude) => (int)Math.Floor((longitude + 180) * CellsPerDegree);

    /// <summary>Four places in grid order, which need not follow each other.</summary>
    public readonly struct Four(int a, int b, int c, int d)
    {
        /// <summary>What stands at the four places.</summary>
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public Lanes Of(double[] numbers) => Vector256.Create(numbers[a], numbers[b], numbers[c], numbers[d]);
    }

    private readonly record struct Row(int Cells, int FirstColumn, int Columns);
}
