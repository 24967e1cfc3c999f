using Microsoft.AspNetCore.Http;
using Npgsql;

namespace HazardMap.OData.Tests.World;

/// <summary>The coast as a model. The header <c>X-Area</c> confines a request to the harbours whose code begins with it.</summary>
public static class CoastModel
{
    public static ODataModel Build() => ODataModel.Build("Coast", m =>
    {
        var kind = m.Enum("LighthouseKind", "Tower", "Lightship", "Beacon");
        m.EntitySet("Harbours", "coast.harbours", e =>
        {
            e.Key("Code", ODataType.String);
            e.ChangesFrom("coast.harbour_changes");
            e.Property("Name", ODataType.String).Required().Searchable();
            e.Property("Basin", ODataType.GeographyPolygon);
            e.Property("Depth", ODataType.Decimal);
            e.Property("OpenedOn", ODataType.Date);
            e.Property("PartOf", ODataType.String);
            e.Many("Lighthouses", "Lighthouses", "HarbourCode");
            e.One("Whole", "Harbours", "PartOf");
            e.Many("Parts", "Harbours", "PartOf");
        });
        m.EntitySet("Lighthouses", "coast.lighthouses", e =>
        {
            e.WriteTo("coast.lighthouses").Deletable();
            e.Changing(RefuseForbiddenWordAsync);
            e.Key("Id", ODataType.Guid);
            e.Property("Name", ODataType.String).Required().MaxLength(60).Writable().Searchable()
                .Description("Name on the chart", "海图上的名称");
            e.Property("Kind", kind).Required().Writable();
            e.Property("Place", ODataType.GeographyPoint).Required().Writable();
            e.Property("Outline", ODataType.Geography).Writable();
            e.Property("HarbourCode", ODataType.String).Writable();
            e.Property("Height", ODataType.Double).Range(0, 200).Writable().Unit("m");
            e.Property("Steps", ODataType.Int32).Writable();
            e.Property("RangeNm", ODataType.Int16).Writable();
            e.Property("Visitors", ODataType.Int64).Writable();
            e.Property("Price", ODataType.Decimal).Writable();
            e.Property("Lit", ODataType.Boolean).Writable();
            e.Property("Note", ODataType.String).Writable().Searchable();
            e.Property("BuiltOn", ODataType.Date).Writable();
            e.Property("LastSeenAt", ODataType.DateTimeOffset).Writable();
            e.Property("OpensAt", ODataType.TimeOfDay).Writable();
            e.Property("Blink", ODataType.Duration).Writable();
            e.Property("Badge", ODataType.Binary).Writable();
            e.Property("CallSign", ODataType.String).Writable();
            e.Version("Version");
            e.ChangesFrom("coast.lighthouse_changes", "HarbourCode");
            e.One("Harbour", "Harbours", "HarbourCode");
            e.Many("Keepers", "Keepers", "LighthouseId");
            e.Function("LookOut", LookOutAsync,
                FunctionParameter.Of<double>("metres"), FunctionParameter.Of<string>("word"), FunctionParameter.Of<bool>("fog"),
                FunctionParameter.Of("kind", kind),
                FunctionParameter.Of<DateTimeOffset>("since"));
            e.Function("Sight", (call, _) => Task.FromResult(call.Arguments.GetValueOrDefault("lost") is true ? null : Survey.Made),
                FunctionParameter.Of<bool>("lost"),
                FunctionParameter.Of<LighthouseKind>("seenFrom"));
        });
        m.EntitySet("Tides", "coast.tides", e => e.Key("Id", ODataType.Int32));
        m.EntitySet("Keepers", "coast.keepers", e =>
        {
            e.WriteTo("coast.keepers").Insertable().Deletable();
            e.Key("Id", ODataType.Guid).Creatable();
            e.Property("LighthouseId", ODataType.Guid).Required().Creatable();
            e.Property("Name", ODataType.String).Required().Writable();
            e.Property("Secret", ODataType.String).Personal().NotFilterable();
            e.Property("Age", ODataType.Int32);
            e.ChangesFrom("coast.keeper_changes", "LighthouseId");
            e.One("Lighthouse", "Lighthouses", "LighthouseId");
        });
        m.EntitySet("Markers", "coast.markers", e =>
        {
            e.Key("Id", ODataType.Int32);
            e.Property("Name", ODataType.String).Required();
            e.Property("Colour", ODataType.String).Required();
            e.Property("Moved", ODataType.Int32).Required();
            e.ChangesFrom("coast.marker_changes");
        });
    });

    public static ODataOptions Options(
        NpgsqlDataSource source, List<Exception> unexpected, int pageSize = 1000, bool englishOnly = false) => new()
    {
        SecondLanguage = englishOnly ? null : SecondLanguage.Chinese,
        DataSource = source,
        MaxPageSize = pageSize,
        StatementTimeout = TimeSpan.FromSeconds(3),
        ChangeTimeout = TimeSpan.FromSeconds(2),
        Caller = Caller,
        OnUnexpected = (_, error) =>
        {
            lock (unexpected) unexpected.Add(error);
        },
    };

    // Whoever looks out for ever is called back by the library.
    private static async Task<View?> LookOutAsync(FunctionCall call, CancellationToken stop)
    {
        if (call.Arguments.GetValueOrDefault("word") is "for ever") await Task.Delay(Timeout.Infinite, stop);
        return View.Of(call);
    }

    // And whoever writes it waits as long as he is let.
    private static Task RefuseForbiddenWordAsync(ODataChange change, CancellationToken stop) =>
        change.Values.Any(x => x.Value is "forbidden word")
            ? throw new ODataRefusalException(422, "BadWord", "That word is not used on charts.", "Note")
            : change.Values.Any(x => x.Value is "for ever") ? Task.Delay(Timeout.Infinite, stop) : Task.CompletedTask;

    private static ODataCaller Caller(HttpContext http)
    {
        var area = http.Request.Headers["X-Area"].ToString();
        return new ODataCaller
        {
            Restrict = set => (area, set.Name) switch
            {
                ("", _) => Restriction.Everything,
                (_, "Harbours") => Restriction.StartsWith("Code", area),
                (_, "Lighthouses") => Restriction.StartsWith("HarbourCode", area),
                _ => Restriction.Nothing,
            },
            MayRead = (_, property) => !property.Personal || http.Request.Headers.ContainsKey("X-Personal"),
            Settings = new Dictionary<string, string>(StringComparer.Ordinal) { ["coast.actor"] = "test" },
        };
    }
}
