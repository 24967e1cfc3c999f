using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using Npgsql;

namespace HazardMap.OData;

/// <summary>
/// One question whose changes can be followed: the entity set, the navigations that its answer depends on, who asks. Says
/// at which moment a read stands and whether a token belongs here.
/// </summary>
internal sealed class Tracking
{
    // Each navigation that the answer depends on multiplies the ways a change can reach it.
    private const int MostNavigations = 6;
    private static readonly string[] Asked = ["filter", "search", "select", "expand", "compute"];
    private static readonly string[] Untracked = ["top", "skip", "apply"];

    // The last number that had been given to a transaction when the last checkpoint was written: epoch and 32 bits of it.
    private const string Durable =
        "select (split_part(k.next_xid, ':', 1)::int8 * 4294967296 + split_part(k.next_xid, ':', 2)::int8 - 1)::text::xid8 as xid "
            + "from pg_control_checkpoint() k offset 0";

    private readonly ODataRequest _request;
    private readonly HashSet<EntitySet> _sets;
    private readonly string _question;
    private readonly string _rights;

    private Tracking(ODataRequest request, EntitySet set, IReadOnlyList<Navigation> navigations)
    {
        _request = request;
        _sets = [set, .. navigations.Select(x => x.Target)];
        var asked = request.Query.Where(x => Asked.Contains(x.Key, StringComparer.Ordinal) || x.Key.StartsWith('@'));
        _question = Mark(request.RawPath, [.. asked.OrderBy(x => x.Key, StringComparer.Ordinal).Select(x => $"{x.Key}={x.Value}")]);
        _rights = Mark("", [.. _sets.OrderBy(x => x.Name, StringComparer.Ordinal).Select(x => Rights(x, request.Caller))]);
    }

    /// <summary>The tracking of a request whose statement has been built; null when its changes cannot be followed.</summary>
    public static Tracking? Of(ODataRequest request, Resource resource, Translator translator)
    {
        var navigations = translator.Navigations;
        if (request.AsOf is not null) return null;
        if (resource.Parent is not null || resource.IsSingle || translator.UsesClock || navigations.Count > MostNavigations) return null;
        if (Untracked.Any(request.Query.ContainsKey) || !navigations.All(DeltaQuery.CanFollow)) return null;
        var known = resource.Set.Changes?.Former.Append(resource.Set.Key).Select(x => x.Name).ToHashSet(StringComparer.Ordinal);
        return known is not null && request.Caller.Restrict(resource.Set).Properties().All(known.Contains)
            ? new Tracking(request, resource.Set, navigations)
            : null;
    }

    /// <summary>The statement that says which moment a read stands at;
    /// it runs before the read, so that an overlap is repeated, never lost.</summary>
    public string MomentSql()
    {
        // What lies below the last checkpoint is on the disk, so that only what was recorded since is looked through. A database
        // restored from a dump holds numbers of another cluster, above its own: they are nobody's here.
        var newest = _sets.Select(x => $"coalesce((select c.xid from {x.Changes!.QuotedSource} c "
            + "where c.xid >= d.xid and c.xid < pg_snapshot_xmax(pg_current_snapshot()) order by c.xid desc limit 1), '0'::xid8)");
        return $"select pg_current_snapshot()::text, greatest({string.Join(", ", newest)}, d.xid)::text, "
            + $"({_request.Options.ChangeEpochSql})::text from ({Durable}) d";
    }

    /// <summary>
    /// The token of a read that begins now; the reader stands on the answer to <see cref="MomentSql"/>, and is moved on. An
    /// earlier token that belongs to another database, or to a past that this one has not had, is refused.
    /// </summary>
    public async Task<DeltaToken> BeginAsync(NpgsqlDataReader reader, DeltaToken? earlier, CancellationToken stop)
    {
        await reader.ReadAsync(stop);
        var (snapshot, epoch) = (reader.GetString(0), reader.GetString(2));
        var newest = ulong.Parse(reader.GetString(1), NumberStyles.None, CultureInfo.InvariantCulture);
        await reader.NextResultAsync(stop);
        if (earlier is not null && (!string.Equals(earlier.Epoch, epoch, StringComparison.Ordinal)
            || earlier.Moment.End > TransactionMoment.Parse(snapshot).End))
            throw Gone("the database has been restored or replaced");
        return new DeltaToken(TransactionMoment.Of(snapshot, newest), DateTimeOffset.UtcNow, epoch, _question, _rights);
    }

    /// <summary>Reads a token of this question; one that cannot be followed any more is 410.</summary>
    public DeltaToken Read(string text)
    {
        var token = DeltaToken.Read(text, _request.Options);
        if (!string.Equals(token.Question, _question, StringComparison.Ordinal))
            throw ODataRefusalException.Bad(
                "This delta token belongs to another request; follow @odata.deltaLink as it is given.", "$deltatoken");
        if (!string.Equals(token.Rights, _rights, StringComparison.Ordinal)) throw Gone("what you may see has changed");
        if (DateTimeOffset.UtcNow - token.TakenAt > _request.Options.DeltaRetention)
            throw Gone($"changes are kept for {_request.Options.DeltaRetention}");
        return token;
    }

    private static ODataRefusalException Gone(RefusalText why) =>
        new(410, "DeltaGone",
            $"These changes can no longer be told: {why}. Read the whole set again with Prefer: track-changes.", "$deltatoken");

    private static string Rights(EntitySet set, ODataCaller caller) =>
        $"{set.Name}|{caller.Restrict(set).Describe()}|"
            + $"{string.Join(',', set.Properties.Where(x => caller.MayRead(set, x)).Select(x => x.Name))}";

    private static string Mark(string first, IEnumerable<string> rest) =>
        Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(string.Join('\n', rest.Prepend(first)))).AsSpan(0, 8));
}
