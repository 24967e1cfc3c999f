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

    /// <summary>The length.</summary>
    public double Metres => Math.Sqrt(Dx * Dx + Dy * Dy);

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

    /// <summary>The part of this segment, as shares, that is no farther than some metres from the other; null where none is.</summary>
    public (double From, double To)? Within(in PlaneSegment other, double metres)
    {
        // A disc around each end and the strip between them; together they are convex.
        var near = (From: double.PositiveInfinity, To: double.NegativeInfinity);
        Widen(ref near, WithinDisc(other.From, metres));
        Widen(ref near, WithinDisc(other.To, metres));
        if (other.Metres is > 0 and var length)
        {
            double alongX = other.Dx / length, alongY = other.Dy / length, x = From.X - other.From.X, y = From.Y - other.From.Y;
            var beside = Between(x * alongX + y * alongY, Dx * alongX + Dy * alongY, 0, length);
            var across = Between(y * alongX - x * alongY, Dy * alongX - Dx * alongY, -metres, metres);
            Widen(ref near, (Math.Max(beside.From, across.From), Math.Min(beside.To, across.To)));
        }
        return near.From <= 1 && near.To >= 0 ? (Math.Max(0, near.From), Math.Min(1, near.To)) : null;
    }

    private (double From, double To) WithinDisc((double X, double Y) centre, double metres)
    {
        double x = From.X - centre.X, y = From.Y - centre.Y, length2 = Dx * Dx + Dy * Dy;
        if (length2 == 0) return x * x + y * y <= metres * metres ? (0, 1) : (1, 0);
        var middle = -(x * Dx + y * Dy) / length2;
        double offX = x + middle * Dx, offY = y + middle * Dy;
        var half2 = (metres * metres - offX * offX - offY * offY) / length2;
        var half = Math.Sqrt(Math.Max(0, half2));
        return half2 < 0 ? (1, 0) : (middle - half, middle + half);
    }

    // Where start + share * slope lies between two bounds.
    private static (double From, double To) Between(double start, double slope, double least, double most)
    {
        if (slope == 0)
            return start >= least && start <= most ? (double.NegativeInfinity, double.PositiveInfinity) : (1, 0);
        var (one, two) = ((least - start) / slope, (most - start) / slope);
        return (Math.Min(one, two), Math.Max(one, two));
    }

    private static void Widen(ref (double From, double To) near, (double From, double To) by)
    {
        if (by.From <= by.To) near = (Math.Min(near.From, by.From), Math.Max(near.To, by.To));
    }
}
