using System.Globalization;
using System.IO.Compression;
using System.Net.Http.Json;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json.Nodes;
using HazardMap.EndToEnd.Worlds;
using HazardMap.Service.Database;

namespace HazardMap.EndToEnd;

/// <summary>kill -9 and a full disk under photos that come in pieces: what was acknowledged is there, nothing is half-written.</summary>
public sealed class UploadCrashTests : IDisposable
{
    private const int Photos = 6, PieceBytes = 16 * 1024;
    private readonly TemporaryDirectory _directory = new();

    public void Dispose() => _directory.Dispose();

    [Fact]
    public async Task Photos_sent_while_the_service_and_the_database_are_killed_arrive_whole_and_no_acknowledged_byte_is_sent_again()
    {
        var current = await RunningUp.StartAsync(_directory.Path, "--empty");
        var inspection = await InspectAsync(_directory.Path);
        var pictures = Enumerable.Range(0, Photos).Select(Noise).ToList();
        var sent = 0L;
        var work = Task.WhenAll(pictures.Select(
            picture => SendAsync(() => current, inspection, picture, bytes => Interlocked.Add(ref sent, bytes))));
        for (var kill = 1; kill <= 3; kill++)
        {
            await Patience.UntilAsync(() => Interlocked.Read(ref sent) >= pictures.Sum(x => x.LongLength) * kill / 4 || work.IsCompleted);
            if (work.IsCompleted) await work;
            var killed = current;
            if (kill == 2) Signals.Send(killed.Server.ProcessId, "KILL");
            killed.Executable.Signal("KILL");
            await killed.Executable.ExitCodeAsync();
            current = await RunningUp.StartAsync(_directory.Path, "--empty");
            await killed.DisposeAsync();
        }
        var receipts = await work;
        await using var up = current;
        foreach (var (picture, receipt) in pictures.Zip(receipts))
        {
            Assert.Equal(Digest(picture), receipt.Received);
            Assert.Equal(receipt.Stored, Digest(await up.Client.GetByteArrayAsync($"/odata/Photos({receipt.Photo})/$value")));
        }
        Assert.Equal(Photos, receipts.Select(x => x.Photo).Distinct(StringComparer.Ordinal).Count());
        var photos = await up.Client.GetStringAsync($"/odata/Inspections({inspection})/Photos/$count");
        Assert.Equal(Photos, int.Parse(photos, CultureInfo.InvariantCulture));
        Assert.Empty(Directory.EnumerateFiles(Path.Combine(_directory.Path, "uploads")));
        Assert.Equal(0, await up.StopAsync());
    }

    [Fact]
    public async Task On_a_full_disk_a_photo_is_refused_in_both_languages_and_goes_on_from_where_it_was_when_there_is_room()
    {
        var small = Path.Combine(_directory.Path, "small");
        if (!await SmallDisk.MountAsync(small, 400)) return;
        try
        {
            await using var up = await RunningUp.StartAsync(Path.Combine(small, "data"), "--empty");
            var inspection = await InspectAsync(Path.Combine(small, "data"));
            var picture = Noise(1);
            var upload = await BeginAsync(up, inspection, picture);
            using var first = await PatchAsync(up, upload, 0, picture[..PieceBytes]);
            Assert.Equal(204, (int)first.StatusCode);
            await SmallDisk.FillAsync(small);
            using var refused = await PatchAsync(up, upload, PieceBytes, picture[PieceBytes..]);
            Assert.Equal(507, (int)refused.StatusCode);
            var error = (await refused.Content.ReadFromJsonAsync<JsonObject>())!["error"]!;
            Assert.Equal(("DiskFull", "zh"), ((string?)error["code"], (string?)error["details"]![0]!["code"]));
            Assert.Equal(PieceBytes, await OffsetAsync(up, upload));
            File.Delete(Path.Combine(small, "filler"));
            using var done = await PatchAsync(up, upload, PieceBytes, picture[PieceBytes..]);
            Assert.Equal((204, "Done"), ((int)done.StatusCode, done.Headers.GetValues("Photo-State").Single()));
        }
        finally
        {
            await SmallDisk.UnmountAsync(small);
        }
    }

    private sealed record Receipt(string Photo, string Received, string Stored);

    // As a careful client: begins again with the same words, asks how far it is, goes on from there, until it has a receipt.
    private static async Task<Receipt> SendAsync(Func<RunningUp> current, Guid inspection, byte[] picture, Action<int> sent)
    {
        var until = DateTime.UtcNow.AddMinutes(3);
        var acknowledged = 0;
        while (true)
        {
            Assert.True(DateTime.UtcNow < until, "a photo never arrived");
            try
            {
                var up = current();
                var upload = await BeginAsync(up, inspection, picture);
                while (true)
                {
                    var offset = await OffsetAsync(up, upload);
                    Assert.True(offset >= acknowledged, $"{acknowledged} bytes were acknowledged, {offset} are there");
                    using var answer = await PatchAsync(up, upload, offset, picture[offset..Math.Min(picture.Length, offset + PieceBytes)]);
                    answer.EnsureSuccessStatusCode();
                    sent(PieceBytes);
                    acknowledged = int.Parse(answer.Headers.GetValues("Upload-Offset").Single(), CultureInfo.InvariantCulture);
                    if (!answer.Headers.TryGetValues("Photo-Id", out var photo)) continue;
                    return new(photo.Single(), answer.Headers.GetValues("Photo-Received-Sha256").Single(),
                        answer.Headers.GetValues("Photo-Sha256").Single());
                }
            }
            catch (Exception away) when (away is HttpRequestException or IOException or ObjectDisposedException or TaskCanceledException)
            {
                await Task.Delay(100);
            }
        }
    }

    private static async Task<string> BeginAsync(RunningUp up, Guid inspection, byte[] picture)
    {
        using var answer = await up.Client.SendAsync(Request(HttpMethod.Post, "/api/uploads",
            ("Upload-Length", picture.Length.ToString(CultureInfo.InvariantCulture)),
            ("Upload-Metadata", $"inspection {Base64(inspection.ToString())},sha256 {Base64(Digest(picture))}")));
        return answer.EnsureSuccessStatusCode().Headers.Location!.ToString();
    }

    private static async Task<int> OffsetAsync(RunningUp up, string upload)
    {
        using var answer = await up.Client.SendAsync(Request(HttpMethod.Head, upload));
        return int.Parse(answer.EnsureSuccessStatusCode().Headers.GetValues("Upload-Offset").Single(), CultureInfo.InvariantCulture);
    }

    private static Task<HttpResponseMessage> PatchAsync(RunningUp up, string upload, int offset, byte[] piece)
    {
        var request = Request(HttpMethod.Patch, upload, ("Upload-Offset", offset.ToString(CultureInfo.InvariantCulture)));
        request.Content = new ByteArrayContent(piece) { Headers = { ContentType = new("application/offset+octet-stream") } };
        return up.Client.SendAsync(request);
    }

    private static HttpRequestMessage Request(HttpMethod method, string path, params (string Name, string Value)[] headers)
    {
        var request = new HttpRequestMessage(method, path);
        request.Headers.Add("Tus-Resumable", "1.0.0");
        foreach (var (name, value) in headers) request.Headers.TryAddWithoutValidation(name, value);
        return request;
    }

    private static async Task<Guid> InspectAsync(string dataDirectory)
    {
        await using var register = await RegisterSession.OpenAsync(dataDirectory, ClusterRole.Superuser, CancellationToken.None);
        await register.Database.ExecuteAsync("insert into register.divisions (code, name, level, centre, source) "
            + "values ('53', '某州', 'Prefecture', 'point(104.2 23.4)', 'test')", CancellationToken.None);
        return await register.Database.ScalarAsync<Guid>("""
            with pond as (insert into register.hazards (code, name, kind, shape, division_code, source)
                          values ('P', 'pond', 'Pond', 'point(104.2 23.4)', '53', 'test') returning id)
            insert into register.inspections (hazard_id, division_code, at, result, source) select id, '53', now(), 'Safe', 'test' from pond
            returning id
            """, CancellationToken.None);
    }

    // A bitmap of noise, as a PNG without compression: as long as it looks.
    private static byte[] Noise(int seed)
    {
        const int width = 320, height = 240;
        var rows = new byte[height * (1 + width * 3)];
        new Random(seed).NextBytes(rows);
        for (var row = 0; row < height; row++) rows[row * (1 + width * 3)] = 0;
        using var packed = new MemoryStream();
        using (var zlib = new ZLibStream(packed, CompressionLevel.NoCompression, leaveOpen: true))
            zlib.Write(rows);
        return [0x89, .. "PNG\r\n"u8, 0x1A, 0x0A, .. Chunk("IHDR", [0, 0, width >> 8, width & 255, 0, 0, 0, height, 8, 2, 0, 0, 0]),
            .. Chunk("IDAT", packed.ToArray()), .. Chunk("IEND", [])];
    }

    private static byte[] Chunk(string name, byte[] data)
    {
        byte[] named = [.. Encoding.ASCII.GetBytes(name), .. data];
        var crc = uint.MaxValue;
        foreach (var b in named)
        {
            crc ^= b;
            for (var bit = 0; bit < 8; bit++) crc = crc >> 1 ^ ((crc & 1) == 0 ? 0 : 0xEDB88320);
        }
        var numbers = new byte[8];
        System.Buffers.Binary.BinaryPrimitives.WriteInt32BigEndian(numbers, data.Length);
        System.Buffers.Binary.BinaryPrimitives.WriteUInt32BigEndian(numbers.AsSpan(4), ~crc);
        return [.. numbers[..4], .. named, .. numbers[4..]];
    }

    private static string Digest(byte[] bytes) => Convert.ToHexStringLower(SHA256.HashData(bytes));

    private static string Base64(string text) => Convert.ToBase64String(Encoding.UTF8.GetBytes(text));
}
