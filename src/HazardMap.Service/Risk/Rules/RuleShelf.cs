using HazardMap.OData;
using HazardMap.Risk.Rules;
using HazardMap.Service.Database;
using HazardMap.Service.Risk.Runs;
using Npgsql;

namespace HazardMap.Service.Risk.Rules;

/// <summary>What the register knows of the rules: which were published, and which one is in force.</summary>
internal static class RuleShelf
{
    /// <summary>Makes a rule the one in force, from the commit of the caller's transaction on.</summary>
    public static async Task ChooseAsync(NpgsqlConnection connection, RiskRule rule, CancellationToken stop)
    {
        await PublishAsync(connection, rule, stop);
        await connection.ExecuteAsync(EmbeddedSql.Of(typeof(RuleShelf), "ChooseRule"), stop, rule.Version);
    }

    /// <summary>The rule that new scores are made with: the last that a full run was asked to use.</summary>
    public static async Task<string> InForceAsync(NpgsqlConnection connection, CancellationToken stop) =>
        await connection.ScalarAsync<string>("select rule from register.active_risk_rule", stop) ?? RuleFiles.Default;

    /// <summary>
    /// Tells the register of every rule file, so that clients can list them, and of the one in force when none was ever
    /// chosen. Where the file of the one in force has changed, everything waits to be scored again.
    /// </summary>
    /// <param name="database">The register.</param>
    /// <param name="refused">Hears of files that are no rules.</param>
    /// <param name="stop">Gives up.</param>
    public static async Task PublishAllAsync(NpgsqlDataSource database, Action<RefusalException> refused, CancellationToken stop)
    {
        await using var connection = await database.OpenPatientlyAsync(stop);
        await using var transaction = await connection.BeginTransactionAsync(stop);
        var inForce = await InForceAsync(connection, stop);
        foreach (var version in RuleFiles.Versions)
        {
            try
            {
                if (await PublishAsync(connection, RuleFiles.Find(version), stop) && version == inForce)
                    await RiskQueue.AddEverythingAsync(connection, stop);
            }
            catch (RefusalException refusal)
            {
                refused(refusal);
            }
        }
        await connection.ExecuteAsync("insert into register.active_risk_rule (rule, chosen_by) values ($1, 'HazardMap') "
            + "on conflict do nothing", stop, RuleFiles.Default);
        await transaction.CommitAsync(stop);
    }

    // True when the register knew another text of it.
    private static Task<bool> PublishAsync(NpgsqlConnection connection, RiskRule rule, CancellationToken stop) =>
        connection.ScalarAsync<bool>(EmbeddedSql.Of(typeof(RuleShelf), "PublishRule"), stop, rule.Version, rule.Title.En, rule.Title.Zh,
            rule.Distance.Mode.ToString(), rule.Distance.ReachMetres, rule.CutoffMetres, rule.RedAtLeast, rule.OrangeAtLeast,
            rule.YellowAtLeast, rule.Fingerprint, rule.Model().ToString());
}
