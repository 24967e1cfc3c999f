using System.Globalization;
using System.Net;
using System.Net.Sockets;
using Npgsql;

namespace HazardMap.Benchmarks;

/// <summary>
/// MapServer's WFS (Debian's cgi-mapserver) as FastCGI processes behind lighttpd, two for each core, each keeping its database
/// connection, over the same tables, GeoJSON out, no log-in. Its features carry one geometry, the location.
/// </summary>
internal static class MapServerPeer
{
    public const string Name = "MapServer 8.0 WFS";

    /// <summary>Debian's executable.</summary>
    public const string Program = "/usr/lib/cgi-bin/mapserv";

    public static async Task<(IAsyncDisposable Processes, Target Target)> StartAsync(
        NpgsqlConnectionStringBuilder database, CancellationToken stop)
    {
        await InstallAsync(stop);
        var lighttpd = await PeerPrograms.UnpackAsync("lighttpd", "usr/sbin/lighttpd", stop);
        // Its files hold the database's password: a folder that only we can read.
        var folder = Directory.CreateTempSubdirectory("hazardmap-mapserver-").FullName;
        var port = FreePort();
        await File.WriteAllTextAsync(Path.Combine(folder, "register.map"), MapFile(database), stop);
        await File.WriteAllTextAsync(Path.Combine(folder, "mapserver.conf"),
            $"CONFIG\nENV\nMS_MAPFILE \"{folder}/register.map\"\nEND\nEND\n", stop);
        await File.WriteAllTextAsync(Path.Combine(folder, "lighttpd.conf"), Configuration(folder, port), stop);
        var processes = new ChildProcesses { Folder = folder };
        var server = processes.Add(ChildProcess.Start(Path.Combine(lighttpd, "usr/sbin/lighttpd"),
            ["-D", "-f", Path.Combine(folder, "lighttpd.conf"), "-m", Path.Combine(lighttpd, "usr/lib/lighttpd")]));
        await AnswersAsync(port, server, stop);
        return (processes, new Target(Name, [new Uri($"http://127.0.0.1:{port}")]));
    }

    /// <summary>Installs it where it is missing.</summary>
    public static async Task InstallAsync(CancellationToken stop)
    {
        if (!File.Exists(Program)) await PeerPrograms.InstallPackageAsync("cgi-mapserver", stop);
    }

    /// <summary>How MapServer reaches a database.</summary>
    public static string Connection(NpgsqlConnectionStringBuilder database) => string.Join(' ', $"host={database.Host}",
        $"port={database.Port}", $"user={database.Username}", $"password={database.Password}", $"dbname={database.Database}");

    private static string Configuration(string folder, int port) => $$"""
        server.document-root = "{{folder}}"
        server.bind = "127.0.0.1"
        server.port = {{port}}
        server.modules = ("mod_fastcgi")
        server.max-keep-alive-requests = 100000000
        server.stream-response-body = 1
        fastcgi.server = ("/wfs" => (("socket" => "{{folder}}/mapserv.sock", "bin-path" => "{{Program}}", "check-local" => "disable",
          "max-procs" => {{2 * Environment.ProcessorCount}},
          "bin-environment" => ("MAPSERVER_CONFIG_FILE" => "{{folder}}/mapserver.conf"))))
        """;

    private static string MapFile(NpgsqlConnectionStringBuilder database) => $"""
        MAP
          NAME "register"
          EXTENT -180 -90 180 90
          PROJECTION "init=epsg:4326" END
          WEB METADATA "wfs_title" "register" "wfs_onlineresource" "http://127.0.0.1/wfs" "wfs_srs" "EPSG:4326"
            "wfs_enable_request" "*" END END
          OUTPUTFORMAT
            NAME "geojson"
            DRIVER "OGR/GEOJSON"
            MIMETYPE "application/geo+json"
            FORMATOPTION "STORAGE=stream"
            FORMATOPTION "FORM=SIMPLE"
          END
          LAYER
            NAME "hazards"
            TYPE POINT
            STATUS ON
            CONNECTIONTYPE POSTGIS
            CONNECTION "{Connection(database)}"
            PROCESSING "CLOSE_CONNECTION=DEFER"
            DATA "geom from ({Waters}) as waters using unique id using srid=4326"
            PROJECTION "init=epsg:4326" END
            METADATA "wfs_title" "hazards" "wfs_getfeature_formatlist" "geojson" "gml_include_items" "all" "wfs_enable_request" "*" END
          END
        END
        """;

    private const string Waters =
        "select h.id, h.code, h.name, h.kind, h.division_code, h.depth_metres, h.flow, h.bank, h.access, h.has_sign, h.has_ring, "
        + "h.has_rope, h.has_pole, "
        + "h.has_camera, h.owner_unit, h.status, h.own_grade, h.own_grade_on, h.own_grade_by, r.score as risk_score, "
        + "r.level as risk_level, r.rule as risk_rule, r.visits, r.deadliness, r.deadliness_ratio, r.risk_low, r.risk_high, "
        + "r.level_held, h.last_inspected_at, "
        + "case when register.is_in_force(h.status) then register.visit_due(coalesce(h.last_inspected_at, h.created_at), y.time_zone, "
        + "y.days, y.months, y.season_from, y.season_to, y.noon_from, y.noon_to, y.dusk_from, y.dusk_to) end as next_inspection_due_at, "
        + "h.is_synthetic, h.source, h.created_at, h.updated_at, h.version, h.location::geometry as geom "
        + "from register.hazards h join register.hazard_risks r on r.hazard_id = h.id "
        + "left join register.visit_rhythm y on y.level = r.level";

    /// <summary>A port that nobody listens on now.</summary>
    public static int FreePort()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }

    /// <summary>Waits until a web server answers.</summary>
    public static async Task AnswersAsync(int port, ChildProcess server, CancellationToken stop)
    {
        using var http = new HttpClient { Timeout = TimeSpan.FromSeconds(5) };
        for (var i = 0; i < 50; i++)
        {
            try
            {
                await http.GetAsync(string.Create(CultureInfo.InvariantCulture, $"http://127.0.0.1:{port}/"), stop);
                return;
            }
            catch (HttpRequestException)
            {
                await Task.Delay(100, stop);
            }
        }
        throw new InvalidOperationException("the web server does not answer: " + server.LastWords);
    }
}
