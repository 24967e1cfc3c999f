using System.Globalization;
using HazardMap.Risk.Trips;
using HazardMap.Service.Database;
using HazardMap.Service.Risk.Rules;
using Npgsql;

namespace HazardMap.Service.Risk.Trips;

/// <summary>What must stand in memory to ask a rule of trips about itself.</summary>
/// <param name="Rule">The rule.</param>
/// <param name="Study">The register.</param>
/// <param name="Rows">Its waters as they are stored, in the order of the study.</param>
/// <param name="Today">The database's.</param>
internal sealed record StudyRead(TripRule Rule, TripStudy Study, IReadOnlyList<TripRow> Rows, DateOnly Today);

/// <summary>Reads a whole register for questions that score it many times over; writes nothing.</summary>
internal static class TripStudies
{
    /// <summary>More do not fit into the memory of an ordinary server as often as a draw needs them.</summary>
    public const int MostWaters = 500_000;

    private const int MostPoints = 4_000_000;

    /// <summary>In the caller's snapshot.</summary>
    /// <param name="connection">In a transaction.</param>
    /// <param name="version">The rule; null: the one in force.</param>
    /// <param name="withOwnDeaths">Whether the register's own record of deaths makes the level, as in a scale.</param>
    /// <param name="stop">Gives up.</param>
    /// <exception cref="RefusalException">The rule is of another model, or the register too large.</exception>
    public static async Task<StudyRead> ReadAsync(NpgsqlConnection connection, string? version, bool withOwnDeaths, CancellationToken stop)
    {
        var rule = RuleFiles.Trips(version ?? await RuleShelf.InForceAsync(connection, stop));
        await RefuseTooLargeAsync(connection, stop);
        var today = await connection.ScalarAsync<DateOnly>("select current_date", stop);
        var stored = await TripReader.ChildrenAsync(connection, stop);
        var records = await OwnRecords.ReadAllAsync(connection, stop);
        var roads = await RiskReader.RoadsAsync(connection, rule, stop);
        var (rows, waters, calendars) = (new List<TripRow>(), new List<StudiedWater>(),
            new Dictionary<string, DayCounts>(StringComparer.Ordinal));
        await foreach (var block in CopyBlocks.ReadAsync(connection, TripReader.Waters, stop))
            for (var copied = block.Read(); copied.MoveNext();)
            {
                var row = TripReader.Water(ref copied);
                if (!calendars.TryGetValue(row.DivisionCode, out var days))
                    calendars[row.DivisionCode] = days = TripWorld.CalendarOf(row.DivisionCode, today.Year).Days;
                waters.Add(new StudiedWater(row.Hazard.Id, Ewkb.Read(row.Hazard.Shape.ToArray()), row.Traits,
                    records.Of(row.Hazard.Id, row.DivisionCode), days));
                // the block's bytes are not held on to
                rows.Add(row with { Hazard = row.Hazard with { Shape = default }, Trips = default });
            }
        var own = withOwnDeaths ? await CountyDeaths.ReadAsync(connection, rule.Rates,
            Homes.Of(TripParameters.Of(rule), stored.Divisions, stored.Points, stored.Facilities).Divisions, stop) : null;
        return new StudyRead(rule, new TripStudy(waters, stored, today, own, roads?.Network), rows, today);
    }

    /// <summary>Codes and names of waters.</summary>
    public static async Task<Dictionary<Guid, (string Code, string Name)>> NamesAsync(NpgsqlConnection connection, Guid[] ids,
        CancellationToken stop) =>
        (await connection.RowsAsync("select id, code, name from register.hazards where id = any ($1)",
            row => (Id: row.GetGuid(0), Code: row.GetString(1), Name: row.GetString(2)), stop, ids))
            .ToDictionary(h => h.Id, h => (h.Code, h.Name));

    /// <summary>Says now and then on stderr how far a long question is.</summary>
    public static Action<int> Telling(string what, int all)
    {
        var next = DateTime.UtcNow.AddSeconds(10);
        return done =>
        {
            if (DateTime.UtcNow < next) return;
            next = DateTime.UtcNow.AddSeconds(10);
            Console.Error.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{what}: {done} / {all}"));
        };
    }

    private static async Task RefuseTooLargeAsync(NpgsqlConnection connection, CancellationToken stop)
    {
        var waters = await connection.ScalarAsync<long>("select count(*) from (select from register.hazards limit $1) h", stop,
            MostWaters + 1);
        var points = await connection.ScalarAsync<long>("select count(*) from (select from register.settlements limit $1) s", stop,
            MostPoints + 1);
        if (waters <= MostWaters && points <= MostPoints) return;
        throw new RefusalException("RegisterTooLarge",
            "This question scores the whole register hundreds of times in memory: at most "
                + string.Create(CultureInfo.InvariantCulture, $"{MostWaters:N0} waters and {MostPoints:N0} settlements. ")
                + "Ask it of a register of one prefecture: export that and import it into another.",
            "此问题需在内存中对全部台账计算数百次："
                + string.Create(CultureInfo.InvariantCulture, $"最多 {MostWaters:N0} 处水域、{MostPoints:N0} 个居民点。")
                + "请对一个州市的台账提问：先导出，再导入另一台账。", "register");
    }
}

/// <summary>An answer that people read as well: in lines on stderr, beside the JSON.</summary>
internal interface ITold
{
    /// <summary>The lines.</summary>
    IEnumerable<string> Lines();
}
