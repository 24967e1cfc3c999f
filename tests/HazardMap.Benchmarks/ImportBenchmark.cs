using System.Globalization;
using System.Text.Json;
using HazardMap.Service.Sample;
using Npgsql;

namespace HazardMap.Benchmarks;

/// <summary>
/// <c>import</c>: ledgers of 25,000 to 1,000,000 waters taken in by the service's own command, each row validated, with its history
/// and its score, beside ogr2ogr, which copies the same csv into a table of the same PostGIS and makes a spatial index.
/// </summary>
/// <remarks>HAZARDMAP_IMPORT_ROWS=500000 is the default size; the last ledger has twice as many, half of them known.</remarks>
internal static class ImportBenchmark
{
    private const int Small = 25_000;
    private const string Peer = "ogr2ogr, COPY and a spatial index";

    private static readonly int Rows = int.Parse(Environment.GetEnvironmentVariable("HAZARDMAP_IMPORT_ROWS") ?? "500000",
        CultureInfo.InvariantCulture);

    public static async Task<Measurements> RunAsync(BenchmarkServer server, CancellationToken stop)
    {
        await using var database = await server.CreateRegisterAsync(stop);
        await SampleLoader.LoadAsync(database, SamplePlan.All[0], stop);
        var ponds = await PlacesAsync(database, stop);
        var folder = Directory.CreateTempSubdirectory("hazardmap-import-");
        try
        {
            var register = server.ConnectionStringOf(database);
            var rows = new List<Measurement>();
            var notes = new List<string>();
            string Ledger(string name, int first, int count, double depth, char series = 'B')
            {
                var path = Path.Combine(folder.FullName, name + ".csv");
                Write(path, ponds, series, first, count, depth);
                return path;
            }
            Compare(register, Ledger("small", 0, Small, 1.5, 'S'), "new", Small, rows, notes);
            var ours = Compare(register, Ledger("large", 0, Rows, 1.5), "new", Rows, rows, notes);
            var half = Import(register, Ledger("half", Rows / 2, Rows * 2, 1.5));
            rows.Add(new(Text($"{Rows * 2:#,0} rows, of which {Rows / 2:#,0} are known and unchanged"), half.Seconds, "s",
                Text($"ours, {Rows:#,0} new rows"), ours));
            rows.Add(new(Text($"{Rows * 2:#,0} rows: peak memory of the command"), half.PeakMegabytes, "MB"));
            var changed = Import(register, Ledger("changed", 0, Rows / 5, 2.5));
            rows.Add(new(Text($"{Rows / 5:#,0} known rows of which every depth is another"), changed.Seconds, "s"));
            notes.Add(Phases("half of them known", half));
            notes.Add(Phases("every depth another", changed));
            return new Measurements("import: csv ledgers of waters, validated, with history and scores", rows, notes);
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }

    private static double Compare(string register, string path, string what, int count, List<Measurement> rows, List<string> notes)
    {
        var theirs = MeasuredProcess.Run("ogr2ogr", ["-f", "PostgreSQL", Gdal(register), path, "-nln", "public.ogr", "-overwrite",
            "-oo", "X_POSSIBLE_NAMES=Longitude", "-oo", "Y_POSSIBLE_NAMES=Latitude", "-oo", "AUTODETECT_TYPE=YES", "-a_srs", "EPSG:4326",
            "-gt", "unlimited", "--config", "PG_USE_COPY", "YES"]);
        var ours = Import(register, path);
        rows.Add(new(Text($"{count:#,0} {what} rows"), ours.Seconds, "s", Peer, theirs.Seconds));
        rows.Add(new(Text($"{count:#,0} {what} rows: peak memory of the command"), ours.PeakMegabytes, "MB", Peer, theirs.PeakMegabytes));
        notes.Add(Phases(Text($"{count:#,0} {what} rows"), ours));
        return ours.Seconds;
    }

    private static MeasuredProcess Import(string register, string path) =>
        MeasuredProcess.RunService(["import", path, "--as", "hazards"], register);

    private static string Phases(string what, MeasuredProcess run)
    {
        var report = JsonDocument.Parse(run.Output).RootElement;
        var phases = report.GetProperty("secondsPerPhase").EnumerateObject().Select(p => Text($"{p.Name} {p.Value.GetDouble():0.0}"));
        return Text($"{what}: {string.Join(", ", phases)} s; inserted {report.GetProperty("inserted").GetInt32():#,0}, ")
            + Text($"updated {report.GetProperty("updated").GetInt32():#,0}, unchanged {report.GetProperty("unchanged").GetInt32():#,0}; ")
            + Text($"{run.Told} lines of progress");
    }

    // The sample's ponds: where they lie, and in which division.
    private static async Task<List<(double Longitude, double Latitude, string Division)>> PlacesAsync(NpgsqlDataSource database,
        CancellationToken stop)
    {
        await using var command = database.CreateCommand("""
            select st_x(location::geometry), st_y(location::geometry), division_code from register.hazards
            where geometrytype(shape) = 'POINT' order by division_code, code
            """);
        await using var rows = await command.ExecuteReaderAsync(stop);
        var all = new List<(double, double, string)>();
        while (await rows.ReadAsync(stop)) all.Add((rows.GetDouble(0), rows.GetDouble(1), rows.GetString(2)));
        return all;
    }

    // Waters a step or two beside the sample's, division by division as ledgers are; the same number is always the same row.
    private static void Write(string path, List<(double Longitude, double Latitude, string Division)> ponds, char series, int first,
        int count, double depth)
    {
        using var file = new StreamWriter(path);
        file.WriteLine("Code,Name,Kind,DivisionCode,Longitude,Latitude,DepthMetres,Flow,Bank,Access,HasSign,HasRing,HasRope,HasPole,"
            + "HasCamera,OwnerUnit");
        foreach (var number in Enumerable.Range(first, count).OrderBy(n => n % ponds.Count).ThenBy(n => n))
        {
            var (longitude, latitude, division) = ponds[number % ponds.Count];
            var (east, north) = (number / ponds.Count % 16 * 2e-5, number / ponds.Count / 16 * 2e-5);
            file.WriteLine(Text($"{series}{number:00000000},\u5751\u5858 {number},Pond,{division},{longitude + east:0.000000},")
                + Text($"{latitude + north:0.000000},{depth},Still,Steep,Open,{number % 2},{number % 3 % 2},0,0,0,Unit {number % 300}"));
        }
    }

    private static string Gdal(string connectionString)
    {
        var to = new NpgsqlConnectionStringBuilder(connectionString);
        return $"PG:host={to.Host} port={to.Port} dbname={to.Database} user={to.Username} password={to.Password}";
    }

    private static string Text(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);
}
