using HazardMap.Register;
using HazardMap.Service.Accounts;
using HazardMap.Service.Database;
using HazardMap.Service.Sync.Events;
using Npgsql;

namespace HazardMap.Service.Sync.Webhooks;

/// <summary>A place elsewhere that is told of changes, within the rights of an account.</summary>
/// <param name="Id">Identifier.</param>
/// <param name="Account">Whose rights hold.</param>
/// <param name="Url">Where to.</param>
/// <param name="Secret">Signs what is sent.</param>
/// <param name="Entities">Sets that it is told of; null: all.</param>
/// <param name="Place">What was delivered last.</param>
/// <param name="Failures">Failures in a row.</param>
internal sealed record Webhook(
    Guid Id, Account Account, string Url, string Secret, IReadOnlyList<string>? Entities, EventPlace Place, int Failures);

/// <summary>The webhooks of the register.</summary>
internal static class WebhookStore
{
    /// <summary>After so many failures in a row it is told no more.</summary>
    public const int MostFailures = 20;

    // Whoever claims one has it for half a minute: two services don't deliver the same.
    private const string Claim = """
        with due as (
          select w.id from account.webhooks w
          where w.stopped_at is null and w.next_try_at <= clock_timestamp()
            and exists (select from register.event_state s where s.era <> w.era or s.last_seq > w.seq)
          order by w.next_try_at limit 20 for update skip locked),
        claimed as (
          update account.webhooks w set next_try_at = clock_timestamp() + interval '30 seconds' from due where w.id = due.id returning w.*)
        select c.id, c.url, c.secret, c.entities, c.era, c.seq, c.nth, c.failures, a.id, a.user_name, a.display_name, g.roles, g.areas
        from claimed c join account.accounts a on a.id = c.account_id and a.disabled_at is null
        cross join lateral (
          select coalesce(array_agg(role), '{}') as roles, coalesce(array_agg(area), '{}') as areas
          from account.grants where account = a.user_name and valid_from <= now() and (valid_to is null or valid_to > now())) g
        """;

    private const string Delivered = """
        update account.webhooks set era = $2, seq = $3, nth = $4, failures = 0, last_error = null, next_try_at = clock_timestamp(),
               delivered_at = case when $5 then clock_timestamp() else delivered_at end
        where id = $1
        """;

    // 10 s, 20 s, 40 s ... an hour.
    private static readonly string Failed = $"""
        update account.webhooks set failures = failures + 1, last_error = $2,
               next_try_at = clock_timestamp() + least(interval '1 hour', interval '5 seconds' * power(2, least(failures + 1, 10))),
               stopped_at = case when failures + 1 >= {MostFailures} then clock_timestamp() end
        where id = $1
        """;

    public static Task<List<Webhook>> ClaimAsync(NpgsqlDataSource database, CancellationToken stop) =>
        database.RowsAsync(Claim, row => new Webhook(row.GetGuid(0),
            new Account(row.GetGuid(8), row.GetString(9), row.GetString(10),
                [.. row.GetFieldValue<string[]>(11).Zip(row.GetFieldValue<string?[]>(12),
                    (role, area) => new Grant(Enum.Parse<AccountRole>(role), area))], DateTimeOffset.MaxValue),
            row.GetString(1), row.GetString(2), row.IsDBNull(3) ? null : row.GetFieldValue<string[]>(3),
            new EventPlace(row.GetInt64(4), row.GetInt64(5), row.GetInt64(6)), row.GetInt32(7)), stop);

    /// <summary>Everything up to a place was delivered, or was none of its business.</summary>
    public static Task DeliveredAsync(NpgsqlDataSource database, Guid id, EventPlace place, bool wasSent, CancellationToken stop) =>
        database.ExecuteAsync(Delivered, stop, id, place.Era, place.Seq, place.Nth, wasSent);

    public static Task FailedAsync(NpgsqlDataSource database, Guid id, string because, CancellationToken stop) =>
        database.ExecuteAsync(Failed, stop, id, because);
}
