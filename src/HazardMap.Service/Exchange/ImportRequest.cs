namespace HazardMap.Service.Exchange;

/// <summary>What a file is imported as.</summary>
internal enum ImportKind { Hazards, Facilities, Settlements, Divisions, Osm }

/// <summary>One import, as it was asked for.</summary>
/// <param name="Path">The file.</param>
/// <param name="As">What it holds; <see langword="null"/> finds out from the file.</param>
/// <param name="Crs"><c>auto</c>, <c>EPSG:n</c>, <c>gcj02</c> or <c>bd09</c>.</param>
/// <param name="DryRun">Does everything except keeping it.</param>
/// <param name="SkipBad">Leaves unreadable optional cells empty and skips rows without code or place, instead of refusing the file.</param>
/// <param name="Actor">Who imports, for the history.</param>
/// <param name="AllowOlder">Takes an extract that is older than what is known of its objects.</param>
/// <param name="AllowMoves">Known rows may move far, onto one spot, or by lost decimals.</param>
internal sealed record ImportRequest(string Path, ImportKind? As = null, string Crs = "auto", bool DryRun = false, bool SkipBad = false,
    string Actor = "import", bool AllowOlder = false, bool AllowMoves = false)
{
    /// <summary>The file's name without its folder.</summary>
    public string FileName => System.IO.Path.GetFileName(Path);
}
