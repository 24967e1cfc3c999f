using HazardMap.Geodesy;
using NetTopologySuite.Geometries;

namespace HazardMap.Risk.Trips;

/// <summary>A water that children may go to.</summary>
/// <param name="Id">Its key.</param>
/// <param name="Longitude">Degrees; of the point, or of any place on the shape.</param>
/// <param name="Latitude">Degrees.</param>
/// <param name="Shape">Its shape; null when it is just the point.</param>
/// <param name="Attraction">How much it draws children of each age (A), from 0 to 100; of a line a reach of full length.</param>
/// <param name="Reaches">Of a line its reaches, each a place to go to; null for what is one place.</param>
public readonly record struct TripWater(
    Guid Id, double Longitude, double Latitude, ShapeIndex? Shape, PerAge<double> Attraction, IReadOnlyList<Reach>? Reaches = null)
{
    /// <summary>Of a sound shape.</summary>
    /// <param name="id">Its key.</param>
    /// <param name="shape">Longitude before latitude, degrees on WGS84.</param>
    /// <param name="attraction">How much it draws children of each age.</param>
    /// <param name="reachMetres">Lines are cut into reaches of at most this length.</param>
    public static TripWater Of(Guid id, Geometry shape, PerAge<double> attraction, double reachMetres)
    {
        var at = shape.Coordinate;
        if (shape is Point) return new TripWater(id, at.X, at.Y, null, attraction);
        if (shape is not (LineString or MultiLineString)) return new TripWater(id, at.X, at.Y, ShapeIndex.Of(shape), attraction);
        var reaches = HazardMap.Risk.Reaches.Of(shape, reachMetres);
        return new TripWater(id, at.X, at.Y, reaches is [var whole] ? whole.Shape : ShapeIndex.Of(shape), attraction, reaches);
    }

    /// <summary>How many places to go to it is.</summary>
    public int Parts => Reaches is { Count: > 0 } reaches ? reaches.Count : 1;

    /// <summary>The shape of one of them; null for a point.</summary>
    internal ShapeIndex? ShapeOf(int part) => Reaches is { Count: > 0 } reaches ? reaches[part].Shape : Shape;

    /// <summary>What one of them draws of an age: a reach by its length.</summary>
    internal double AttractionOf(int part, TripAge age, double reachMetres) => Reaches is { Count: > 0 } reaches
        && reaches[part] is { FromMetres: { } from, ToMetres: { } to } ? Attraction[age] * (to - from) / reachMetres : Attraction[age];
}
