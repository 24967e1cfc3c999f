using System.Globalization;
using Npgsql;

namespace HazardMap.Benchmarks.Tiles;

/// <summary>
/// MapServer's vector tiles (Debian's cgi-mapserver) as FastCGI processes behind nginx, two for each core, each keeping its database
/// connection, over the same waters with the same attributes; no log-in, no cache, no counts below z9.
/// </summary>
internal static class MapServerTiles
{
    public const string Name = "MapServer 8.0, FastCGI behind nginx";

    /// <summary>Starts it. It answers the same paths as the service does.</summary>
    public static async Task<(IAsyncDisposable Processes, Target Target)> StartAsync(
        NpgsqlConnectionStringBuilder database, CancellationToken stop)
    {
        await MapServerPeer.InstallAsync(stop);
        var nginx = Path.Combine(await PeerPrograms.UnpackAsync("nginx", "usr/sbin/nginx", stop), "usr/sbin/nginx");
        var spawn = Path.Combine(await PeerPrograms.UnpackAsync("spawn-fcgi", "usr/bin/spawn-fcgi", stop), "usr/bin/spawn-fcgi");
        // Its files hold the database's password: a folder that only we can read.
        var folder = Directory.CreateTempSubdirectory("hazardmap-mapserver-").FullName;
        var port = MapServerPeer.FreePort();
        await File.WriteAllTextAsync(Path.Combine(folder, "tiles.map"), MapFile(database), stop);
        await File.WriteAllTextAsync(Path.Combine(folder, "mapserver.conf"),
            $"CONFIG\nENV\nMS_MAPFILE \"{folder}/tiles.map\"\nEND\nEND\n", stop);
        await File.WriteAllTextAsync(Path.Combine(folder, "nginx.conf"), Configuration(folder, port), stop);
        var environment = new Dictionary<string, string>(StringComparer.Ordinal)
            { ["MAPSERVER_CONFIG_FILE"] = Path.Combine(folder, "mapserver.conf") };
        var processes = new ChildProcesses { Folder = folder };
        for (var i = 0; i < Workers; i++)
            processes.Add(ChildProcess.Start(spawn, ["-n", "-s", Socket(folder, i), "--", MapServerPeer.Program],
                environment));
        var server = processes.Add(ChildProcess.Start(nginx,
            ["-p", folder, "-c", Path.Combine(folder, "nginx.conf"), "-g", "daemon off;"]));
        await MapServerPeer.AnswersAsync(port, server, stop);
        return (processes, new Target(Name, [new Uri(string.Create(CultureInfo.InvariantCulture, $"http://127.0.0.1:{port}"))]));
    }

    private const string Waters = "select h.id, h.code, h.kind, r.level, h.name, h.status, r.score, h.location::geometry as geom "
        + "from register.hazards h join register.hazard_risks r on r.hazard_id = h.id";

    private static int Workers => 2 * Environment.ProcessorCount;

    private static string Socket(string folder, int worker) =>
        Path.Combine(folder, string.Create(CultureInfo.InvariantCulture, $"{worker}.sock"));

    // Started by root, nginx's workers would be nobody, who may not open the sockets in our folder.
    private static string Configuration(string folder, int port) => $$"""
        pid {{folder}}/nginx.pid;
        {{(Environment.IsPrivilegedProcess ? "user root root;" : "")}}
        error_log stderr error;
        worker_processes 1;
        events { worker_connections 1024; }
        http {
          access_log off;
          client_body_temp_path {{folder}}/body;
          proxy_temp_path {{folder}}/proxy;
          fastcgi_temp_path {{folder}}/fastcgi;
          uwsgi_temp_path {{folder}}/uwsgi;
          scgi_temp_path {{folder}}/scgi;
          upstream mapserver {
            least_conn;
            {{string.Join("\n    ", Enumerable.Range(0, Workers).Select(i => $"server unix:{Socket(folder, i)};"))}}
            keepalive {{Workers}};
          }
          server {
            listen 127.0.0.1:{{port}};
            keepalive_requests 100000000;
            location ~ ^/tiles/([a-z]+)/([0-9]+)/([0-9]+)/([0-9]+)[.]mvt$ {
              fastcgi_pass mapserver;
              fastcgi_buffers 64 64k;
              fastcgi_keep_conn off;
              fastcgi_param REQUEST_METHOD GET;
              fastcgi_param QUERY_STRING map.imagetype=mvt&mode=tile&tilemode=gmap&tile=$3+$4+$2&layers=$1;
            }
          }
        }
        """;

    private static string MapFile(NpgsqlConnectionStringBuilder database) => $"""
        MAP
          NAME "tiles"
          EXTENT -20037508 -20037508 20037508 20037508
          PROJECTION "init=epsg:3857" END
          OUTPUTFORMAT
            NAME "mvt"
            DRIVER "MVT"
            MIMETYPE "application/vnd.mapbox-vector-tile"
            FORMATOPTION "EXTENT=4096"
            FORMATOPTION "EDGE_BUFFER=4"
          END
          LAYER
            NAME "hazards"
            TYPE POINT
            STATUS ON
            CONNECTIONTYPE POSTGIS
            CONNECTION "{MapServerPeer.Connection(database)}"
            PROCESSING "CLOSE_CONNECTION=DEFER"
            DATA "geom from ({Waters}) as waters using unique id using srid=4326"
            PROJECTION "init=epsg:4326" END
            METADATA "gml_include_items" "all" END
          END
        END
        """;
}
