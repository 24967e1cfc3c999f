using HazardMap.Register;
using HazardMap.Risk.Rules;
using HazardMap.Risk.Trips;

namespace HazardMap.Service.Risk.Rules;

/// <summary>What a rule's scores are, which says how they may be read: those of one model are no measure for those of another.</summary>
internal enum RuleModel
{
    /// <summary>Children near by, weighted: a score without a unit.</summary>
    [Word("儿童暴露分（无单位）", "Children near by, a score without a unit")] Proximity,

    /// <summary>Trips of children: deaths expected in 1,000 years.</summary>
    [Word("每千年预计儿童溺亡人数", "Deaths of children expected in 1,000 years")] Trips,
}

/// <summary>Which model a rule is of.</summary>
internal static class RuleModels
{
    /// <summary>Of a rule.</summary>
    public static RuleModel Model(this RiskRule rule) => rule is TripRule ? RuleModel.Trips : RuleModel.Proximity;
}
