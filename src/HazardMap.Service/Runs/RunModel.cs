using HazardMap.OData;
using HazardMap.Service.Database;
using HazardMap.Service.Register;
using Edm = HazardMap.OData.ODataType;

namespace HazardMap.Service.Runs;

/// <summary>What every entity set of runs has: it is ordered by POST, watched, and called off.</summary>
internal static class RunModel
{
    /// <summary>Adds the state of an order and <c>HazardMap.Cancel()</c>.</summary>
    /// <param name="set">The runs.</param>
    /// <param name="model">The model being described.</param>
    /// <param name="table">Where orders are kept.</param>
    public static void Order(this EntitySetBuilder set, ODataModelBuilder model, string table)
    {
        set.WriteTo(table).Orderable();
        set.Property("State", model.Words<RunState>()).Required().Description("How far it is", "状态");
        set.Property("Progress", Edm.Double).Required().Description("0 to 1", "进度");
        set.Property("RequestedAt", Edm.DateTimeOffset).Required().Description("Ordered", "提交时间");
        set.Property("RequestedBy", Edm.String).Required().Description("By whom", "提交人");
        set.Property("StartedAt", Edm.DateTimeOffset).Description("Begun", "开始时间");
        set.Property("FinishedAt", Edm.DateTimeOffset).Description("Over", "结束时间");
        set.Property("Error", Edm.String).Description("Why it failed", "失败原因");
        set.Action("Cancel", (call, stop) => RunOrders.CancelAsync(RegisterDatabase.Of(call.Http), table, (Guid)call.Key, stop));
    }
}
