using HazardMap.OData;
using HazardMap.Service.Accounts;
using HazardMap.Service.Database;
using HazardMap.Service.Register;
using HazardMap.Service.Register.Sets;

namespace HazardMap.Service.Ways;

/// <summary>What <c>/odata</c> serves of ways to school: a function of a school or kindergarten.</summary>
internal static class WayModel
{
    /// <summary>Adds <c>Facilities(id)/HazardMap.WayToSchoolHazards(withinMetres=50)</c>.</summary>
    public static void Describe(ODataModelBuilder model)
    {
        model.Words<WaysState>(); // the answer's own, with what its members are called
        model.Extend(Facilities.Set, facilities =>
            facilities.Function("WayToSchoolHazards", AnswerAsync, FunctionParameter.Of<double>("withinMetres")));
    }

    private static async Task<WaysToSchool> AnswerAsync(FunctionCall call, CancellationToken stop)
    {
        var within = call.Arguments.GetValueOrDefault("withinMetres") is double metres ? metres : WayStore.WithinMetres;
        var database = RegisterDatabase.Of(call.Http);
        var told = await WayAnswer.OfAsync(database, (Guid)call.Key, within, stop);
        return told.SeenBy(await Sight.OfAsync(call.Http, database, told.Named, stop));
    }
}
