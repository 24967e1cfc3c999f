namespace HazardMap.Risk.Trips;

/// <summary>The standard normal distribution.</summary>
public static class NormalDistribution
{
    /// <summary>The probability of less than x; relative error below 1e-13 down to the smallest number there is.</summary>
    public static double Below(double x) => 0.5 * Erfc(-x / Math.Sqrt(2));

    /// <summary>The probability of an interval; either side may be infinite.</summary>
    public static double Between(double from, double to) =>
        // In the upper tail both are near 1: the difference is taken on the other side, where digits are left.
        from > 0 ? Below(-from) - Below(-to) : Below(to) - Below(from);

    // The complementary error function: fdlibm's s_erf.c, error below one unit in the last place but for the rounding of exp.
    private static double Erfc(double x)
    {
        if (double.IsNaN(x)) return x;
        var size = Math.Abs(x);
        if (size < 0.84375)
        {
            if (size < 1.3877787807814457e-17) return 1 - x;
            var z = x * x;
            var y = (Pp[0] + z * (Pp[1] + z * (Pp[2] + z * (Pp[3] + z * Pp[4])))) / Below1(Qq, z);
            return x < 0.25 ? 1 - (x + x * y) : 0.5 - (x - 0.5 + x * y);
        }
        if (size < 1.25)
        {
            var s = size - 1;
            var y = Poly(Pa, s) / Below1(Qa, s);
            return x >= 0 ? 1 - Erx - y : 1 + (Erx + y);
        }
        if (size >= 28) return x > 0 ? 0 : 2;
        if (x < -6) return 2;
        var t = 1 / (size * size);
        var (r, d) = size < 1 / 0.35 ? (Poly(Ra, t), Below1(Sa, t)) : (Poly(Rb, t), Below1(Sb, t));
        // The square of what is left of x after its low bits are cut is exact.
        var cut = BitConverter.Int64BitsToDouble(BitConverter.DoubleToInt64Bits(size) & ~0xffffffffL);
        var tail = Math.Exp(-cut * cut - 0.5625) * Math.Exp((cut - size) * (cut + size) + r / d) / size;
        return x > 0 ? tail : 2 - tail;
    }

    private const double Erx = 8.45062911510467529297e-01;

    private static readonly double[] Pp = [1.28379167095512558561e-01, -3.25042107247001499370e-01, -2.84817495755985104766e-02,
        -5.77027029648944159157e-03, -2.37630166566501626084e-05];

    private static readonly double[] Qq = [3.97917223959155352819e-01, 6.50222499887672944485e-02, 5.08130628187576562776e-03,
        1.32494738004321644526e-04, -3.96022827877536812320e-06];

    private static readonly double[] Pa = [-2.36211856075265944077e-03, 4.14856118683748331666e-01, -3.72207876035701323847e-01,
        3.18346619901161753674e-01, -1.10894694282396677476e-01, 3.54783043256182359371e-02, -2.16637559486879084300e-03];

    private static readonly double[] Qa = [1.06420880400844228286e-01, 5.40397917702171048937e-01, 7.18286544141962662868e-02,
        1.26171219808761642112e-01, 1.36370839120290507362e-02, 1.19844998467991074170e-02];

    private static readonly double[] Ra = [-9.86494403484714822705e-03, -6.93858572707181764372e-01, -1.05586262253232909814e+01,
        -6.23753324503260060396e+01, -1.62396669462573470355e+02, -1.84605092906711035994e+02, -8.12874355063065934246e+01,
        -9.81432934416914548592e+00];

    private static readonly double[] Sa = [1.96512716674392571292e+01, 1.37657754143519042600e+02, 4.34565877475229228821e+02,
        6.45387271733267880336e+02, 4.29008140027567833386e+02, 1.08635005541779435134e+02, 6.57024977031928170135e+00,
        -6.04244152148580987438e-02];

    private static readonly double[] Rb = [-9.86494292470009928597e-03, -7.99283237680523006574e-01, -1.77579549177547519889e+01,
        -1.60636384855821916062e+02, -6.37566443368389627722e+02, -1.02509513161107724954e+03, -4.83519191608651397019e+02];

    private static readonly double[] Sb = [3.03380607434824582924e+01, 3.25792512996573918826e+02, 1.53672958608443695994e+03,
        3.19985821950859553908e+03, 2.55305040643316442583e+03, 4.74528541206955367215e+02, -2.24409524465858183362e+01];

    private static double Poly(double[] terms, double x)
    {
        var sum = 0.0;
        for (var i = terms.Length - 1; i >= 0; i--) sum = sum * x + terms[i];
        return sum;
    }

    // 1 + x (t0 + x (t1 + ...))
    private static double Below1(double[] terms, double x) => 1 + x * Poly(terms, x);
}
