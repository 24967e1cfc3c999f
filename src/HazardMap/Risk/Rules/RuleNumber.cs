namespace HazardMap.Risk.Rules;

/// <summary>A text in the product's two languages.</summary>
/// <param name="En">English.</param>
/// <param name="Zh">Chinese.</param>
public sealed record BilingualText(string En, string Zh);

/// <summary>A multiplier with where it comes from and how sure it is.</summary>
/// <param name="Multiplier">What a score is multiplied by.</param>
/// <param name="Source">Where the number comes from; "expert prior" where nothing is published.</param>
/// <param name="Sureness">low, medium or high.</param>
public sealed record RuleNumber(double Multiplier, BilingualText Source, string Sureness);

/// <summary>A number of a rule file.</summary>
/// <param name="Path">Its key, such as <c>factors.access.Fenced.multiplier</c>.</param>
/// <param name="Value">The number.</param>
/// <param name="Sd">Standard deviation of its natural logarithm; 0 where it is taken as known, or the rule's model tells none.</param>
public sealed record RuleParameter(string Path, double Value, double Sd = 0);
