namespace HazardMap.Service.Exchange.Ledger;

/// <summary>Why a cell can't be read, with the remedy, in both languages.</summary>
/// <param name="Reason">Stable code of the reason.</param>
/// <param name="En">What was seen and what to do.</param>
/// <param name="Zh">The same in Chinese.</param>
internal readonly record struct CellProblem(string Reason, string En, string Zh)
{
    private const int LongestQuote = 60;

    /// <summary>What a cell says, cut so that a message stays readable.</summary>
    public static string Quote(string cell) => cell.Length <= LongestQuote ? cell : cell[..LongestQuote] + "…";
}
