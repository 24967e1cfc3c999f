using HazardMap.OData;
using HazardMap.Service.Accounts;
using HazardMap.Service.Database;
using HazardMap.Service.Hosting;
using HazardMap.Service.Sync.Late;
using Npgsql;

namespace HazardMap.Service.Register;

/// <summary>The register: its sets, <c>/odata</c> itself, and what it holds at a glance.</summary>
internal static class RegisterRoom
{
    public static void Add(House house)
    {
        RegisterModel.Describe(house.Model);
        house.Routes(routes => routes.MapGet("/api/status", async (HttpContext http, NpgsqlDataSource database, CancellationToken stop) =>
            Results.Json(await RegisterStatus.ReadAsync(database, Areas.Of(http).Of(Roles.Everybody), stop))).OpenTo(Roles.Everybody));
    }

    /// <summary>Serves the model of all rooms under <c>/odata</c>.</summary>
    public static void MapModel(IEndpointRouteBuilder routes, ODataModel model)
    {
        var services = routes.ServiceProvider;
        var log = services.GetRequiredService<ILoggerFactory>().CreateLogger("OData");
        routes.MapOData("/odata", model, new ODataOptions
        {
            DataSource = services.GetRequiredService<NpgsqlDataSource>(),
            HttpAuthenticationScheme = "bearer",
            StatementTimeout = TimeSpan.FromSeconds(4.5), // so that an answer is there within five
            ChangeTimeout = TimeSpan.FromSeconds(3.5),    // a body of some megabytes is read before, and geometry ends when it can
            SecondLanguage = SecondLanguage.Chinese,
            Caller = http => Areas.Of(http).ODataCaller,
            // An inspector's phone may be without a network for days before it can repeat a request.
            Repeatable = new RepeatableRequests
            {
                Table = "account.repeatable_requests", Kept = TimeSpan.FromDays(14), Recording = Receipts.RecordAsync,
            },
            Late = new LateRequests(),
            MapException = failure => failure is RefusalException refusal ? Refused(refusal) : Broken(DatabaseFault.Of(failure)),
            OnUnexpected = (http, failure) => log.LogError(failure, "{Method} {Path} failed", http.Request.Method, http.Request.Path),
        }).OpenByItsParts();
    }

    private static ODataRefusalException Refused(RefusalException refusal) =>
        new(422, refusal.Code, refusal.Message, refusal.Target) { Details = [new("zh", refusal.MessageZh)] };

    private static ODataRefusalException? Broken(DatabaseFault? fault) => fault is null ? null
        : new(503, fault.Code, fault.Message) { Details = [new("zh", fault.MessageZh)], RetryAfterSeconds = fault.RetryAfterSeconds };
}
