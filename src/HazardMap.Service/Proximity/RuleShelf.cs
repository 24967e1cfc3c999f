using HazardMap.Proximity;
using HazardMap.Service.Database;
using Npgsql;

namespace HazardMap.Service.Proximity;

/// <summary>What the register knows of the rules: which were published, and which one is in force.</summary>
internal static class RuleShelf
{
    /// <summary>Makes a rule the one in force, from the commit of the caller's transaction on.</summary>
    public static async Task ChooseAsync(NpgsqlConnection connection, RiskRule rule, CancellationToken stop)
    {
        await PublishAsync(connection, rule, stop);
        await using var command = connection.Command(EmbeddedSql.Of(typeof(RuleShelf), "ChooseRule"), rule.Version);
        await command.ExecuteNonQueryAsync(stop);
    }

    /// <summary>Tells the register of every rule file, so that clients can list them, and of the one in force when none was ever chosen; <paramref name="refused"/> hears of files that are none.</summary>
    public static async Task PublishAllAsync(NpgsqlDataSource database, Action<RefusalException> refused, CancellationToken stop)
    {
        await using var connection = await database.OpenConnectionAsync(stop);
        foreach (var version in RuleFiles.Versions)
        {
            try
            {
                await PublishAsync(connection, RuleFiles.Find(version), stop);
            }
            catch (RefusalException refusal)
            {
                refused(refusal);
            }
        }
        await using var first = connection.Command("insert into register.active_risk_rule (rule, chosen_by) values ($1, 'HazardMap') on conflict do nothing", RuleFiles.Default);
        await first.ExecuteNonQueryAsync(stop);
    }

    private static async Task PublishAsync(NpgsqlConnection connection, RiskRule rule, CancellationToken stop)
    {
        await using var command = connection.Command(EmbeddedSql.Of(typeof(RuleShelf), "PublishRule"), rule.Version, rule.Title.En, rule.Title.Zh,
            rule.Distance.Mode.ToString(), rule.Distance.ReachMetres, rule.RedAtLeast, rule.OrangeAtLeast, rule.YellowAtLeast, rule.Fingerprint);
        await command.ExecuteNonQueryAsync(stop);
    }
}
