using System.Runtime.InteropServices;
using HazardMap.Geodesy;

namespace HazardMap.Network;

/// <summary>The gnomonic plane of a place, in metres along each axis: great circles are straight lines in it.</summary>
/// <remarks>Metres in it are right to 1e-6 of themselves for each kilometre from the place;
/// what counts is measured on the spheroid.</remarks>
internal sealed class RoadPlane(SurfacePoint centre)
{
    private readonly SurfacePoint _centre = centre;

    public (double X, double Y) Of(in Vector normal)
    {
        // Differences first: near the place a coordinate is right to a nanometre.
        var w = normal - _centre.Normal;
        var z = 1 - 0.5 * w.Dot(w);
        return (w.Dot(_centre.East) / z * _centre.PrimeVerticalRadius, w.Dot(_centre.North) / z * _centre.MeridianRadius);
    }

    public Vector Normal((double X, double Y) at) =>
        (_centre.Normal + _centre.East * (at.X / _centre.PrimeVerticalRadius) + _centre.North * (at.Y / _centre.MeridianRadius)).Unit();

    /// <summary>Along the spheroid.</summary>
    public double Metres((double X, double Y) from, (double X, double Y) to)
    {
        var (longitude, latitude) = Normal(from).Degrees();
        return new SurfacePoint(longitude, latitude).DistanceTo(SurfacePoint.PositionOf(Normal(to)));
    }
}

/// <summary>A straight piece in the plane.</summary>
[StructLayout(LayoutKind.Sequential)]
internal readonly record struct PlaneSegment((double X, double Y) From, (double X, double Y) To)
{
    private double Dx => To.X - From.X;

    private double Dy => To.Y - From.Y;

    public (double X, double Y) At(double share) => share >= 1 ? To : (From.X + share * Dx, From.Y + share * Dy);

    /// <summary>The nearest place of the segment to a place, and how far.</summary>
    public (double Share, double Metres) Nearest((double X, double Y) place)
    {
        double x = place.X - From.X, y = place.Y - From.Y, length2 = Dx * Dx + Dy * Dy;
        var share = length2 > 0 ? Math.Clamp((x * Dx + y * Dy) / length2, 0, 1) : 0;
        var at = At(share);
        double ox = at.X - place.X, oy = at.Y - place.Y;
        return (share, Math.Sqrt(ox * ox + oy * oy));
    }

    /// <summary>Where this segment is crossed by the other, as a share; null where they miss each other or run along each other.</summary>
    public double? CrossingWith(in PlaneSegment other)
    {
        var turn = Dx * other.Dy - Dy * other.Dx;
        if (turn == 0) return null;
        double x = other.From.X - From.X, y = other.From.Y - From.Y;
        var here = (x * other.Dy - y * other.Dx) / turn;
        var there = (x * Dy - y * Dx) / turn;
        return here is >= 0 and <= 1 && there is >= 0 and <= 1 ? here : null;
    }

    /// <summary>Whether the boxes of the two are farther apart than these metres.</summary>
    public bool IsBeyond(in PlaneSegment other, double metres) =>
        Math.Min(From.X, To.X) > Math.Max(other.From.X, other.To.X) + metres
        || Math.Max(From.X, To.X) < Math.Min(other.From.X, other.To.X) - metres
        || Math.Min(From.Y, To.Y) > Math.Max(other.From.Y, other.To.Y) + metres
        || Math.Max(From.Y, To.Y) < Math.Min(other.From.Y, other.To.Y) - metres;
}
