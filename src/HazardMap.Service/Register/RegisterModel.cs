using HazardMap.OData;
using HazardMap.Service.Hosting;
using HazardMap.Service.Register.Sets;

namespace HazardMap.Service.Register;

/// <summary>The description of everything that <c>/odata</c> serves, which imports and exports go by too.
/// Made once; stands on no database.</summary>
internal static class RegisterModel
{
    private static readonly Lazy<ODataModel> Described = new(() => House.Build(new ServiceCollection()).Model);

    /// <summary>The model.</summary>
    public static ODataModel Model => Described.Value;

    /// <summary>The register's own sets, one file each.</summary>
    public static void Describe(ODataModelBuilder model)
    {
        Divisions.Describe(model);
        Hazards.Describe(model);
        Facilities.Describe(model);
        Settlements.Describe(model);
        People.Describe(model);
        Responsibilities.Describe(model);
        Incidents.Describe(model);
    }
}
