using System.Diagnostics;
using System.Globalization;
using HazardMap.OData.Tests.World;
using Npgsql;
using Xunit.Abstractions;

namespace HazardMap.OData.Tests.Tracking;

/// <summary>
/// Eight writers and a reader that follows delta links beside them: inserts, updates, deletes, transactions that are
/// rolled back and one that stays open for long. At the end the reader's copy is the table.
/// </summary>
[Collection(nameof(Coast))]
public sealed class DeltaCrowdTests(Coast coast, ITestOutputHelper output)
{
    private const int Writers = 8;

    // HAZARDMAP_DELTA_EDITS=80000 asks for more.
    private static int Edits =>
        int.Parse(Environment.GetEnvironmentVariable("HAZARDMAP_DELTA_EDITS") ?? "10000", CultureInfo.InvariantCulture);

    [Fact]
    public async Task A_reader_beside_eight_writers_ends_with_the_table()
    {
        await Coast.RunAsync(coast.Source,
            "delete from coast.markers; insert into coast.markers select i, 'Marker ' || i, 'red', 0 from generate_series(1, 2000) i");
        var red = new DeltaReaderCopy(coast.Http, "Markers?$filter=Colour eq 'red'", "Id", pageSize: 300);
        var all = new DeltaReaderCopy(coast.Http, "Markers", "Id", pageSize: 500);
        var clock = Stopwatch.StartNew();
        var writing = Task.WhenAll([.. Enumerable.Range(0, Writers).Select(WriteAsync), LongTransactionsAsync()]);
        await Task.WhenAll(all.LoadAsync(), red.LoadAsync());
        var rounds = 0;
        for (var done = false; !done; rounds++)
        {
            done = writing.IsCompleted;
            await Task.WhenAll(all.CatchAsync(), red.CatchAsync());
        }
        await writing;
        output.WriteLine(string.Create(CultureInfo.InvariantCulture,
            $"{Edits} edits, {rounds} deltas, {clock.Elapsed.TotalSeconds:0.0} s"));
        var table = await TableAsync("true");
        Assert.Equal(table, Copied(all));
        Assert.Equal(await TableAsync("colour = 'red'"), Copied(red));
        Assert.NotEqual(2000, table.Count);
    }

    private async Task WriteAsync(int writer)
    {
        var random = new Random(writer);
        await using var connection = await coast.Source.OpenConnectionAsync();
        for (var edit = 0; edit < Edits / Writers;)
        {
            await using var transaction = await connection.BeginTransactionAsync();
            // Few statements a transaction, keys in order, so that writers wait for one another but never for ever.
            var ids = Enumerable.Range(0, 1 + random.Next(3)).Select(_ => 1 + random.Next(3000)).Distinct().Order().ToList();
            foreach (var id in ids) await EditAsync(connection, id, random.Next(10));
            if (random.Next(10) == 0) await transaction.RollbackAsync();
            else await transaction.CommitAsync();
            edit += ids.Count;
        }
    }

    private static async Task EditAsync(NpgsqlConnection connection, int id, int what)
    {
        await using var command = new NpgsqlCommand(what switch
        {
            0 or 1 => "delete from coast.markers where id = $1",
            2 or 3 => "insert into coast.markers values ($1, 'New', 'green') on conflict (id) do update "
                + "set name = 'Again', moved = markers.moved + 1",
            4 => "update coast.markers set colour = case colour when 'red' then 'green' else 'red' end where id = $1",
            _ => "update coast.markers set moved = moved + 1 where id = $1",
        }, connection) { Parameters = { new() { Value = id } } };
        await command.ExecuteNonQueryAsync();
    }

    /// <summary>Old transactions that commit late: their numbers are far below those the reader has long passed.</summary>
    private async Task LongTransactionsAsync()
    {
        for (var i = 0; i < 3; i++)
        {
            await using var connection = await coast.Source.OpenConnectionAsync();
            await using var transaction = await connection.BeginTransactionAsync();
            await using (var command = new NpgsqlCommand("insert into coast.markers values ($1, 'Late', 'red')",
                connection) { Parameters = { new() { Value = 9000 + i } } })
                await command.ExecuteNonQueryAsync();
            await Task.Delay(800);
            if (i == 1) await transaction.RollbackAsync();
            else await transaction.CommitAsync();
        }
    }

    private async Task<List<string>> TableAsync(string condition)
    {
        var rows = new List<string>();
        await using var command =
            coast.Source.CreateCommand($"select id, name, colour, moved from coast.markers where {condition} order by id");
        await using var reader = await command.ExecuteReaderAsync();
        while (await reader.ReadAsync())
            rows.Add(string.Create(CultureInfo.InvariantCulture,
                $"{reader.GetInt32(0)} {reader.GetString(1)} {reader.GetString(2)} {reader.GetInt32(3)}"));
        return rows;
    }

    private static List<string> Copied(DeltaReaderCopy copy) =>
        [.. copy.Rows.Values.OrderBy(x => (int)x["Id"]!).Select(x => $"{x["Id"]} {x["Name"]} {x["Colour"]} {x["Moved"]}")];
}
