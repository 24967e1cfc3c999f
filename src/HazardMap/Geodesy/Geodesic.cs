namespace HazardMap.Geodesy;

/// <summary>Length of the shortest path between two points on WGS84, to nanometres.</summary>
/// <remarks>
/// The series are those of Karney, "Algorithms for geodesics", J. Geodesy 87 (2013), to sixth order; the longitude on the
/// auxiliary sphere is found by fixed point iteration as Vincenty (1975) did it. That converges unless the points
/// are within about half a degree of opposite; those are refused, as no distance of this product comes near.
/// </remarks>
public static class Geodesic
{
    private const double Degree = Math.PI / 180;
    private static readonly Ellipsoid Globe = Ellipsoid.Wgs84;

    /// <summary>Metres from one position to another; degrees, longitude first.</summary>
    /// <exception cref="RefusalException">A position is off the globe, or the two are almost antipodal.</exception>
    public static double Distance(double longitude1, double latitude1, double longitude2, double latitude2)
    {
        Soundness.CheckPosition(longitude1, latitude1);
        Soundness.CheckPosition(longitude2, latitude2);
        var longitude = Math.IEEERemainder(longitude2 - longitude1, 360) * Degree;
        var (sin1, cos1) = ReducedLatitude(latitude1);
        var (sin2, cos2) = ReducedLatitude(latitude2);
        var omega = longitude;
        for (var i = 0; i < 200; i++)
        {
            var arc = Arc.Between(sin1, cos1, sin2, cos2, omega);
            if (arc.IsPoint) return 0;
            var next = longitude + Globe.F * arc.SinAlpha0 * arc.I3();
            if (Math.Abs(next - omega) < 1e-15) return arc.Length();
            if (Math.Abs(next) > Math.PI) break;
            omega = next;
        }
        throw new RefusalException("AntipodalPoints",
            "The two points are almost opposite each other on the globe: their distance is not offered.",
            "两点几乎位于地球的对跖位置，不提供距离。");
    }

    private static (double Sin, double Cos) ReducedLatitude(double latitude)
    {
        var (s, c) = Math.SinCos(latitude * Degree);
        s *= 1 - Globe.F;
        var h = Math.Sqrt(s * s + c * c);
        return (s / h, c / h);
    }

    /// <summary>A great-circle arc on the auxiliary sphere, from sigma1 to sigma1 + Sigma12 counted from the equator.</summary>
    private readonly record struct Arc(double SinAlpha0, double Epsilon, double Sigma1, double Sigma12)
    {
        public bool IsPoint => Sigma12 == 0;

        public static Arc Between(double sin1, double cos1, double sin2, double cos2, double omega)
        {
            var (sinO, cosO) = Math.SinCos(omega);
            // Components across and along; the second in a form that does not cancel for short lines.
            var across = cos2 * sinO;
            var half = Math.Sin(omega / 2);
            var along = sin2 * cos1 - sin1 * cos2 + 2 * sin1 * cos2 * half * half;
            var sinSigma = Math.Sqrt(across * across + along * along);
            if (sinSigma == 0) return default;
            var sigma12 = Math.Atan2(sinSigma, sin1 * sin2 + cos1 * cos2 * cosO);
            double sinA1 = across / sinSigma, cosA1 = along / sinSigma;
            var sinA0 = sinA1 * cos1;
            var cosA0 = Math.Sqrt(cosA1 * cosA1 + sinA1 * sinA1 * sin1 * sin1);   // eq. 5
            var sigma1 = Math.Atan2(sin1, cosA1 * cos1);                          // eq. 11
            var k2 = Globe.E2 / (1 - Globe.E2) * cosA0 * cosA0;                    // eq. 9
            var root = Math.Sqrt(1 + k2);
            return new Arc(sinA0, k2 / ((root + 1) * (root + 1)), sigma1, sigma12); // eq. 16
        }

        // Eq. 15, 17, 18: distance.
        public double Length()
        {
            double e = Epsilon, e2 = e * e;
            var a1 = (1 + e2 * (1 / 4.0 + e2 * (1 / 64.0 + e2 / 256))) / (1 - e);
            ReadOnlySpan<double> c1 =
            [
                e * (-1 / 2.0 + e2 * (3 / 16.0 - e2 / 32)),
                e2 * (-1 / 16.0 + e2 * (1 / 32.0 - e2 * 9 / 2048)),
                e * e2 * (-1 / 48.0 + e2 * 3 / 256),
                e2 * e2 * (-5 / 512.0 + e2 * 3 / 512),
                e * e2 * e2 * (-7 / 1280.0),
                e2 * e2 * e2 * (-7 / 2048.0),
            ];
            return Globe.B * a1 * (Sigma12 + Differences(c1));
        }

        // Eq. 23, 24, 25: longitude.
        public double I3()
        {
            double n = Globe.N, e = Epsilon, e2 = e * e, e3 = e2 * e, e4 = e2 * e2, e5 = e4 * e;
            var a3 = 1 - (1 / 2.0 - n / 2) * e - (1 / 4.0 + n / 8 - 3 * n * n / 8) * e2
                   - (1 / 16.0 + 3 * n / 16 + n * n / 16) * e3 - (3 / 64.0 + n / 32) * e4 - 3 / 128.0 * e5;
            ReadOnlySpan<double> c3 =
            [
                (1 / 4.0 - n / 4) * e + (1 / 8.0 - n * n / 8) * e2 + (3 / 64.0 + 3 * n / 64 - n * n / 64) * e3
                    + (5 / 128.0 + n / 64) * e4 + 3 / 128.0 * e5,
                (1 / 16.0 - 3 * n / 32 + n * n / 32) * e2 + (3 / 64.0 - n / 32 - 3 * n * n / 64) * e3
                    + (3 / 128.0 + n / 128) * e4 + 5 / 256.0 * e5,
                (5 / 192.0 - 3 * n / 64 + 5 * n * n / 192) * e3 + (3 / 128.0 - 5 * n / 192) * e4 + 7 / 512.0 * e5,
                (7 / 512.0 - 7 * n / 256) * e4 + 7 / 512.0 * e5,
                21 / 2560.0 * e5,
            ];
            return a3 * (Sigma12 + Differences(c3));
        }

        // Sum of c[l] (sin 2l sigma2 - sin 2l sigma1), as products, so that short lines keep their digits.
        private double Differences(ReadOnlySpan<double> c)
        {
            double sum = 0, twiceMiddle = 2 * Sigma1 + Sigma12;
            for (var l = c.Length; l >= 1; l--)
                sum += c[l - 1] * 2 * Math.Cos(l * twiceMiddle) * Math.Sin(l * Sigma12);
            return sum;
        }
    }
}
