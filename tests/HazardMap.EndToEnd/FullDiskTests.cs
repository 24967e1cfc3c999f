using System.Diagnostics;
using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using System.Text.Json.Nodes;
using HazardMap.EndToEnd.Worlds;
using HazardMap.Service.Database;

namespace HazardMap.EndToEnd;

/// <summary>A data directory on a small disk that fills up: a tmpfs, where the machine lets us mount one.</summary>
public sealed class FullDiskTests : IDisposable
{
    private readonly TemporaryDirectory _directory = new();
    private readonly bool _isMounted;

    public FullDiskTests()
    {
        Directory.CreateDirectory(_directory.Path);
        _isMounted = Run("mount", "-t", "tmpfs", "-o", "size=400m,mode=0755", "tmpfs", _directory.Path) == 0;
    }

    private string Filler => Path.Combine(_directory.Path, "filler");

    public void Dispose()
    {
        if (_isMounted) Run("umount", _directory.Path);
        _directory.Dispose();
    }

    [Fact]
    public async Task A_full_disk_is_told_as_such_to_clients_to_the_log_and_by_readiness_until_there_is_room_again()
    {
        if (!_isMounted) return; // needs root
        await using var up = await RunningUp.StartAsync(Path.Combine(_directory.Path, "data"), "--empty");
        await using (var register = await RegisterSession.OpenAsync(up.DataDirectory, ClusterRole.Superuser, CancellationToken.None))
            await register.Database.ExecuteAsync("insert into register.divisions (code, name, level, centre, source) "
                + "values ('53', '某州', 'Prefecture', 'point(104.2 23.4)', 'test')", CancellationToken.None);
        Assert.Equal(HttpStatusCode.OK, await ReadyAsync(up));
        Assert.Equal(HttpStatusCode.Created, (await PostAsync(up, "before")).StatusCode);

        Fill();
        var (status, error) = await FirstRefusalAsync(up);
        Assert.Equal((HttpStatusCode.ServiceUnavailable, "DiskFull"), (status, (string?)error["code"]));
        Assert.Contains("磁盘", (string)error["details"]![0]!["message"]!, StringComparison.Ordinal);
        await BecomesAsync(HttpStatusCode.ServiceUnavailable, up);
        Assert.Equal(HttpStatusCode.OK, (await up.Client.GetAsync("/odata/Hazards?$top=1")).StatusCode); // reading goes on
        await Patience.UntilAsync(() => up.Executable.Errors.Contains("disk is full", StringComparison.Ordinal));

        File.Delete(Filler);
        await Patience.UntilAsync(() => up.Executable.Errors.Contains("has room again", StringComparison.Ordinal));
        await BecomesAsync(HttpStatusCode.OK, up);
        Assert.Equal(HttpStatusCode.Created, (await PostAsync(up, "again")).StatusCode);
    }

    private static async Task<HttpStatusCode> ReadyAsync(RunningUp up) => (await up.Client.GetAsync("/health/ready")).StatusCode;

    // Readiness is looked at once a second, however many ask.
    private static Task BecomesAsync(HttpStatusCode wanted, RunningUp up) =>
        Patience.UntilAsync(async () => await ReadyAsync(up) == wanted);

    private static async Task<(HttpStatusCode Status, JsonNode Error)> FirstRefusalAsync(RunningUp up)
    {
        for (var i = 0; i < 500; i++)
        {
            using var answer = await PostAsync(up, $"X{i}");
            if (answer.StatusCode != HttpStatusCode.Created)
                return (answer.StatusCode, (await answer.Content.ReadFromJsonAsync<JsonObject>())!["error"]!);
        }
        throw new InvalidOperationException("500 waters went on a full disk.");
    }

    // A long river: its shape wants pages of its own.
    private static Task<HttpResponseMessage> PostAsync(RunningUp up, string code)
    {
        var shape = Enumerable.Range(0, 2000).Select(i => new[] { 104.2 + i * 1e-5, 23.3 + Math.Sin(i) * 1e-4 });
        return up.Client.PostAsJsonAsync("/odata/Hazards", new Dictionary<string, object>(StringComparer.Ordinal)
        {
            ["Code"] = code, ["Name"] = "长河", ["Kind"] = "River", ["DivisionCode"] = "53",
            ["Shape"] = new { type = "LineString", coordinates = shape },
        }, JsonSerializerOptions.Default);
    }

    private void Fill()
    {
        var block = new byte[1 << 16];
        using var filler = File.Create(Filler, 1);
        try
        {
            while (true) filler.Write(block);
        }
        catch (IOException)
        {
            // The disk is full.
        }
    }

    private static int Run(string program, params string[] arguments)
    {
        using var process = Process.Start(
            new ProcessStartInfo(program, arguments) { UseShellExecute = false, RedirectStandardError = true })!;
        process.WaitForExit();
        return process.ExitCode;
    }
}
