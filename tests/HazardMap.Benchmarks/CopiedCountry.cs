using HazardMap.Service.Database;
using Npgsql;

namespace HazardMap.Benchmarks;

/// <summary>
/// A register that grows by copies of its first country, side by side over the latitudes of China: shapes, clustering and
/// counts stay, only the place moves. 361 copies are nine million waters, over two million facilities and
/// as many hamlets.
/// </summary>
internal sealed class CopiedCountry
{
    private const int Columns = 22;
    private const double StepEast = 2.8, StepNorth = 1.75, FirstEast = 75, FirstNorth = 19;

    private readonly NpgsqlDataSource _database;
    private int _copies = 1;

    private CopiedCountry(NpgsqlDataSource database) => _database = database;

    /// <summary>Keeps the first country apart, as the pattern of every copy.</summary>
    public static async Task<CopiedCountry> OfAsync(NpgsqlDataSource database, CancellationToken stop)
    {
        await using var connection = await database.OpenConnectionAsync(stop);
        await ExecuteAsync(connection, """
            create schema pattern;
            create table pattern.hazards as select * from register.hazards;
            create table pattern.facilities as select * from register.facilities;
            create table pattern.settlements as select * from register.settlements;
            create table pattern.corner as select st_xmin(e) as west, st_ymin(e) as south
              from (select st_extent(shape::geometry) as e from register.hazards) x
            """, stop);
        return new CopiedCountry(database);
    }

    /// <summary>Adds copies; indexes are built anew afterwards, triggers and history stay out of it.</summary>
    public async Task GrowToAsync(int copies, CancellationToken stop)
    {
        await using var connection = await _database.OpenConnectionAsync(stop);
        if (copies > _copies)
        {
            var indexes = await DropIndexesAsync(connection, stop);
            await ExecuteAsync(connection, "set session_replication_role = replica", stop);
            for (; _copies < copies; _copies++) await AddAsync(connection, _copies, stop);
            await ExecuteAsync(connection, "set session_replication_role = origin; set maintenance_work_mem = '1GB'", stop);
            foreach (var index in indexes) await ExecuteAsync(connection, index, stop);
        }
        await SettleDownAsync(connection, stop);
    }

    /// <summary>Waits for what autovacuum and the checkpointer would be busy with for minutes after every row was written.</summary>
    public async Task SettleDownAsync(CancellationToken stop)
    {
        await using var connection = await _database.OpenConnectionAsync(stop);
        await SettleDownAsync(connection, stop);
    }

    private static async Task SettleDownAsync(NpgsqlConnection connection, CancellationToken stop)
    {
        await ExecuteAsync(connection,
            "vacuum analyze register.hazards, register.facilities, register.hazard_risks, register.settlements", stop);
        await ExecuteAsync(connection, "checkpoint", stop);
    }

    private static async Task AddAsync(NpgsqlConnection connection, int copy, CancellationToken stop)
    {
        double west = FirstEast + copy % Columns * StepEast, south = FirstNorth + copy / Columns * StepNorth;
        await CopyAsync(connection, "hazards", copy, west, south, stop, "shape", "location");
        await CopyAsync(connection, "facilities", copy, west, south, stop, "location");
        await CopyAsync(connection, "settlements", copy, west, south, stop, "location");
    }

    private static async Task CopyAsync(NpgsqlConnection connection, string table, int copy, double west, double south,
        CancellationToken stop, params string[] places)
    {
        var columns = new List<string>();
        await using (var command = connection.Command("select attname::text from pg_attribute where attrelid = "
            + "('register.' || $1)::regclass and attnum > 0 and not attisdropped and attname <> 'id' order by attnum", table))
        await using (var reader = await command.ExecuteReaderAsync(stop))
            while (await reader.ReadAsync(stop)) columns.Add(reader.GetString(0));
        var values = columns.Select(c => c == "code" ? "code || '-' || $1" : places.Contains(c)
            ? $"st_translate({c}::geometry, $2 - corner.west, $3 - corner.south)::geography" : c);
        var insert = $"insert into register.{table} ({string.Join(", ", columns)}) select {string.Join(", ", values)} "
            + $"from pattern.{table}, pattern.corner";
        if (table == "hazards")
            insert = $"with added as ({insert} returning id, location) insert into register.hazard_risks (hazard_id, across, down) "
                + "select id, register.world_across(location), register.world_down(location) from added";
        await ExecuteAsync(connection, insert, stop, Number(copy), west, south);
    }

    private static string Number(int copy) => copy.ToString(System.Globalization.CultureInfo.InvariantCulture);

    private static async Task<List<string>> DropIndexesAsync(NpgsqlConnection connection, CancellationToken stop)
    {
        var (names, definitions) = (new List<string>(), new List<string>());
        await using (var command = connection.Command("""
            select i.indexrelid::regclass::text, pg_get_indexdef(i.indexrelid) from pg_index i
            where i.indrelid in ('register.hazards'::regclass, 'register.facilities'::regclass, 'register.hazard_risks'::regclass,
                                 'register.settlements'::regclass)
              and not exists (select from pg_constraint c where c.conindid = i.indexrelid)
            """))
        await using (var reader = await command.ExecuteReaderAsync(stop))
            while (await reader.ReadAsync(stop)) { names.Add(reader.GetString(0)); definitions.Add(reader.GetString(1)); }
        foreach (var name in names) await ExecuteAsync(connection, $"drop index {name}", stop);
        return definitions;
    }

    private static async Task ExecuteAsync(NpgsqlConnection connection, string sql, CancellationToken stop, params object[] values)
    {
        await using var command = connection.Command(sql, values);
        command.CommandTimeout = 0;
        await command.ExecuteNonQueryAsync(stop);
    }
}
