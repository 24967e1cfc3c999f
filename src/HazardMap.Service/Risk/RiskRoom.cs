using HazardMap.Service.Field.Sets;
using HazardMap.Service.Hosting;
using HazardMap.Service.Register.Sets;
using HazardMap.Service.Risk.Runs;
using HazardMap.Service.Runs;

namespace HazardMap.Service.Risk;

/// <summary>Risk: rules, runs, levels and their history, and scores that follow every change in its own transaction.</summary>
internal static class RiskRoom
{
    public static void Add(House house)
    {
        RiskModel.Describe(house.Model);
        house.AddRun(RiskRuns.Set, _ => RiskRuns.Kind);
        house.Worker<RiskQueueWorker>();
        // An acknowledged edit and its risk are one: what it touches is scored before it commits.
        foreach (var input in new[] { Hazards.Set, Facilities.Set, Incidents.Set, Settlements.Set, Inspections.Set })
        {
            house.Model.Extend(input, set => set
                .Changed((change, stop) => RiskUpdate.ScoreWaitingAsync(change.Connection, RiskCause.Edit, stop))
                .Deleted((change, stop) => RiskUpdate.ScoreWaitingAsync(change.Connection, RiskCause.Edit, stop)));
        }
        house.Model.Extend(Hazards.Set, set => set.Deleting((change, stop) => RiskLock.TakeToDeleteAsync(change.Connection, stop)));
    }
}
