using HazardMap.OData;
using HazardMap.Register;

namespace HazardMap.Service.Risk;

/// <summary>What <c>WorstHazards</c> answers: the worst waters of one division.</summary>
[TypeName("WorstHazardsReport")]
internal sealed record WorstOfDivision(string DivisionCode, string DivisionName, IReadOnlyList<WorstHazard> Hazards);

/// <summary>One of the worst waters of a division, with its reasons in one sentence.</summary>
internal sealed record WorstHazard(
    Guid Id, string Code, string Name, HazardKind Kind, string DivisionCode, double Score, RiskLevel Level,
    string ReasonEn, string ReasonZh);

/// <summary>What <c>FourOnes</c> answers: a division and those directly below it.</summary>
internal sealed record FourOnesReport(IReadOnlyList<FourOnes> Divisions);

/// <summary>How complete the four ones (四个一) are in a division; closed waters do not count.</summary>
[TypeName("FourOnesCount")]
internal sealed record FourOnes(
    string DivisionCode, string DivisionName, int Hazards, int WithSign, int WithRing, int WithRope, int WithPole, int WithAll)
{
    /// <summary>Share of waters that have all four; 1 where there are no waters.</summary>
    public double Complete => Hazards == 0 ? 1 : (double)WithAll / Hazards;
}
