namespace HazardMap.Service.Sample;

/// <summary>Shares of a whole number by weight: the method of the largest remainder, ties to the earlier one.</summary>
internal static class Quota
{
    public static int[] Share(int total, IReadOnlyList<double> weights)
    {
        var sum = weights.Sum();
        if (sum <= 0)
            return total == 0 ? new int[weights.Count] : throw new ArgumentException("nothing to share among", nameof(weights));
        var exact = weights.Select(weight => total * (weight / sum)).ToArray();
        var shares = exact.Select(share => (int)Math.Floor(share)).ToArray();
        var byRemainder = Enumerable.Range(0, exact.Length)
            .OrderByDescending(i => Math.Round(exact[i] - shares[i], 9)).ThenBy(i => i);
        foreach (var i in byRemainder.Take(total - shares.Sum()))
            shares[i]++;
        return shares;
    }

    /// <summary>The same, where everybody has at least <paramref name="least"/>.</summary>
    public static int[] ShareAtLeast(int least, int total, IReadOnlyList<double> weights) =>
        [.. Share(total - least * weights.Count, weights).Select(share => share + least)];
}
