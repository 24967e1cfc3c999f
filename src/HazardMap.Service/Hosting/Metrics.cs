using System.Collections.Concurrent;
using System.Diagnostics.Metrics;
using System.Globalization;
using System.Net;
using System.Text;

namespace HazardMap.Service.Hosting;

/// <summary>
/// <c>GET /metrics</c> in Prometheus text, for this machine only: requests by route and status with a duration
/// histogram, from the meters ASP.NET Core keeps anyway.
/// </summary>
internal sealed class Metrics : IDisposable
{
    private static readonly double[] BucketSeconds = [0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5];
    private readonly ConcurrentDictionary<(string Method, string Route, string Status), Histogram> _requests = new();
    private readonly MeterListener _listener = new();
    private readonly DateTimeOffset _startedAt = DateTimeOffset.UtcNow;

    public Metrics()
    {
        _listener.InstrumentPublished = (instrument, l) =>
        {
            if (instrument.Meter.Name == "Microsoft.AspNetCore.Hosting" && instrument.Name == "http.server.request.duration")
                l.EnableMeasurementEvents(instrument);
        };
        _listener.SetMeasurementEventCallback<double>((_, seconds, tags, _) => Observe(seconds, tags));
        _listener.Start();
    }

    public void Dispose() => _listener.Dispose();

    /// <summary>Everything measured since the start, as Prometheus text.</summary>
    public string Text()
    {
        var text = new StringBuilder();
        text.Append(CultureInfo.InvariantCulture,
            $"# TYPE hazardmap_start_time_seconds gauge\nhazardmap_start_time_seconds {_startedAt.ToUnixTimeSeconds()}\n");
        text.Append(CultureInfo.InvariantCulture,
            $"# TYPE hazardmap_resident_memory_bytes gauge\nhazardmap_resident_memory_bytes {Environment.WorkingSet}\n");
        text.Append("# TYPE hazardmap_http_request_duration_seconds histogram\n");
        foreach (var ((method, route, status), histogram) in _requests)
            histogram.Write(text, $"method=\"{method}\",route=\"{route}\",status=\"{status}\"");
        return text.ToString();
    }

    private void Observe(double seconds, ReadOnlySpan<KeyValuePair<string, object?>> tags)
    {
        string method = "", route = "none", status = "";
        foreach (var (name, value) in tags)
        {
            switch (name)
            {
                case "http.request.method": method = value as string ?? ""; break;
                case "http.route": route = value as string ?? "none"; break; // the template, never the path: bounded and without codes
                case "http.response.status_code": status = Convert.ToString(value, CultureInfo.InvariantCulture) ?? ""; break;
            }
        }
        _requests.GetOrAdd((method, route, status), _ => new()).Observe(seconds);
    }

    private sealed class Histogram
    {
        private readonly Lock _gate = new();
        private readonly long[] _counts = new long[BucketSeconds.Length + 1];
        private double _sum;

        public void Observe(double seconds)
        {
            var bucket = Array.FindIndex(BucketSeconds, limit => seconds <= limit);
            lock (_gate)
            {
                _counts[bucket < 0 ? BucketSeconds.Length : bucket]++;
                _sum += seconds;
            }
        }

        public void Write(StringBuilder text, string labels)
        {
            lock (_gate)
            {
                var total = 0L;
                for (var i = 0; i <= BucketSeconds.Length; i++)
                {
                    total += _counts[i];
                    var limit = i < BucketSeconds.Length ? BucketSeconds[i].ToString(CultureInfo.InvariantCulture) : "+Inf";
                    text.Append(CultureInfo.InvariantCulture,
                        $"hazardmap_http_request_duration_seconds_bucket{{{labels},le=\"{limit}\"}} {total}\n");
                }
                text.Append(CultureInfo.InvariantCulture, $"hazardmap_http_request_duration_seconds_sum{{{labels}}} {_sum}\n");
                text.Append(CultureInfo.InvariantCulture, $"hazardmap_http_request_duration_seconds_count{{{labels}}} {total}\n");
            }
        }
    }
}

/// <summary>The scrape endpoint.</summary>
internal static class MetricsEndpoint
{
    private static readonly string[] PassedOn = ["X-Forwarded-For", "X-Original-For", "Forwarded"];

    // Anonymous, but for this machine only; a request that a proxy passed on comes from elsewhere.
    public static void MapMetrics(IEndpointRouteBuilder routes) => routes.MapGet("/metrics", (HttpContext http, Metrics metrics) =>
        http.Connection.RemoteIpAddress is { } from && IPAddress.IsLoopback(from)
            && !PassedOn.Any(http.Request.Headers.ContainsKey)
            ? Results.Text(metrics.Text(), "text/plain; version=0.0.4")
            : Results.NotFound()).AllowAnonymous();
}
