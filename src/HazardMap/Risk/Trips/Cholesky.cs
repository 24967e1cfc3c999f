namespace HazardMap.Risk.Trips;

/// <summary>Small symmetric positive definite systems.</summary>
internal static class Cholesky
{
    /// <summary>x of A x = b.</summary>
    public static double[] Solve(double[,] a, double[] b) => Back(Factor(a), b);

    /// <summary>The diagonal of the inverse.</summary>
    public static double[] InverseDiagonal(double[,] a)
    {
        var factor = Factor(a);
        var diagonal = new double[a.GetLength(0)];
        for (var i = 0; i < diagonal.Length; i++)
        {
            var unit = new double[diagonal.Length];
            unit[i] = 1;
            diagonal[i] = Back(factor, unit)[i];
        }
        return diagonal;
    }

    private static double[,] Factor(double[,] a)
    {
        var n = a.GetLength(0);
        var l = new double[n, n];
        for (var i = 0; i < n; i++)
            for (var j = 0; j <= i; j++)
            {
                var sum = a[i, j];
                for (var k = 0; k < j; k++) sum -= l[i, k] * l[j, k];
                l[i, j] = i == j ? Math.Sqrt(Math.Max(sum, double.Epsilon)) : sum / l[j, j];
            }
        return l;
    }

    private static double[] Back(double[,] l, double[] b)
    {
        var x = (double[])b.Clone();
        for (var i = 0; i < x.Length; i++)
        {
            for (var k = 0; k < i; k++) x[i] -= l[i, k] * x[k];
            x[i] /= l[i, i];
        }
        for (var i = x.Length - 1; i >= 0; i--)
        {
            for (var k = i + 1; k < x.Length; k++) x[i] -= l[k, i] * x[k];
            x[i] /= l[i, i];
        }
        return x;
    }
}
