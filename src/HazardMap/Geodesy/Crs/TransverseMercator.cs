namespace HazardMap.Geodesy.Crs;

/// <summary>Transverse Mercator (Gauss-Krüger, UTM) by Krüger's series to sixth order in the third flattening.</summary>
/// <remarks>
/// Coefficients as in Karney, "Transverse Mercator with an accuracy of a few nanometers", J. Geodesy 85 (2011), eq. 12,
/// 35, 36. Nanometres within 3,900 km of the central meridian; <see cref="GridCrs"/> refuses what lies beyond.
/// </remarks>
internal sealed class TransverseMercator
{
    private readonly double _radius, _e;
    private readonly double[] _alpha, _beta;

    public TransverseMercator(Ellipsoid ellipsoid)
    {
        double n = ellipsoid.N, n2 = n * n, n3 = n2 * n, n4 = n2 * n2, n5 = n4 * n, n6 = n3 * n3;
        _e = Math.Sqrt(ellipsoid.E2);
        _radius = ellipsoid.A / (1 + n) * (1 + n2 / 4 + n4 / 64 + n6 / 256);
        _alpha =
        [
            n / 2 - 2 * n2 / 3 + 5 * n3 / 16 + 41 * n4 / 180 - 127 * n5 / 288 + 7891 * n6 / 37800,
            13 * n2 / 48 - 3 * n3 / 5 + 557 * n4 / 1440 + 281 * n5 / 630 - 1983433 * n6 / 1935360,
            61 * n3 / 240 - 103 * n4 / 140 + 15061 * n5 / 26880 + 167603 * n6 / 181440,
            49561 * n4 / 161280 - 179 * n5 / 168 + 6601661 * n6 / 7257600,
            34729 * n5 / 80640 - 3418889 * n6 / 1995840,
            212378941 * n6 / 319334400,
        ];
        _beta =
        [
            n / 2 - 2 * n2 / 3 + 37 * n3 / 96 - n4 / 360 - 81 * n5 / 512 + 96199 * n6 / 604800,
            n2 / 48 + n3 / 15 - 437 * n4 / 1440 + 46 * n5 / 105 - 1118711 * n6 / 3870720,
            17 * n3 / 480 - 37 * n4 / 840 - 209 * n5 / 4480 + 5569 * n6 / 90720,
            4397 * n4 / 161280 - 11 * n5 / 504 - 830251 * n6 / 7257600,
            4583 * n5 / 161280 - 108847 * n6 / 3991680,
            20648693 * n6 / 638668800,
        ];
    }

    /// <summary>Metres east of the central meridian and north of the equator, at scale 1; angles in radians.</summary>
    public (double X, double Y) Forward(double longitude, double latitude)
    {
        var tau = Math.Tan(latitude);
        var conformal = Conformal(tau);
        var (sinL, cosL) = Math.SinCos(longitude);
        var xi = Math.Atan2(conformal, cosL);
        var eta = Math.Asinh(sinL / Math.Sqrt(conformal * conformal + cosL * cosL));
        double x = eta, y = xi;
        for (var j = 1; j <= 6; j++)
        {
            var (s, c) = Math.SinCos(2 * j * xi);
            y += _alpha[j - 1] * s * Math.Cosh(2 * j * eta);
            x += _alpha[j - 1] * c * Math.Sinh(2 * j * eta);
        }
        return (_radius * x, _radius * y);
    }

    /// <summary>The inverse of <see cref="Forward"/>.</summary>
    public (double Longitude, double Latitude) Inverse(double x, double y)
    {
        double xi = y / _radius, eta = x / _radius, xi1 = xi, eta1 = eta;
        for (var j = 1; j <= 6; j++)
        {
            var (s, c) = Math.SinCos(2 * j * xi);
            xi1 -= _beta[j - 1] * s * Math.Cosh(2 * j * eta);
            eta1 -= _beta[j - 1] * c * Math.Sinh(2 * j * eta);
        }
        var (sinXi, cosXi) = Math.SinCos(xi1);
        var sinhEta = Math.Sinh(eta1);
        var conformal = sinXi / Math.Sqrt(sinhEta * sinhEta + cosXi * cosXi);
        return (Math.Atan2(sinhEta, cosXi), Math.Atan(Geographic(conformal)));
    }

    // Eq. 7 to 9: tangent of the conformal latitude.
    private double Conformal(double tau)
    {
        var sigma = Math.Sinh(_e * Math.Atanh(_e * tau / Math.Sqrt(1 + tau * tau)));
        return tau * Math.Sqrt(1 + sigma * sigma) - sigma * Math.Sqrt(1 + tau * tau);
    }

    // Eq. 19 to 21: Newton's method; two steps reach double precision.
    private double Geographic(double conformal)
    {
        var e2 = _e * _e;
        var tau = conformal / (1 - e2);
        for (var i = 0; i < 6; i++)
        {
            var at = Conformal(tau);
            var step = (conformal - at) / Math.Sqrt(1 + at * at) * (1 + (1 - e2) * tau * tau) / ((1 - e2) * Math.Sqrt(1 + tau * tau));
            tau += step;
            if (!(Math.Abs(step) > 1e-15 * Math.Max(1, Math.Abs(tau)))) break;
        }
        return tau;
    }
}
