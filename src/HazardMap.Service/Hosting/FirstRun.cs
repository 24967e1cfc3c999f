using HazardMap.Service.Accounts;
using HazardMap.Service.Database;
using HazardMap.Service.Risk.Runs;
using HazardMap.Service.Sample;
using Npgsql;

namespace HazardMap.Service.Hosting;

/// <summary>What the first <c>up</c> leaves behind: an administrator's token and, unless told otherwise, the sample.</summary>
internal static class FirstRun
{
    public static async Task PrepareAsync(NpgsqlDataSource owner, ClusterDirectory directory, bool empty, CancellationToken stop)
    {
        await EnsureTokenAsync(new AccountStore(owner), directory, stop);
        if (!empty && await SampleLoader.IsRegisterEmptyAsync(owner, stop)) await LoadSampleAsync(owner, stop);
        await ScoreUnscoredAsync(owner, stop);
    }

    // Also after a kill between the sample and its first run: an unscored water must not look like a safe one.
    private static async Task ScoreUnscoredAsync(NpgsqlDataSource owner, CancellationToken stop)
    {
        if (!await owner.ScalarAsync<bool>("select exists (select from register.hazard_risks where score is null)", stop)) return;
        var run = await RiskRun.RunAsync(owner, version: null, "hazardmap up", stop);
        Progress.Say($"{run.Pairs} pairs scored by rule {run.Rule}");
    }

    private static async Task LoadSampleAsync(NpgsqlDataSource owner, CancellationToken stop)
    {
        // The first customer's prefecture; `sample --prefecture leshan` adds the second.
        var plan = SamplePlan.Wenshan;
        Progress.Say($"loading the synthetic sample of {plan.Name} / 正在载入示例数据（虚构）");
        var loaded = await SampleLoader.LoadAsync(owner, plan, stop);
        Progress.Say($"{loaded.Divisions} divisions, {loaded.Hazards} waters, {loaded.Facilities} facilities");
    }

    // The token is known only at the moment it is made: if the file was lost, or is of another database, a new one is issued.
    private static async Task EnsureTokenAsync(AccountStore accounts, ClusterDirectory directory, CancellationToken stop)
    {
        var token = await accounts.EnsureAdministratorAsync(stop);
        if (token is null && File.Exists(directory.AdministratorToken))
        {
            var kept = (await File.ReadAllTextAsync(directory.AdministratorToken, stop)).Trim();
            if (await accounts.FindAsync(kept, stop) is not null) return;
            Progress.Say($"the token in {directory.AdministratorToken} is not one of this database (another one was served from here, "
                + "or it expired or was revoked); a new one takes its place / "
                + "该令牌不属于当前数据库或已失效，将写入新令牌");
        }
        token ??= await accounts.IssueAdministratorTokenAsync(stop);
        PrivateFile.Write(directory.AdministratorToken, token + "\n");
        Progress.Say($"the first administrator's bearer token is in {directory.AdministratorToken} / 管理员令牌已写入该文件");
    }
}
