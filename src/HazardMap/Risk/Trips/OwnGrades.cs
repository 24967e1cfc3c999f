using HazardMap.Register;

namespace HazardMap.Risk.Trips;

/// <summary>A water that the county has graded itself.</summary>
/// <param name="Id">Its key.</param>
/// <param name="Own">The county's grade.</param>
/// <param name="Level">The rule's.</param>
/// <param name="RiskScore">The rule's score.</param>
public readonly record struct GradedWater(Guid Id, RiskLevel Own, RiskLevel Level, double RiskScore);

/// <summary>How the county's own grades and the rule's levels agree.</summary>
/// <param name="Waters">Waters that both have graded.</param>
/// <param name="Same">Of them, graded alike.</param>
/// <param name="Matrix">Waters by the county's grade, then by the rule's level; red first.</param>
/// <param name="Kappa">Cohen's kappa with quadratic weights: 1 alike, 0 as by chance; null where one of the two knows one grade only and
/// chance agrees wholly.</param>
/// <param name="RuleHigher">Where the rule is higher, the farthest apart first.</param>
/// <param name="OwnHigher">Where the county is higher, the farthest apart first.</param>
public sealed record GradeAgreement(int Waters, int Same, IReadOnlyList<IReadOnlyList<int>> Matrix, double? Kappa,
    IReadOnlyList<GradedWater> RuleHigher, IReadOnlyList<GradedWater> OwnHigher)
{
    private const int Levels = 4;

    /// <summary>How many disagreements each way are told.</summary>
    public const int Told = 20;

    /// <summary>Of waters that the county has graded.</summary>
    public static GradeAgreement Of(IReadOnlyCollection<GradedWater> waters)
    {
        var matrix = new int[Levels][];
        for (var i = 0; i < Levels; i++) matrix[i] = new int[Levels];
        foreach (var water in waters) matrix[(int)water.Own][(int)water.Level]++;
        return new GradeAgreement(waters.Count, Enumerable.Range(0, Levels).Sum(i => matrix[i][i]), matrix, KappaOf(matrix, waters.Count),
            [.. waters.Where(w => w.Level < w.Own).OrderBy(w => w.Level - w.Own).ThenByDescending(w => w.RiskScore).ThenBy(w => w.Id)
                .Take(Told)],
            [.. waters.Where(w => w.Level > w.Own).OrderBy(w => w.Own - w.Level).ThenBy(w => w.RiskScore).ThenBy(w => w.Id).Take(Told)]);
    }

    /// <summary>What patrols take: the higher of the two.</summary>
    public static RiskLevel Patrolled(RiskLevel level, RiskLevel? own) => own is { } grade && grade < level ? grade : level;

    private static double? KappaOf(int[][] matrix, int waters)
    {
        var (seen, chance) = (0.0, 0.0);
        for (var i = 0; i < Levels; i++)
            for (var j = 0; j < Levels; j++)
            {
                var weight = (i - j) * (i - j);
                seen += weight * (double)matrix[i][j];
                chance += weight * (double)matrix[i].Sum() * matrix.Sum(row => row[j]) / Math.Max(1, waters);
            }
        return chance > 0 ? 1 - seen / chance : null;
    }
}
