namespace HazardMap.Risk.Trips;

/// <summary>Something that was counted, and what was expected of it.</summary>
/// <param name="Expected">Before anything is learnt.</param>
/// <param name="Seen">How many there were.</param>
/// <param name="Row">How the logarithm of the expectation changes with each number's.</param>
internal readonly record struct PenalisedCount(double Expected, int Seen, double[] Row);

/// <summary>
/// Counts whose expectation moves with the logarithms of some numbers, each of which is pulled back to where it was by its own spread.
/// Poisson, or where counts scatter more than chance alone does, negative binomial: variance m + m^2 * overdispersion.
/// </summary>
internal sealed class PenalisedFit
{
    private const int MostSteps = 100, MostRounds = 30;
    private const double LeastOverdispersion = 1e-6, MostOverdispersion = 100, FarthestShift = 30;

    private readonly IReadOnlyList<PenalisedCount> _counts;
    private readonly double[] _sds, _moved, _shifts;

    /// <summary>Nothing has shifted yet.</summary>
    /// <param name="counts">With what is expected where the numbers are now.</param>
    /// <param name="sds">Of the logarithm of each number.</param>
    /// <param name="moved">How far each logarithm is already from where it is pulled back to.</param>
    public PenalisedFit(IReadOnlyList<PenalisedCount> counts, double[] sds, double[] moved) =>
        (_counts, _sds, _moved, _shifts) = (counts, Array.ConvertAll(sds, sd => Math.Max(sd, 1e-9)), moved, new double[sds.Length]);

    /// <summary>0: Poisson.</summary>
    public double Overdispersion { get; private set; }

    public double Shift(int number) => _shifts[number];

    /// <summary>What is expected of a count now.</summary>
    public double Mean(int count) => _counts[count].Expected * Math.Exp(Dot(_counts[count].Row, _shifts));

    public double LogLikelihood() => LogLikelihood(_shifts);

    /// <summary>Newton's method; the penalty makes the curvature definite, so a step that does not gain is only too long.</summary>
    public void Run()
    {
        for (var step = 0; step < MostSteps; step++)
        {
            var (gradient, curvature) = Slopes();
            var by = Cholesky.Solve(curvature, gradient);
            var now = Penalised(_shifts);
            var length = 1.0;
            double[] next;
            do
            {
                next = [.. _shifts.Select((s, i) => Math.Clamp(s + length * by[i], -FarthestShift, FarthestShift))];
                length /= 2;
            }
            while (!(Penalised(next) >= now) && length > 1e-12);
            next.CopyTo(_shifts, 0);
            if (by.Max(Math.Abs) < 1e-10) return;
        }
    }

    /// <summary>The same with as much overdispersion as makes the counts most probable, the two in turn.</summary>
    public void RunOverdispersed()
    {
        for (var round = 0; round < MostRounds; round++)
        {
            var before = Overdispersion;
            Run();
            Overdispersion = MostProbableOverdispersion();
            if (Math.Abs(Overdispersion - before) <= 1e-6 * Math.Max(1, before)) break;
        }
        Run();
    }

    public double[] PosteriorSds()
    {
        var (_, curvature) = Slopes();
        return [.. Cholesky.InverseDiagonal(curvature).Select(Math.Sqrt)];
    }

    // Golden section on the logarithm. It is pulled to 1, at which days differ by as much again as their mean: else counts that are all
    // zero would be laid to scatter alone.
    private double MostProbableOverdispersion()
    {
        var golden = (Math.Sqrt(5) - 1) / 2;
        var (low, high) = (Math.Log(LeastOverdispersion), Math.Log(MostOverdispersion));
        while (high - low > 1e-7)
        {
            var (left, right) = (high - golden * (high - low), low + golden * (high - low));
            if (At(left) >= At(right)) high = right;
            else low = left;
        }
        return Math.Exp((low + high) / 2);

        double At(double log) => LogLikelihood(_shifts, Math.Exp(log)) - log * log / 2;
    }

    private double Penalised(double[] shifts)
    {
        var sum = LogLikelihood(shifts);
        for (var i = 0; i < shifts.Length; i++) sum -= Math.Pow((shifts[i] + _moved[i]) / _sds[i], 2) / 2;
        return sum;
    }

    private double LogLikelihood(double[] shifts) => LogLikelihood(shifts, Overdispersion);

    // Constants that depend on the counts alone are left out.
    private double LogLikelihood(double[] shifts, double over)
    {
        var sum = 0.0;
        foreach (var count in _counts)
        {
            // Where nothing is expected a count cannot be laid to any number.
            if (!(count.Expected > 0)) continue;
            var log = Dot(count.Row, shifts) + Math.Log(count.Expected);
            if (over == 0)
            {
                sum += count.Seen * log - Math.Exp(log);
                continue;
            }
            // Gamma functions of whole counts are products.
            for (var k = 0; k < count.Seen; k++) sum += Math.Log(1 + over * k);
            sum += count.Seen * log - (count.Seen + 1 / over) * Math.Log(1 + over * Math.Exp(log));
        }
        return sum;
    }

    private (double[] Gradient, double[,] Curvature) Slopes()
    {
        var n = _shifts.Length;
        var (gradient, curvature) = (new double[n], new double[n, n]);
        foreach (var (expected, seen, row) in _counts)
        {
            if (!(expected > 0)) continue;
            var mean = expected * Math.Exp(Dot(row, _shifts));
            // The expected curvature, which is never negative.
            var (rest, weight) = ((seen - mean) / (1 + Overdispersion * mean), mean / (1 + Overdispersion * mean));
            for (var i = 0; i < n; i++)
            {
                if (row[i] == 0) continue;
                gradient[i] += rest * row[i];
                for (var j = 0; j <= i; j++) curvature[i, j] += weight * row[i] * row[j];
            }
        }
        for (var i = 0; i < n; i++)
        {
            gradient[i] -= (_shifts[i] + _moved[i]) / (_sds[i] * _sds[i]);
            curvature[i, i] += 1 / (_sds[i] * _sds[i]);
            for (var j = 0; j < i; j++) curvature[j, i] = curvature[i, j];
        }
        return (gradient, curvature);
    }

    private static double Dot(double[] row, double[] shifts)
    {
        var sum = 0.0;
        for (var i = 0; i < row.Length; i++) sum += row[i] * shifts[i];
        return sum;
    }
}
