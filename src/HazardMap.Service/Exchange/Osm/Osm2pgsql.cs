using System.Globalization;
using HazardMap.Service.Database;
using Npgsql;

namespace HazardMap.Service.Exchange.Osm;

/// <summary>Runs osm2pgsql, which gets the connection by environment, where no list of processes shows it.</summary>
internal static class Osm2pgsql
{
    /// <summary>The schema that osm2pgsql fills.</summary>
    public const string StagingSchema = "import_osm";

    /// <summary>Reads an extract into the staging schema, by geodata/osm/extract.lua.</summary>
    /// <exception cref="RefusalException">osm2pgsql is missing, says no, or takes too long.</exception>
    public static Task StageAsync(string connectionString, MendedExtract extract, CancellationToken stop)
    {
        var database = new NpgsqlConnectionStringBuilder(connectionString);
        return OsmTool.RunAsync(extract.FileName, "osm2pgsql", Arguments(database, extract), stop, Environment(database));
    }

    private static IEnumerable<string> Arguments(NpgsqlConnectionStringBuilder database, MendedExtract extract) =>
    [
        "--create", "--slim", "--output=flex", $"--style={ContentPath.Of("geodata/osm/extract.lua")}", "--input-reader=pbf",
        $"--middle-schema={StagingSchema}", $"--cache={CacheMegabytes(extract.Path)}", "--number-processes=2", "--log-progress=false",
        "--database", database.Database ?? "postgres", extract.Path,
    ];

    private static IEnumerable<(string, string?)> Environment(NpgsqlConnectionStringBuilder database) =>
    [
        ("PGHOST", database.Host), ("PGPORT", database.Port.ToString(CultureInfo.InvariantCulture)),
        ("PGUSER", database.Username), ("PGPASSWORD", database.Password), ("PGSSLMODE", database.SslMode.ToString().ToLowerInvariant()),
        ("PGOPTIONS", RegisterDatabase.WithoutLimits),
        ("HAZARDMAP_OSM_SCHEMA", StagingSchema), ("HAZARDMAP_OSM_MAPPING", ContentPath.Of("geodata/osm/mapping.lua")),
        ("HAZARDMAP_OSM_JSON", ContentPath.Of("geodata/osm/json.lua")),
        ("HAZARDMAP_ROAD_PROFILES", ContentPath.Of("geodata/network/profiles.json")),
    ];

    // About eight bytes a node; a packed extract holds some four bytes a node.
    private static long CacheMegabytes(string file) => Math.Clamp(new FileInfo(file).Length * 30 >> 20, 50, 1500);
}
