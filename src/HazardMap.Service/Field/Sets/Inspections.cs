using System.Globalization;
using HazardMap.OData;
using HazardMap.Register;
using HazardMap.Service.Accounts;
using HazardMap.Service.Database;
using HazardMap.Service.Photos;
using HazardMap.Service.Register;
using HazardMap.Service.Register.Sets;
using Edm = HazardMap.OData.ODataType;

namespace HazardMap.Service.Field.Sets;

/// <summary>Visits to a hazard: evidence, therefore never changed and never deleted. What they tell the water is the database's to do
/// (<c>geodata/functions/inspections.sql</c>).</summary>
internal static class Inspections
{
    /// <summary>Name of the set.</summary>
    public const string Set = "Inspections";

    /// <summary>Header by which a device tells its clock at the moment of sending, as ISO 8601 with an offset.</summary>
    public const string DeviceTimeHeader = "HazardMap-Device-Time";

    private const int MostSeen = 10_000, MinutesOfADay = 1440;
    private const double MostAccuracy = 1e9;

    public static void Describe(ODataModelBuilder model) => model.EntitySet(Set, "odata.inspections", set =>
    {
        set.Description("Visits to a hazard: evidence, never changed and never deleted. A correction is a new one that names the one it "
            + "corrects", "巡查记录");
        set.WriteTo("register.inspections").Insertable();
        set.Policy(new(Roles.SeesPeople) { Insert = Roles.Outside });
        set.Identifier();
        set.OfHazard();
        Moments(set);
        set.Property("InspectorId", Edm.Guid).Seen().Label("Inspector", "巡查人");
        set.Property("Result", model.Words<InspectionResult>()).Required().Seen().Label("Result", "结果").Description("What was found");
        set.Property("HasSign", Edm.Boolean).Seen().Label("Warning sign", "警示牌").Description("Sign as seen; null: not looked at");
        set.Property("HasRing", Edm.Boolean).Seen().Label("Life ring", "救生圈").Description("Ring as seen");
        set.Property("HasRope", Edm.Boolean).Seen().Label("Rope", "救生绳").Description("Rope as seen");
        set.Property("HasPole", Edm.Boolean).Seen().Label("Pole", "救生杆").Description("Pole as seen");
        set.Property("HasCamera", Edm.Boolean).Seen().Label("Camera", "监控").Description("Camera as seen");
        set.Property("DepthMetres", Edm.Double).Seen().Range(0, 12_000).Unit("m").Label("Depth", "水深")
            .Description("Greatest depth as measured; null: not measured");
        set.Property("Access", model.Words<Access>()).Seen().Label("Access", "通行").Description("Who can reach the water, as seen");
        set.Property("Notes", Edm.String).Seen().MaxLength(4000).Prose().Label("Notes", "备注");
        set.Property("ChildrenSeen", Edm.Int32).Seen().Range(0, MostSeen).Label("Children seen", "见到儿童数")
            .Description("Children at the water while somebody watched; empty: not counted, which is not 0");
        set.Property("ChildrenInWater", Edm.Int32).Seen().Range(0, MostSeen).Label("Children in the water", "下水儿童数")
            .Description("Those of them who were in the water");
        set.Property("WatchedMinutes", Edm.Int32).Seen().Range(0, MinutesOfADay).Unit("min")
            .Label("Watched", "观察时长（分钟）")
            .Description("How long somebody watched");
        Places(set);
        set.Property("CorrectsId", Edm.Guid).Seen().Label("Corrects", "更正的记录")
            .Description("The inspection that this one corrects: of the same water, and not corrected yet");
        set.Property("CorrectedById", Edm.Guid).Label("Corrected by", "更正为")
            .Description("The inspection that corrects it; null: it holds");
        set.Provenance();
        set.ChangesFrom("odata.inspection_changes", "DivisionCode", "HazardId");
        set.One("Hazard", Hazards.Set, "HazardId");
        set.One("Inspector", People.Set, "InspectorId");
        set.One("Corrects", Set, "CorrectsId");
        set.Many("Photos", PhotoSet.Set, "InspectionId");
        set.Many("Rectifications", Rectifications.Set, "InspectionId");
        set.Changing(TellDeviceTimeAsync);
    });

    private static void Moments(EntitySetBuilder set)
    {
        set.Property("At", Edm.DateTimeOffset).Required().Seen().Label("When", "时间")
            .Description("When the visit was; of a device whose clock is off, put right by its skew");
        set.Property("DeviceAt", Edm.DateTimeOffset).Seen().Label("Device's clock", "设备时间")
            .Description("The device's clock when the record was made");
        set.Property("ReceivedAt", Edm.DateTimeOffset).Label("Received", "接收时间")
            .Description("When it came, by the server's clock");
        set.Property("ClockSkewSeconds", Edm.Double).Seen().Unit("s")
            .Label("Clock ahead by", "时钟偏差（秒）")
            .Description("How far the device's clock was ahead, as the device found at its last contact; "
                + $"{DeviceTimeHeader} of the request is better; null: not known");
    }

    private static void Places(EntitySetBuilder set)
    {
        set.Property("Position", Edm.GeographyPoint).Seen().Personal().NotFilterable()
            .Label("Position", "巡查位置（仅存证，不回显）")
            .Description("Where the inspector stood; kept as evidence, null when read");
        set.Property("AccuracyMetres", Edm.Double).Seen().Range(0, MostAccuracy).Unit("m").Label("Accuracy", "定位精度（米）")
            .Description("How far off the position may be, as the device says");
        set.Property("MetresFromShape", Edm.Double).Unit("m").Label("From the water", "距水域（米）")
            .Description("From the position to the water's shape, on the spheroid; null: no position");
        set.Property("Flags", Edm.String).Label("To look at", "需核查")
            .Description("What a supervisor should look at, separated by commas: ClockOff, FarFromWater, FutureClamped, PositionMissing, "
                + "PositionVague, PositionZero, ReportedLate; null: nothing");
    }

    private static PropertyBuilder Seen(this PropertyBuilder property) => property.Creatable().Instead(
        "an inspection is evidence and is not overwritten; POST a new one that names this one in CorrectsId",
        "巡查记录是证据，不能改写；请新增一条巡查，并在 CorrectsId 中填写本条的 Id");

    private static async Task TellDeviceTimeAsync(ODataChange change, CancellationToken stop)
    {
        var said = change.Http.Request.Headers[DeviceTimeHeader].ToString();
        if (said.Length == 0) return;
        if (!DateTimeOffset.TryParse(said, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var time))
            throw Refusals.Broken("NotAMoment", $"The header {DeviceTimeHeader} is not a moment, such as 2026-07-01T04:00:00Z.",
                $"请求头 {DeviceTimeHeader} 不是有效时间，例如 2026-07-01T04:00:00Z。", DeviceTimeHeader);
        await change.Connection.ExecuteAsync("select set_config('hazardmap.device_time', $1, true)", stop,
            time.UtcDateTime.ToString("O", CultureInfo.InvariantCulture));
    }
}
