using HazardMap.Service.Database;
using Npgsql;

namespace HazardMap.Service.Accounts;

/// <summary>
/// What may be named in an answer about something within the territory. Danger does not end at a border: a pond here may endanger a
/// school there, and its reader is told so, with all numbers, but not which school.
/// </summary>
internal sealed class Sight
{
    /// <summary>What stands for the name of what lies elsewhere.</summary>
    public const string Elsewhere = "辖区外 / outside your area";

    private const string Within = """
        select id from register.hazards where id = any ($1) and division_code like any ($2)
        union all select id from register.facilities where id = any ($1) and division_code like any ($2)
        union all select id from register.settlements where id = any ($1) and division_code like any ($2)
        """;

    private readonly HashSet<Guid>? _seen;

    private Sight(Territory territory, HashSet<Guid>? seen) => (Territory, _seen) = (territory, seen);

    /// <summary>Where the reader may read.</summary>
    public Territory Territory { get; }

    /// <summary>Of waters, facilities and settlements.</summary>
    /// <param name="http">Who asks.</param>
    /// <param name="database">The register.</param>
    /// <param name="ids">Those that the answer names.</param>
    /// <param name="stop">Gives up.</param>
    /// <param name="division">What the answer names a division by, when it isn't its code.</param>
    public static async Task<Sight> OfAsync(HttpContext http, NpgsqlDataSource database, IEnumerable<Guid> ids, CancellationToken stop,
        Func<string, Guid>? division = null)
    {
        var territory = Areas.Of(http).Of(Roles.Everybody);
        if (territory.Patterns is not { } patterns) return new Sight(territory, seen: null);
        var seen = await database.RowsAsync(Within, row => row.GetGuid(0), stop, ids.ToArray(), patterns);
        if (division is not null)
        {
            seen.AddRange(await database.RowsAsync("select code from register.divisions where code like any ($1)",
                row => division(row.GetString(0)), stop, (object)patterns));
        }
        return new Sight(territory, [.. seen]);
    }

    /// <summary>Whether it may be named.</summary>
    public bool Has(Guid id) => _seen is null || _seen.Contains(id);
}
