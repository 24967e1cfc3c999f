namespace HazardMap.Service.Exchange.Ledger;

/// <summary>Which reference system the positions of a ledger are taken to be in, and from what that was concluded.</summary>
/// <param name="Used">The system.</param>
/// <param name="Asked">What <c>--crs</c> said.</param>
/// <param name="Concluded">How it was concluded, in English.</param>
/// <param name="ConcludedZh">The same in Chinese.</param>
/// <param name="Witnesses">Rows of which the right place is known: by their code, or by their division's boundary.</param>
/// <param name="Readings">How well each reading agrees with them.</param>
internal sealed record CrsConclusion(string Used, string Asked, string Concluded, string ConcludedZh, int Witnesses,
    IReadOnlyList<ReadingScore> Readings);
