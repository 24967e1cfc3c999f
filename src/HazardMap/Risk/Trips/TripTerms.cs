using System.Runtime.CompilerServices;

namespace HazardMap.Risk.Trips;

/// <summary>Origins from which children of one age may come to a water, part after part; memory that serves one water after the
/// other.</summary>
internal sealed class TripTerms
{
    private int[] _origins = new int[64];
    private double[] _metres = new double[64], _share = new double[64], _own = new double[64], _byDecay = new double[64],
        _byStayingAway = new double[64];

    private long[] _order = [];

    /// <summary>How many.</summary>
    public int Count { get; private set; }

    /// <summary>Places in the grid, rising in each part.</summary>
    public Span<int> Origins => _origins.AsSpan(0, Count);

    /// <summary>How far each is.</summary>
    public Span<double> Metres => _metres.AsSpan(0, Count);

    /// <summary>T: the share of each one's trips that comes to the part.</summary>
    public Span<double> Share => _share.AsSpan(0, Count);

    /// <summary>The share that comes to any part of the water.</summary>
    public Span<double> Own => _own.AsSpan(0, Count);

    /// <summary>Derivative of T by the logarithm of the length.</summary>
    public Span<double> ByDecay => _byDecay.AsSpan(0, Count);

    /// <summary>Derivative of T by the logarithm of what staying away weighs.</summary>
    public Span<double> ByStayingAway => _byStayingAway.AsSpan(0, Count);

    /// <summary>Forgets all.</summary>
    public void Clear() => Count = 0;

    /// <summary>Adds one.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void Add(int origin, double metres)
    {
        if (Count == _origins.Length) Grow();
        (_origins[Count], _metres[Count]) = (origin, metres);
        Count++;
    }

    /// <summary>Sums the shares of all parts for each origin, in the order of the parts.</summary>
    /// <param name="isOnePart">Whether the water has only one.</param>
    public void SumOwn(bool isOnePart)
    {
        if (isOnePart)
        {
            Share.CopyTo(Own);
            return;
        }
        if (_order.Length < Count) _order = new long[_origins.Length];
        var order = _order.AsSpan(0, Count);
        for (var i = 0; i < order.Length; i++) order[i] = ((long)_origins[i] << 32) | (uint)i;
        order.Sort();
        for (var i = 0; i < order.Length;)
        {
            var (end, sum) = (i, 0.0);
            for (; end < order.Length && order[end] >> 32 == order[i] >> 32; end++) sum += _share[(int)order[end]];
            for (; i < end; i++) _own[(int)order[i]] = sum;
        }
    }

    private void Grow()
    {
        var room = 2 * _origins.Length;
        Array.Resize(ref _origins, room);
        Array.Resize(ref _metres, room);
        Array.Resize(ref _share, room);
        Array.Resize(ref _own, room);
        Array.Resize(ref _byDecay, room);
        Array.Resize(ref _byStayingAway, room);
    }
}
