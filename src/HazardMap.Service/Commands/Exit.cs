using System.CommandLine;
using HazardMap.Service.Database;
using Npgsql;

namespace HazardMap.Service.Commands;

/// <summary>Exit codes of every command, and the one place where a failure becomes a message.</summary>
internal static class Exit
{
    /// <summary>Done.</summary>
    public const int Done = 0;

    /// <summary>Refused; the reason is on stderr.</summary>
    public const int Refused = 1;

    /// <summary>Wrong usage.</summary>
    public const int Usage = 2;

    private const int NoSpaceLeft = 28; // ENOSPC, as .NET passes it on

    /// <summary>How long a command may take to stop in good order after a signal: PostgreSQL writes a last checkpoint.</summary>
    public static TimeSpan? StoppingTimeOf(string[] arguments) =>
        arguments is ["psql", ..] ? null : TimeSpan.FromMinutes(2); // in psql Ctrl+C cancels a statement and ends nothing

    /// <summary>Gives a command its action, with refusals and database failures turned into one clear message each.</summary>
    public static void Does(this Command command, Func<ParseResult, CancellationToken, Task<int>> action) =>
        command.SetAction(async (parsed, stop) =>
        {
            try
            {
                return await action(parsed, stop);
            }
            catch (RefusalException refusal)
            {
                await Console.Error.WriteLineAsync(
                    $"refused ({refusal.Code}{(refusal.Target is null ? "" : $", {refusal.Target}")}): {refusal.Message}");
                if (refusal.MessageZh != refusal.Message)
                    await Console.Error.WriteLineAsync($"已拒绝：{refusal.MessageZh}");
                return Refused;
            }
            catch (OperationCanceledException) when (stop.IsCancellationRequested)
            {
                await Console.Error.WriteLineAsync("stopped / 已停止");
                return Refused;
            }
            catch (NpgsqlException broken) when (DatabaseFault.Of(broken) is { } fault
                && (fault != DatabaseFault.Away || broken is PostgresException))
            {
                await Console.Error.WriteLineAsync($"refused ({fault.Code}): {fault.Message}\n已拒绝：{fault.MessageZh}");
                return Refused;
            }
            catch (IOException full) when (full.HResult == NoSpaceLeft)
            {
                await Console.Error.WriteLineAsync(
                    $"refused ({DatabaseFault.DiskFull.Code}): {full.Message}. Make room on that disk (df -h), then repeat the command.");
                await Console.Error.WriteLineAsync(
                    $"已拒绝：磁盘已满（{full.Message}）。请在该磁盘腾出空间（df -h）后重试。");
                return Refused;
            }
            catch (PostgresException failed)
            {
                await Console.Error.WriteLineAsync($"refused by the database ({failed.SqlState}): {failed.MessageText}");
                await Console.Error.WriteLineAsync($"已拒绝：数据库报告错误（{failed.SqlState}）：{failed.MessageText}");
                return Refused;
            }
            catch (NpgsqlException unreachable)
            {
                await Console.Error.WriteLineAsync(
                    $"The database can't be reached: {unreachable.Message} Is `./hazardmap up` running, or HAZARDMAP_DATABASE right?");
                await Console.Error.WriteLineAsync("无法连接数据库：请检查 ./hazardmap up 是否在运行，"
                    + "或 HAZARDMAP_DATABASE 是否正确。");
                return Refused;
            }
            catch (Exception failed) when (Environment.GetEnvironmentVariable("HAZARDMAP_DEBUG") is null)
            {
                await Console.Error.WriteLineAsync(
                    $"failed: {failed.Message} (HAZARDMAP_DEBUG=1 shows where / 设置 HAZARDMAP_DEBUG=1 可查看详情)");
                await Console.Error.WriteLineAsync($"失败：{failed.Message}");
                return Refused;
            }
        });
}
