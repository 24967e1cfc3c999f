using System.Runtime.CompilerServices;
using HazardMap.Geodesy;
using Lanes = System.Runtime.Intrinsics.Vector256<double>;

namespace HazardMap.Risk;

/// <summary>Who takes places of a grid, four at a time, with their distances from a water.</summary>
internal interface ITakesFour
{
    /// <summary>Told before any are taken who may be near.</summary>
    void Expect(IndexList near);

    /// <summary>Takes four.</summary>
    /// <param name="first">Where the first of them stands in the list of those who may be near; at its end the last one is
    /// repeated.</param>
    /// <param name="four">The four.</param>
    /// <param name="metres">How far each is; of a shape infinity beyond the cut-off, of a point perhaps more than that.</param>
    void Take(int first, in PlaceGrid.Four four, Lanes metres);
}

/// <summary>Finds the places of a grid that are near a water, and measures straight distances, in grid order.</summary>
internal sealed class NearPairs(PlaceGrid grid, double cutoffMetres)
{
    /// <summary>Of a water that is a point.</summary>
    /// <param name="longitude">Degrees, checked.</param>
    /// <param name="latitude">Degrees, checked.</param>
    /// <param name="near">Cleared; has who may be near afterwards.</param>
    /// <param name="taker">Who takes them.</param>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]   // a full run is over before the JIT would think of it
    public void OfPoint<T>(double longitude, double latitude, IndexList near, T taker) where T : struct, ITakesFour
    {
        var place = new SurfacePoint(longitude, latitude);
        near.Clear();
        grid.Near(longitude, latitude, new Cap(place.Normal, 0), cutoffMetres, near);
        taker.Expect(near);
        for (var i = 0; i < near.Count; i += SurfacePoints.Count)
        {
            var four = near.FourFrom(i);
            taker.Take(i, four, grid.DistanceFrom(place, four));
        }
    }

    /// <summary>Of a water with a shape.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]   // a full run is over before the JIT would think of it
    public void OfShape<T>(ShapeIndex shape, IndexList near, T taker) where T : struct, ITakesFour
    {
        near.Clear();
        if (shape.HasInside || shape.Runs.Length == 1) Find(shape.Bounds, near);
        else
        {
            foreach (ref readonly var run in shape.Runs.AsSpan()) Find(run.Cap, near);
            near.SortDistinct();   // caps of neighbouring runs overlap
        }
        taker.Expect(near);
        for (var i = 0; i < near.Count; i += SurfacePoints.Count)
        {
            var four = near.FourFrom(i);
            taker.Take(i, four, ShapeDistance.Metres(grid.Points(four), shape, cutoffMetres));
        }
    }

    private void Find(in Cap cap, IndexList near) => grid.Near(cap.Longitude, cap.Latitude, cap, cutoffMetres, near);
}
