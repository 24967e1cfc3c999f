using Microsoft.AspNetCore.Http;
using Npgsql;

namespace HazardMap.OData.Tests.World;

/// <summary>The yard as a model. <c>X-Area</c> confines a request to docks whose code begins with it;
/// <c>X-User</c> says who asks.</summary>
public static class YardModel
{
    public static ODataModel Build() => ODataModel.Build("Yard", m =>
    {
        m.EntitySet("Docks", "yard.docks", e =>
        {
            e.WriteTo("yard.docks").Insertable().Deletable();
            e.Key("Code", ODataType.String).Creatable();
            e.Property("Name", ODataType.String).Required().Writable();
            e.Property("Depth", ODataType.Decimal).Writable();
            e.Property("Note", ODataType.String).Writable();
            e.Version("Version");
            e.Many("Ships", "Ships", "DockCode");
        });
        m.EntitySet("Ships", "yard.ships", e =>
        {
            e.WriteTo("yard.ships").Insertable().Deletable();
            e.Key("Id", ODataType.Guid).Creatable();
            e.Property("Name", ODataType.String).Required().MaxLength(200_000).Writable();
            e.Property("DockCode", ODataType.String).Writable();
            e.Property("Tonnes", ODataType.Int32).Required().Writable();
            e.Property("Flag", ODataType.String).Writable();
            e.Property("Afloat", ODataType.Boolean).Writable();
            e.Property("Badge", ODataType.Binary).Writable();
            e.Property("Course", ODataType.GeographyLineString).Writable();
            e.Property("MadeBy", ODataType.String).Required();
            e.Version("Version");
            e.One("Dock", "Docks", "DockCode");
            e.Many("Sailors", "Sailors", "ShipId");
            e.Many("Papers", "Papers", "ShipId");
        });
        m.EntitySet("Sailors", "yard.sailors", e =>
        {
            e.WriteTo("yard.sailors").Insertable().Deletable();
            e.Key("Id", ODataType.Guid).Creatable();
            e.Property("Name", ODataType.String).Required().Writable();
            e.Property("ShipId", ODataType.Guid).Writable();
            e.Property("Rank", ODataType.String).Required().Writable();
            e.Property("Pay", ODataType.Int32).Writable();
            e.One("Ship", "Ships", "ShipId");
        });
        m.EntitySet("Papers", "yard.papers", e =>
        {
            e.WriteTo("yard.papers").Insertable().Deletable();
            e.Key("Id", ODataType.Guid);
            e.Property("Title", ODataType.String).Writable();
            e.Property("ShipId", ODataType.Guid).Creatable();
            e.Property("MediaType", ODataType.String).Required();
            e.Property("Bytes", ODataType.Int32).Required();
            e.Version("Version");
            e.Media("MediaType", column: "content", sizeProperty: "Bytes", maxBytes: 1000, accepted: ["image/png", "text/plain"]);
        });
        m.EntitySet("Films", "yard.films", e =>
        {
            e.WriteTo("yard.films").Insertable();
            e.Key("Id", ODataType.Guid);
            e.Property("MediaType", ODataType.String).Required();
            e.Media("MediaType", store: new Reels());
        });
    });

    public static ODataOptions Options(NpgsqlDataSource source, List<Exception> unexpected) => new()
    {
        DataSource = source,
        SecondLanguage = SecondLanguage.Chinese,
        StatementTimeout = TimeSpan.FromSeconds(3),
        Caller = Caller,
        Repeatable = new RepeatableRequests { Table = "yard.repeatable_requests", Kept = TimeSpan.FromDays(2), SweepEvery = TimeSpan.Zero },
        MaxBatchParts = 50,
        MaxBatchBytes = 2_000_000,
        OnUnexpected = (_, error) =>
        {
            lock (unexpected) unexpected.Add(error);
        },
    };

    private static ODataCaller Caller(HttpContext http)
    {
        var area = http.Request.Headers["X-Area"].ToString();
        var user = http.Request.Headers["X-User"].ToString();
        return new ODataCaller
        {
            Name = user,
            Restrict = set => (area, set.Name) switch
            {
                ("", _) => Restriction.Everything,
                (_, "Docks") => Restriction.StartsWith("Code", area),
                (_, "Ships") => Restriction.StartsWith("DockCode", area),
                _ => Restriction.Everything,
            },
            RestrictChange = (_, _) => user == "guest" ? Restriction.Nothing : Restriction.Everything,
            RestrictCall = (_, _) => user == "guest" ? Restriction.Nothing : Restriction.Everything,
            Settings = new Dictionary<string, string>(StringComparer.Ordinal) { ["yard.actor"] = user },
        };
    }
}
