using HazardMap.OData;
using HazardMap.Service.Accounts;
using HazardMap.Service.Risk;
using HazardMap.Service.Runs;
using Npgsql;

namespace HazardMap.Service.Register;

/// <summary><c>/odata</c>: the register's model, who asks, and what a change sets in motion.</summary>
internal static class RegisterEndpoints
{
    public static void MapRegister(this IEndpointRouteBuilder routes)
    {
        var services = routes.ServiceProvider;
        var database = services.GetRequiredService<NpgsqlDataSource>();
        var log = services.GetRequiredService<ILoggerFactory>().CreateLogger("OData");
        routes.MapOData("/odata", RegisterModel.Build(new RiskFunctions(database)), new ODataOptions
        {
            DataSource = database,
            HttpAuthenticationScheme = "bearer",
            Caller = Caller,
            // An inspector's phone may be without a network for days before it can repeat a request.
            Repeatable = new RepeatableRequests { Table = "account.repeatable_requests", Kept = TimeSpan.FromDays(14) },
            OnChanging = RegisterChanges.OnChangingAsync,
            OnChanged = RegisterChanges.OnChangedAsync,
            OnCommitted = services.GetRequiredService<RunWorker>().OnCommittedAsync,
            MapException = failure => failure is RefusalException refusal ? Refused(refusal) : null,
            OnUnexpected = (http, failure) => log.LogError(failure, "{Method} {Path} failed", http.Request.Method, http.Request.Path),
        });
    }

    // Roles and areas come with their own issue: until then whoever is logged in is an administrator.
    private static ODataCaller Caller(HttpContext http)
    {
        var name = (http.Items[typeof(Account)] as Account)?.UserName ?? "nobody";
        return new ODataCaller { Name = name, Settings = new Dictionary<string, string>(StringComparer.Ordinal) { ["hazardmap.actor"] = name } };
    }

    private static ODataRefusalException Refused(RefusalException refusal) =>
        new(422, refusal.Code, refusal.Message, refusal.Target) { Details = [new("zh", refusal.MessageZh)] };
}
