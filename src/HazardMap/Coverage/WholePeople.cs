namespace HazardMap.Coverage;

/// <summary>Makes whole people of shares.</summary>
public static class WholePeople
{
    /// <summary>
    /// Each share rounded down or up so that together they are the rounded total: the largest remainders are rounded up, of equal ones
    /// the first (Hamilton's method).
    /// </summary>
    /// <param name="shares">Finite, at least 0.</param>
    public static long[] Of(IReadOnlyList<double> shares)
    {
        var whole = shares.Select(s => (long)Math.Floor(s)).ToArray();
        var missing = (long)Math.Round(shares.Sum()) - whole.Sum();
        foreach (var i in Enumerable.Range(0, whole.Length).OrderByDescending(i => shares[i] - whole[i]).Take((int)missing)) whole[i]++;
        return whole;
    }
}
