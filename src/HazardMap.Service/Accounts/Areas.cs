namespace HazardMap.Service.Accounts;

/// <summary>What a route is open to.</summary>
/// <param name="Roles">Who may call it.</param>
/// <param name="IsWhole">Whether it shows the register as a whole, and is for those who have the role everywhere.</param>
internal sealed record RouteAccess(Roles Roles, bool IsWhole);

/// <summary>
/// The rights of who asks, and whom routes are open to: every route says it or is anonymous, and a test names one that doesn't.
/// </summary>
internal static class Areas
{
    /// <summary>The rights of who asks.</summary>
    public static Rights Of(HttpContext http)
    {
        if (http.Items[typeof(Rights)] is Rights known) return known;
        var rights = new Rights(http.Items[typeof(Account)] as Account);
        http.Items[typeof(Rights)] = rights;
        return rights;
    }

    /// <summary>Open to whoever has one of the roles somewhere; what it shows and does it confines itself.</summary>
    public static TBuilder OpenTo<TBuilder>(this TBuilder route, Roles roles) where TBuilder : IEndpointConventionBuilder =>
        route.Open(new(roles, IsWhole: false));

    /// <summary>
    /// Open to whoever has one of the roles everywhere: for what shows the register as a whole and can't be confined to an area.
    /// </summary>
    public static TBuilder OpenToWhole<TBuilder>(this TBuilder route, Roles roles) where TBuilder : IEndpointConventionBuilder =>
        route.Open(new(roles, IsWhole: true));

    /// <summary>Open to every account, also without a role: about itself.</summary>
    public static TBuilder OpenToAccounts<TBuilder>(this TBuilder route) where TBuilder : IEndpointConventionBuilder =>
        route.WithMetadata(new RouteAccess(Roles.None, IsWhole: false));

    /// <summary>What says of each of its requests itself who may make it, as OData's sets do.</summary>
    public static TBuilder OpenByItsParts<TBuilder>(this TBuilder route) where TBuilder : IEndpointConventionBuilder =>
        route.WithMetadata(new RouteAccess(Roles.None, IsWhole: false));

    private static TBuilder Open<TBuilder>(this TBuilder route, RouteAccess access) where TBuilder : IEndpointConventionBuilder =>
        route.WithMetadata(access).AddEndpointFilter(async (call, next) =>
        {
            if (await IsRefusedAsync(call.HttpContext, access)) return Results.Empty;
            return await next(call);
        });

    private static async ValueTask<bool> IsRefusedAsync(HttpContext http, RouteAccess access)
    {
        var rights = Of(http);
        if (rights.Of(access.Roles).IsEverywhere || !access.IsWhole && rights.Has(access.Roles)) return false;
        if (access.IsWhole && rights.Has(access.Roles))
        {
            await Hosting.Errors.WriteAsync(http, 403, "Forbidden",
                "This shows the whole register; the account is confined to an area.",
                "此处显示全部台账，而该账户仅限于所辖区域。");
        }
        else
        {
            await Hosting.Errors.WriteAsync(http, 403, "Forbidden", "The account has no role that may do that.",
                "该账户没有可执行此操作的角色。");
        }
        return true;
    }
}
