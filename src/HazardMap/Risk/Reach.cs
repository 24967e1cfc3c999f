using HazardMap.Geodesy;
using NetTopologySuite.Geometries;

namespace HazardMap.Risk;

/// <summary>A part of a long water that is scored by itself.</summary>
/// <param name="Ordinal">From 1, along the shape; cells of an area row by row from the south-west.</param>
/// <param name="Part">Its own shape.</param>
/// <param name="FromMetres">Where it begins along a line; null for areas and points.</param>
/// <param name="ToMetres">Where it ends.</param>
public sealed record Reach(int Ordinal, Geometry Part, double? FromMetres, double? ToMetres)
{
    private readonly Lazy<ShapeIndex> _shape = new(() => ShapeIndex.Of(Part));

    /// <summary>The part, ready to be measured.</summary>
    public ShapeIndex Shape => _shape.Value;

    /// <summary>A place in its middle.</summary>
    public (double Longitude, double Latitude) Centre() => Shape.Bounds.Centre.Degrees();
}
