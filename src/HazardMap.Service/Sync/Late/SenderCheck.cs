using HazardMap.Service.Accounts;
using HazardMap.Service.Hosting;

namespace HazardMap.Service.Sync.Late;

/// <summary>
/// A queue says whose it is (<c>HazardMap-Account</c>, percent-encoded): when somebody else has logged in on the same device meanwhile,
/// perhaps in another tab, nothing is done in his name.
/// </summary>
internal static class SenderCheck
{
    private const string Header = "HazardMap-Account";

    public static void UseSenderCheck(this WebApplication app) => app.Use(async (http, next) =>
    {
        var named = http.Request.Headers[Header].ToString();
        if (named.Length > 0 && Uri.UnescapeDataString(named) != Areas.Of(http).Actor)
            await Errors.WriteAsync(http, 409, "AnotherAccount", "Somebody else is logged in here than who entered this.",
                "当前登录的不是填写该内容的账户。");
        else await next(http);
    });
}
