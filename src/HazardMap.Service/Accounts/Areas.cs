using HazardMap.OData;

namespace HazardMap.Service.Accounts;

/// <summary>What an account may see and do, for the time of one request.</summary>
internal sealed class Rights
{
    private static readonly HashSet<string> Published = new(StringComparer.Ordinal) { "RiskRules" };

    /// <param name="account">Who asks; <see langword="null"/>: nobody, who may nothing.</param>
    public Rights(Account? account)
    {
        Actor = account?.UserName ?? "nobody";
        Area = account?.Area;
        IsEverywhere = account is { Area: null };
        ODataCaller = new ODataCaller
        {
            Name = Actor,
            Restrict = set => IsEverywhere || Published.Contains(set.Name) ? Restriction.Everything : InArea(set),
            MayWrite = set => IsEverywhere || set.Find("DivisionCode") is not null,
            Settings = new Dictionary<string, string>(StringComparer.Ordinal) { ["hazardmap.actor"] = Actor },
        };
    }

    /// <summary>Who is named as the author of changes.</summary>
    public string Actor { get; }

    /// <summary>Code of the division that the account is confined to, with all below it.</summary>
    public string? Area { get; }

    /// <summary>Whether it is confined to no division.</summary>
    public bool IsEverywhere { get; }

    /// <summary>The same for the API, where it holds on every path to a set.</summary>
    public ODataCaller ODataCaller { get; }

    // What lies in no division is in nobody's area.
    private Restriction InArea(EntitySet set) =>
        set.Name == "Divisions" ? Restriction.StartsWith("Code", Area)
        : set.Find("DivisionCode") is not null ? Restriction.StartsWith("DivisionCode", Area)
        : Restriction.Nothing;
}

/// <summary>
/// The only maker of a caller's rights from an account: the API, tiles, runs and event streams ask here, and nobody looks at an
/// account's role or area himself.
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

    /// <summary>
    /// A filter for what shows the register as a whole and can't be confined to an area (tiles, counts, streams of changes):
    /// 403 for an account that is.
    /// </summary>
    public static async ValueTask<object?> NeedEverywhereAsync(EndpointFilterInvocationContext call, EndpointFilterDelegate next)
    {
        if (Of(call.HttpContext).IsEverywhere) return await next(call);
        await Hosting.Errors.WriteAsync(call.HttpContext, 403, "Forbidden",
            "This shows the whole register; the account is confined to an area.",
            "此处显示全部台账，而该账户仅限于所辖区域。");
        return Results.Empty;
    }
}
