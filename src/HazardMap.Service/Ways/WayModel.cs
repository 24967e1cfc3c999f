using System.Text.Json;
using HazardMap.OData;
using HazardMap.Register;
using HazardMap.Service.Register;
using HazardMap.Service.Register.Sets;
using Npgsql;
using Edm = HazardMap.OData.ODataType;

namespace HazardMap.Service.Ways;

/// <summary>What <c>/odata</c> serves of ways to school: a function of a school or kindergarten.</summary>
internal static class WayModel
{
    /// <summary>Adds <c>Facilities(id)/HazardMap.WayToSchoolHazards(withinMetres=50)</c>.</summary>
    public static void Describe(ODataModelBuilder model) => model.Extend(Facilities.Set, facilities =>
        facilities.Function("WayToSchoolHazards", Answer(model), AnswerAsync, new FunctionParameter("withinMetres", Edm.Double)));

    private static ComplexType Answer(ODataModelBuilder model)
    {
        var way = model.Complex("SchoolWay").Property("OriginKind", Edm.String, nullable: false).Property("Origin", Edm.String, nullable: false)
            .Property("OriginName", Edm.String, nullable: false).Property("Children", Edm.Double, nullable: false).Property("DoorMetres", Edm.Double, nullable: false)
            .Property("PathMetres", Edm.Double, nullable: false).Property("GateMetres", Edm.Double, nullable: false);
        var hazard = model.Complex("WayHazard").Property("Rank", Edm.Int32, nullable: false).Property("HazardId", Edm.Guid, nullable: false)
            .Property("Code", Edm.String, nullable: false).Property("Name", Edm.String, nullable: false).Property("Kind", model.Words<HazardKind>(), nullable: false)
            .Property("Level", model.Words<RiskLevel>()).Property("Ways", Edm.Int32, nullable: false).Property("NearestMetres", Edm.Double, nullable: false)
            .Property("Metres", Edm.Double, nullable: false).Property("Children", Edm.Double, nullable: false).Property("ChildMinutes", Edm.Double, nullable: false);
        return model.Complex("WaysToSchool").Property("State", model.Enum("WaysState", "Computed", "NeverComputed", "NoRoads", "NotASchool"), nullable: false)
            .Property("WithinMetres", Edm.Double, nullable: false).Property("FarthestMetres", Edm.Double).Property("ComputedAt", Edm.DateTimeOffset)
            .Property("RoadsChangedSince", Edm.Boolean).Property("CaughtUpAt", Edm.DateTimeOffset).Property("ChangesWaiting", Edm.Int64)
            .Property("OldestChangeSeconds", Edm.Double).Collection("Ways", way).Collection("Hazards", hazard);
    }

    private static async Task AnswerAsync(FunctionCall call, Utf8JsonWriter json, CancellationToken stop)
    {
        var database = call.Http.RequestServices.GetRequiredService<NpgsqlDataSource>();
        var within = call.Arguments.GetValueOrDefault("withinMetres") is double metres ? metres : WayStore.WithinMetres;
        foreach (var (name, value) in await WayAnswer.OfAsync(database, (Guid)call.Key, within, stop))
        {
            json.WritePropertyName(name);
            if (value is null) json.WriteNullValue();
            else value.WriteTo(json);
        }
    }
}
