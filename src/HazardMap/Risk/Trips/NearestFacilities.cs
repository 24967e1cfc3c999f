using System.Runtime.CompilerServices;
using HazardMap.Geodesy;

namespace HazardMap.Risk.Trips;

/// <summary>Finds the facility that is nearest to a place along the surface; of equally near ones the one of the smaller id.</summary>
/// <remarks>A tree of halves in space. By chords it passes over what is certainly farther; metres decide, so the answer
/// depends neither on the tree nor on where a search begins.</remarks>
internal sealed class NearestFacilities
{
    private const int LeafSize = 8;

    // Equal chords in different directions are arcs that differ by less, up to 50 km.
    private const double ChordSlack = 1 + 1e-6;

    private readonly Guid[] _ids;
    private readonly double[] _x, _y, _z;
    private readonly int[] _items;
    private readonly byte[] _axes;

    /// <summary>Of facilities: their numbers among all, ids and places.</summary>
    public NearestFacilities(int[] items, IReadOnlyList<ChildFacility> facilities)
    {
        _items = items;
        (_x, _y, _z) = (new double[items.Length], new double[items.Length], new double[items.Length]);
        for (var i = 0; i < items.Length; i++)
        {
            var facility = facilities[items[i]];
            var at = SurfacePoint.PositionOf(SurfacePoint.NormalOf(facility.Longitude, facility.Latitude));
            (_x[i], _y[i], _z[i]) = (at.X, at.Y, at.Z);
        }
        _axes = new byte[items.Length];
        Halve(0, items.Length);
        _ids = Array.ConvertAll(_items, item => facilities[item].Id);
    }

    /// <summary>The number of the nearest facility among all; -1 when none is within the limit.</summary>
    /// <param name="place">Where one stands.</param>
    /// <param name="limitMetres">At most 50 km.</param>
    /// <param name="guess">Where a search from nearby ended, and where this one does: it spares looking far.</param>
    public int Of(in SurfacePoint place, double limitMetres, ref int guess)
    {
        var search = new Search(place, limitMetres);
        if (guess >= 0) Look(guess, ref search);
        Visit(0, _items.Length, ref search);
        if (search.Best >= 0) guess = search.Best;
        return search.Best < 0 ? -1 : _items[search.Best];
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]   // a full run is over before the JIT would think of it
    private void Visit(int from, int to, ref Search search)
    {
        while (to - from > LeafSize)
        {
            var middle = (from + to) / 2;
            Look(middle, ref search);
            var away = _axes[middle] switch
            {
                0 => search.Place.Position.X - _x[middle],
                1 => search.Place.Position.Y - _y[middle],
                _ => search.Place.Position.Z - _z[middle],
            };
            if (away < 0)
            {
                Visit(from, middle, ref search);
                if (away * away > search.Chord2) return;
                from = middle + 1;
            }
            else
            {
                Visit(middle + 1, to, ref search);
                if (away * away > search.Chord2) return;
                to = middle;
            }
        }
        for (var i = from; i < to; i++) Look(i, ref search);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private void Look(int i, ref Search search)
    {
        double x = _x[i] - search.Place.Position.X, y = _y[i] - search.Place.Position.Y, z = _z[i] - search.Place.Position.Z;
        if (x * x + y * y + z * z <= search.Chord2) Measure(i, ref search);
    }

    private void Measure(int i, ref Search search)
    {
        var metres = search.Place.DistanceTo(new Vector(_x[i], _y[i], _z[i]));
        if (metres > search.Metres || (metres == search.Metres && search.Best >= 0 && _ids[i].CompareTo(_ids[search.Best]) >= 0)) return;
        (search.Metres, search.Best) = (metres, i);
        search.Chord2 = metres * metres * ChordSlack;   // the arc is no shorter than the chord
    }

    // Puts the middle of the longest side in the middle.
    private void Halve(int from, int to)
    {
        while (to - from > LeafSize)
        {
            var axis = LongestAxis(from, to);
            var keys = axis switch { 0 => _x, 1 => _y, _ => _z };
            var middle = (from + to) / 2;
            Select(keys, from, to - 1, middle);
            _axes[middle] = (byte)axis;
            Halve(from, middle);
            from = middle + 1;
        }
    }

    private int LongestAxis(int from, int to)
    {
        double Width(double[] keys)
        {
            var (least, most) = (double.PositiveInfinity, double.NegativeInfinity);
            foreach (var key in keys.AsSpan(from, to - from)) (least, most) = (Math.Min(least, key), Math.Max(most, key));
            return most - least;
        }
        double x = Width(_x), y = Width(_y), z = Width(_z);
        return x >= y && x >= z ? 0 : y >= z ? 1 : 2;
    }

    // Hoare's selection; equal keys are stepped over from both sides, so many facilities at one place do not make it slow.
    private void Select(double[] keys, int from, int to, int wanted)
    {
        while (from < to)
        {
            var pivot = keys[(from + to) / 2];
            int low = from, high = to;
            while (low <= high)
            {
                while (keys[low] < pivot) low++;
                while (keys[high] > pivot) high--;
                if (low > high) break;
                Swap(low++, high--);
            }
            if (wanted <= high) to = high;
            else if (wanted >= low) from = low;
            else return;
        }
    }

    private void Swap(int a, int b)
    {
        (_x[a], _x[b]) = (_x[b], _x[a]);
        (_y[a], _y[b]) = (_y[b], _y[a]);
        (_z[a], _z[b]) = (_z[b], _z[a]);
        (_items[a], _items[b]) = (_items[b], _items[a]);
    }

    private struct Search(in SurfacePoint place, double limitMetres)
    {
        public readonly SurfacePoint Place = place;
        public double Metres = limitMetres, Chord2 = limitMetres * limitMetres * ChordSlack;
        public int Best = -1;
    }
}
