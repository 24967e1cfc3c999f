namespace HazardMap.Risk.Rules;

/// <summary>One factor in an explanation: what the hazard's value is and what it does.</summary>
/// <param name="Name">kind, depth, flow, bank, access, sign, ring, rope, pole, camera, incidents;
/// month and hour when a time is asked for.</param>
/// <param name="Value">The hazard's own value; <c>unknown</c> when it has none.</param>
/// <param name="Multiplier">What the score is multiplied by.</param>
/// <param name="Source">Where the number comes from, in English.</param>
/// <param name="Sureness">low, medium or high.</param>
/// <param name="SourceZh">Where the number comes from, in Chinese.</param>
public sealed record FactorShare(string Name, string Value, double Multiplier, string Source, string Sureness, string SourceZh);
