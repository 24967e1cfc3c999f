using HazardMap.Service.Tiles;
using Npgsql;

namespace HazardMap.Service.Changes;

/// <summary>
/// Forgets changes that every reader has long seen: those visible one round ago. A round is twice a reader's memory.
/// Also folds <c>register.map_cells</c>: counts that only grow by added rows become one row a cell again.
/// </summary>
internal sealed class ChangeLogSweeper(NpgsqlDataSource database, ILogger<ChangeLogSweeper> log) : BackgroundService
{
    private static readonly TimeSpan Round = TileFreshness.Memory * 2;

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        await using var changes = new ChangeLog(database);
        string? oneRoundAgo = null;
        using var timer = new PeriodicTimer(Round);
        do
        {
            try
            {
                await changes.ReadAsync(stoppingToken);
                if (oneRoundAgo is not null)
                    await changes.ForgetAsync(oneRoundAgo, stoppingToken);
                oneRoundAgo = changes.Seen;
                await FoldMapCellsAsync(stoppingToken);
            }
            catch (NpgsqlException away)
            {
                oneRoundAgo = null;
                log.LogInformation(away, "The change log was not swept; the next round tries again");
            }
        }
        while (await timer.WaitForNextTickAsync(stoppingToken));
    }

    // Only when there is something to win: a fold writes every row anew.
    private async Task FoldMapCellsAsync(CancellationToken stop)
    {
        await using var command = database.CreateCommand("""
            select register.fold_map_cells()
            where (select count(*) > 1000 and count(*) > 2 * count(distinct (layer, cell_row, cell_column, class)) from register.map_cells)
            """);
        command.CommandTimeout = 60;
        await command.ExecuteNonQueryAsync(stop);
    }
}
