using System.Globalization;
using System.Net.Http.Json;
using System.Text.Json.Nodes;
using HazardMap.Service.Photos;
using HazardMap.Service.Photos.Uploads;
using HazardMap.Service.Tests.Worlds;

namespace HazardMap.Service.Tests.Photos;

/// <summary>Two counties with a pond each, and photos that come in pieces.</summary>
public sealed class PondPhotos : TwoPonds
{
    /// <summary>An inspection of a pond, with an identifier of the phone's.</summary>
    internal async Task<Guid> InspectAsync(string pond, Guid? id = null)
    {
        using var made = await Administrator.PostAsJsonAsync("/odata/Inspections", new JsonObject
        {
            ["Id"] = id ?? Guid.CreateVersion7(), ["HazardId"] = pond, ["At"] = DateTime.UtcNow.ToString("O", CultureInfo.InvariantCulture),
            ["Result"] = "Safe",
        });
        Assert.True(made.IsSuccessStatusCode, await made.Content.ReadAsStringAsync());
        return (Guid)(await made.Content.ReadFromJsonAsync<JsonObject>())!["Id"]!;
    }

    /// <summary>Uploads a whole picture; the photo.</summary>
    internal async Task<JsonObject> UploadAsync(Guid inspection, byte[] picture)
    {
        var phone = new Phone(Administrator);
        using var done = await phone.SendAllAsync(await phone.BeginAsync(inspection, picture), picture);
        Assert.True(done.IsSuccessStatusCode, await done.Content.ReadAsStringAsync());
        return (await PhotoAsync(Phone.Header(done, "Photo-Id")!))!;
    }

    internal Task<JsonObject?> PhotoAsync(string id) => Administrator.GetFromJsonAsync<JsonObject>($"/odata/Photos({id})");
}

/// <summary>Photos in pieces by tus 1.0.0: what was acknowledged is kept, what is no photo is not.</summary>
public sealed class UploadTests(PondPhotos ponds) : IClassFixture<PondPhotos>, IAsyncLifetime
{
    private static readonly byte[] Picture = Pictures.Scene(1);

    private Phone Inspector { get; } = new(ponds.Administrator);

    public Task InitializeAsync() => ponds.StaffAsync();

    public Task DisposeAsync() => Task.CompletedTask;

    [Fact]
    public async Task It_tells_what_it_can_without_a_login()
    {
        using var told = await ponds.Stranger.SendAsync(new(HttpMethod.Options, "/api/uploads"));
        Assert.Equal((204, "1.0.0", "creation,creation-with-upload,checksum,expiration,termination", "sha256,sha1", "10485760"),
            ((int)told.StatusCode, Phone.Header(told, "Tus-Version"), Phone.Header(told, "Tus-Extension"),
                Phone.Header(told, "Tus-Checksum-Algorithm"), Phone.Header(told, "Tus-Max-Size")));
    }

    [Fact]
    public async Task A_photo_in_pieces_becomes_one_of_its_inspection_and_whoever_sends_it_has_a_receipt()
    {
        var inspection = await ponds.InspectAsync(TwoPonds.East);
        var upload = await Inspector.BeginAsync(inspection, Picture);
        using var done = await Inspector.SendAllAsync(upload, Picture);
        Assert.Equal((204, "Done", Phone.Digest(Picture)),
            ((int)done.StatusCode, Phone.Header(done, "Photo-State"), Phone.Header(done, "Photo-Received-Sha256")));
        var id = Phone.Header(done, "Photo-Id")!;
        var kept = await ponds.Administrator.GetByteArrayAsync($"/odata/Photos({id})/$value");
        Assert.Equal(Phone.Digest(kept), Phone.Header(done, "Photo-Sha256"));
        var photo = (await ponds.PhotoAsync(id))!;
        Assert.Equal((Phone.Digest(kept), Phone.Digest(Picture), inspection, kept.Length),
            ((string?)photo["Sha256"], (string?)photo["ReceivedSha256"], (Guid)photo["InspectionId"]!, (int)photo["SizeBytes"]!));
        var receipt = await Inspector.ReceiptAsync(upload);
        Assert.Equal(("Done", id, Phone.Digest(kept), "塘.jpg"),
            ((string?)receipt["state"], (string?)receipt["photoId"], (string?)receipt["storedSha256"], (string?)receipt["filename"]));
        var thumbnail = await ponds.Administrator.GetByteArrayAsync($"/api/photos/{id}/thumbnail");
        Assert.Equal(new PictureHeader("image/jpeg", 320, 240), PictureHeader.Read(thumbnail));
        Assert.False(File.Exists(Path.Combine(ponds.UploadDirectory, upload.Split('/')[^1] + ".part")));
    }

    [Fact]
    public async Task With_three_of_ten_connections_cut_it_arrives_and_nothing_is_sent_twice()
    {
        var phone = new Phone(ponds.Administrator)
        {
            Taken = upload => new FileInfo(Path.Combine(ponds.UploadDirectory, Id(upload) + ".part")) is { Exists: true } part
                ? part.Length : 0,
        };
        var upload = await phone.BeginAsync(await ponds.InspectAsync(TwoPonds.East), Picture);
        using var done = await phone.SendAllAsync(upload, Picture, number => number * 7 % 10 < 3, pieceBytes: 2048);
        Assert.Equal("Done", Phone.Header(done, "Photo-State"));
        Assert.InRange(phone.Sent, Picture.Length, Picture.Length * 1.05);
    }

    [Fact]
    public async Task Sent_again_it_is_the_same_photo_whoever_sends_it_and_by_whatever_way()
    {
        var inspection = await ponds.InspectAsync(TwoPonds.East);
        var upload = await Inspector.BeginAsync(inspection, Picture);
        var id = Phone.Header(await Inspector.SendAllAsync(upload, Picture), "Photo-Id");
        using var again = await Inspector.TryBeginAsync(inspection, Picture.Length, Phone.Digest(Picture));
        Assert.Equal((201, upload, Picture.Length.ToString(CultureInfo.InvariantCulture), id), ((int)again.StatusCode,
            again.Headers.Location!.ToString(), Phone.Header(again, "Upload-Offset"), Phone.Header(again, "Photo-Id")));
        var other = new Phone(ponds.Confined);
        using var second = await other.SendAllAsync(await other.BeginAsync(inspection, Picture, saysDigest: false), Picture);
        Assert.Equal(id, Phone.Header(second, "Photo-Id"));
        Assert.Equal(1, await CountAsync("register.photos where inspection_id = $1", inspection));
    }

    [Fact]
    public async Task A_piece_that_is_misplaced_changed_or_too_long_is_refused_and_not_kept()
    {
        var upload = await Inspector.BeginAsync(await ponds.InspectAsync(TwoPonds.East), Picture);
        Assert.Equal(409, await StatusAsync(Inspector.PatchAsync(upload, 5, Picture[5..10])));
        var wrong = ("Upload-Checksum", "sha256 " + Convert.ToBase64String(new byte[32]));
        Assert.Equal(460, await StatusAsync(Inspector.PatchAsync(upload, 0, Picture[..100], wrong)));
        Assert.Equal(400, await StatusAsync(Inspector.PatchAsync(upload, 0, Picture[..100], ("Upload-Checksum", "md5 AAAA"))));
        Assert.Equal(413, await StatusAsync(Inspector.PatchAsync(upload, 0, [.. Picture, 0])));
        Assert.Equal(0, await Inspector.OffsetAsync(upload));
        var right = ("Upload-Checksum", "sha1 " + Convert.ToBase64String(System.Security.Cryptography.SHA1.HashData(Picture[..100])));
        Assert.Equal(204, await StatusAsync(Inspector.PatchAsync(upload, 0, Picture[..100], right)));
        Assert.Equal(100, await Inspector.OffsetAsync(upload));
    }

    [Fact]
    public async Task A_photo_that_is_not_what_its_sender_says_is_thrown_away_and_may_be_sent_again()
    {
        var inspection = await ponds.InspectAsync(TwoPonds.East);
        byte[] changed = [.. Picture[..^1], (byte)(Picture[^1] ^ 1)];
        using var begun = await Inspector.TryBeginAsync(inspection, Picture.Length, Phone.Digest(Picture), changed);
        Assert.Equal((460, "0"), ((int)begun.StatusCode, Phone.Header(begun, "Upload-Offset")));
        using var done = await Inspector.SendAllAsync(begun.Headers.Location!.ToString(), Picture);
        Assert.Equal("Done", Phone.Header(done, "Photo-State"));
    }

    [Fact]
    public async Task What_breaks_the_protocol_is_refused_by_its_cause_in_both_languages()
    {
        var inspection = await ponds.InspectAsync(TwoPonds.East);
        using var plain = await ponds.Administrator.PostAsync("/api/uploads", null);
        Assert.Equal((412, "1.0.0"), ((int)plain.StatusCode, Phone.Header(plain, "Tus-Version")));
        Assert.Equal("zh", (string?)(await plain.Content.ReadFromJsonAsync<JsonObject>())!["error"]!["details"]![0]!["code"]);
        Assert.Equal(413, await StatusAsync(Inspector.TryBeginAsync(inspection, 11 << 20)));
        Assert.Equal(400, await StatusAsync(Inspector.TryBeginAsync(inspection, 0)));
        Assert.Equal(400, await StatusAsync(Inspector.TryBeginAsync(inspection, 9, "no digest")));
        Assert.Equal(400, await StatusAsync(Inspector.SendAsync(HttpMethod.Post, "/api/uploads", null, ("Upload-Length", "9"),
            ("Upload-Metadata", "inspection !"))));
        Assert.Equal(400, await StatusAsync(Inspector.SendAsync(HttpMethod.Post, "/api/uploads", null, ("Upload-Length", "9"))));
        Assert.Equal(401, await StatusAsync(new Phone(ponds.Stranger).TryBeginAsync(inspection, 9)));
        var upload = await Inspector.BeginAsync(inspection, Picture);
        Assert.Equal(415, await StatusAsync(Inspector.SendAsync(HttpMethod.Patch, upload, null, ("Upload-Offset", "0"))));
    }

    [Fact]
    public async Task Another_s_upload_is_not_there_and_one_that_was_called_off_or_came_too_late_is_gone()
    {
        var inspection = await ponds.InspectAsync(TwoPonds.East);
        var upload = await Inspector.BeginAsync(inspection, Picture);
        var other = new Phone(ponds.Confined);
        Assert.Equal(404, await StatusAsync(other.SendAsync(HttpMethod.Head, upload)));
        Assert.Equal(404, await StatusAsync(other.PatchAsync(upload, 0, Picture)));
        Assert.Equal(404, await StatusAsync(other.SendAsync(HttpMethod.Delete, upload)));
        Assert.Equal(404, await StatusAsync(ponds.Confined.GetAsync(upload)));
        Assert.Equal(204, await StatusAsync(Inspector.SendAsync(HttpMethod.Delete, upload)));
        Assert.Equal(410, await StatusAsync(Inspector.SendAsync(HttpMethod.Head, upload)));

        var late = await Inspector.BeginAsync(inspection, Picture);
        await ponds.ExecuteAsync("update register.uploads set expires_at = now() - interval '1 s' where id = $1", Id(late));
        Assert.Equal(410, await StatusAsync(Inspector.PatchAsync(late, 0, Picture)));
        await ponds.Service<IEnumerable<Microsoft.Extensions.Hosting.IHostedService>>().OfType<UploadSweeper>().Single()
            .SweepAsync(CancellationToken.None);
        Assert.Equal("Expired", (string?)(await Inspector.ReceiptAsync(late))["state"]);
    }

    [Fact]
    public async Task A_photo_waits_for_its_inspection_and_is_there_when_that_arrives()
    {
        var inspection = Guid.CreateVersion7();
        var upload = await Inspector.BeginAsync(inspection, Picture);
        using var done = await Inspector.SendAllAsync(upload, Picture);
        Assert.Equal("Waiting", Phone.Header(done, "Photo-State"));
        await ponds.InspectAsync(TwoPonds.East, inspection);
        var receipt = await Inspector.ReceiptAsync(upload);
        Assert.Equal(("Done", Phone.Header(done, "Photo-Id")), ((string?)receipt["state"], (string?)receipt["photoId"]));
        var photo = (await ponds.PhotoAsync((string)receipt["photoId"]!))!;
        Assert.Equal((inspection, "532601"), ((Guid)photo["InspectionId"]!, (string?)photo["DivisionCode"]));
        Assert.Equal((string?)receipt["storedSha256"],
            Phone.Digest(await ponds.Administrator.GetByteArrayAsync($"/odata/Photos({receipt["photoId"]})/$value")));
    }

    [Fact]
    public async Task A_photo_for_an_inspection_outside_the_area_waits_tells_nothing_and_is_nobody_s()
    {
        var inspection = await ponds.InspectAsync(TwoPonds.West);
        var outside = new Phone(ponds.Confined);
        var upload = await outside.BeginAsync(inspection, Picture);
        using var done = await outside.SendAllAsync(upload, Picture);
        Assert.Equal("Waiting", Phone.Header(done, "Photo-State"));
        var sweeper = ponds.Service<IEnumerable<Microsoft.Extensions.Hosting.IHostedService>>().OfType<UploadSweeper>().Single();
        await sweeper.LinkAsync(CancellationToken.None);
        Assert.Equal(0, await CountAsync("register.photos where inspection_id = $1", inspection));
        await ponds.ExecuteAsync("update register.uploads set expires_at = now() - interval '1 s' where id = $1", Id(upload));
        await sweeper.SweepAsync(CancellationToken.None);
        Assert.Equal(0, await CountAsync("register.photo_contents where photo_id = $1", Guid.Parse(Phone.Header(done, "Photo-Id")!)));
        var photo = await ponds.UploadAsync(inspection, Pictures.Scene(2));
        Assert.Equal(404, await StatusAsync(ponds.Confined.GetAsync($"/api/photos/{photo["Id"]}/thumbnail")));
        Assert.Equal(404, await StatusAsync(ponds.Confined.GetAsync($"/api/photos/{photo["Id"]}/origin")));
    }

    [Theory]
    [InlineData("giant", 413, "TooManyPixels"), InlineData("frames", 413, "TooManyFrames"), InlineData("moving", 413, "TooManyFrames")]
    [InlineData("page", 422, "PictureHoldsMore"), InlineData("archive", 422, "PictureHoldsMore"), InlineData("cut", 422, "PictureBroken")]
    [InlineData("text", 415, "NoPicture")]
    public async Task What_is_no_photo_is_refused_by_its_cause_each_time_it_is_asked_about_and_leaves_nothing(
        string which, int status, string code)
    {
        byte[] sent = which switch
        {
            "giant" => Pictures.Giant, "frames" => Pictures.Animated, "moving" => Pictures.AnimatedWebP, "page" => Pictures.WithPage,
            "archive" => Pictures.WithArchive, "cut" => Pictures.Jpeg[..^60], _ => "<html>"u8.ToArray(),
        };
        var inspection = await ponds.InspectAsync(TwoPonds.East);
        var upload = await Inspector.BeginAsync(inspection, sent);
        var before = GC.GetTotalMemory(forceFullCollection: true);
        using var refused = await Inspector.SendAllAsync(upload, sent, pieceBytes: 1 << 20);
        Assert.InRange(GC.GetTotalMemory(forceFullCollection: true) - before, long.MinValue, 20 << 20);
        var error = (await refused.Content.ReadFromJsonAsync<JsonObject>())!["error"]!;
        Assert.Equal((status, code, "zh"), ((int)refused.StatusCode, (string?)error["code"], (string?)error["details"]![0]!["code"]));
        Assert.Equal(status, await StatusAsync(Inspector.SendAsync(HttpMethod.Head, upload)));
        Assert.Equal(status, await StatusAsync(Inspector.TryBeginAsync(inspection, sent.Length, Phone.Digest(sent))));
        Assert.Equal(code, (string?)(await Inspector.ReceiptAsync(upload))["refusal"]!["code"]);
        Assert.Equal(0, await CountAsync("register.photos where inspection_id = $1", inspection));
        Assert.False(File.Exists(Path.Combine(ponds.UploadDirectory, Id(upload) + ".part")));
    }

    [Fact]
    public async Task The_same_picture_under_another_water_is_flagged_though_it_was_packed_anew_and_another_one_is_not()
    {
        var (east, west) = (await ponds.InspectAsync(TwoPonds.East), await ponds.InspectAsync(TwoPonds.West));
        var first = await ponds.UploadAsync(east, Pictures.Scene(7));
        Assert.Null(first["DuplicateOfId"]);
        Assert.Null((await ponds.UploadAsync(east, Pictures.Scene(7, quality: 80)))["DuplicateOfId"]); // the same water
        Assert.Equal((Guid)first["Id"]!, (Guid?)(await ponds.UploadAsync(west, Pictures.Scene(7, quality: 40)))["DuplicateOfId"]);
        Assert.Equal((Guid)first["Id"]!, (Guid?)(await ponds.UploadAsync(west, Pictures.Scene(7)))["DuplicateOfId"]);
        Assert.Null((await ponds.UploadAsync(west, Pictures.Scene(8)))["DuplicateOfId"]);
        using var posted = await ponds.Administrator.PostAsync($"/odata/Inspections({west})/Photos",
            new ByteArrayContent(Pictures.Scene(7, quality: 60)) { Headers = { ContentType = new("image/jpeg") } });
        Assert.Equal((Guid)first["Id"]!, (Guid?)(await posted.Content.ReadFromJsonAsync<JsonObject>())!["DuplicateOfId"]);
    }

    [Fact]
    public async Task Where_and_when_a_picture_was_taken_is_kept_apart_from_it_for_who_may_know()
    {
        var photo = await ponds.UploadAsync(await ponds.InspectAsync(TwoPonds.East), Pictures.Located);
        var kept = await ponds.Administrator.GetByteArrayAsync($"/odata/Photos({photo["Id"]})/$value");
        Assert.Equal(new PictureOrigin(null, null, false), PictureOrigin.Read(kept));
        var origin = (await ponds.Administrator.GetFromJsonAsync<JsonObject>($"/api/photos/{photo["Id"]}/origin"))!;
        Assert.Equal(104.25, (double)origin["position"]!["coordinates"]![0]!, 1e-9);
        Assert.Equal(23.37, (double)origin["position"]!["coordinates"]![1]!, 1e-9);
        Assert.Equal((new DateTime(2026, 7, 1, 1, 30, 0, DateTimeKind.Utc), true),
            ((DateTime)origin["takenAt"]!, (bool)origin["zoneIsTold"]!));
        Assert.Equal(403, await StatusAsync(ponds.Inspector.GetAsync($"/api/photos/{photo["Id"]}/origin")));
        Assert.Equal(200, await StatusAsync(ponds.Inspector.GetAsync($"/api/photos/{photo["Id"]}/thumbnail")));
    }

    private static Guid Id(string upload) => Guid.Parse(upload.Split('/')[^1]);

    private Task<int> CountAsync(string rows, Guid id) => ponds.ScalarAsync<int>($"select count(*)::int from {rows}", id);

    private static async Task<int> StatusAsync(Task<HttpResponseMessage> asked)
    {
        using var answer = await asked;
        return (int)answer.StatusCode;
    }
}

/// <summary>A register whose accounts may send one photo a day.</summary>
public sealed class LittleRoom : TwoPonds
{
    internal override PhotoLimits PhotoLimits => new() { PhotosADay = 1 };
}

/// <summary>What there is no room for is refused before a byte is taken, and says what to do.</summary>
public sealed class PhotoQuotaTests(LittleRoom register) : IClassFixture<LittleRoom>
{
    [Fact]
    public async Task One_more_than_a_day_s_photos_waits_for_tomorrow_by_either_way()
    {
        var phone = new Phone(register.Administrator);
        await phone.BeginAsync(Guid.CreateVersion7(), Pictures.Jpeg);
        using var second = await phone.TryBeginAsync(Guid.CreateVersion7(), 9);
        Assert.Equal((413, "TooManyPhotosToday"), ((int)second.StatusCode, await CodeAsync(second)));
        using var made = await register.Administrator.PostAsJsonAsync("/odata/Inspections",
            new JsonObject { ["HazardId"] = TwoPonds.East, ["At"] = "2026-07-01T08:00:00Z", ["Result"] = "Safe" });
        var inspection = (Guid)(await made.Content.ReadFromJsonAsync<JsonObject>())!["Id"]!;
        using var posted = await register.Administrator.PostAsync($"/odata/Inspections({inspection})/Photos",
            new ByteArrayContent(Pictures.Jpeg) { Headers = { ContentType = new("image/jpeg") } });
        Assert.Equal((413, "TooManyPhotosToday"), ((int)posted.StatusCode, await CodeAsync(posted)));
    }

    private static async Task<string?> CodeAsync(HttpResponseMessage answer) =>
        (string?)(await answer.Content.ReadFromJsonAsync<JsonObject>())!["error"]!["code"];
}

/// <summary>A register that has no room for photos.</summary>
public sealed class NoRoom : TwoPonds
{
    internal override PhotoLimits PhotoLimits => new() { TotalBytes = 1 };
}

/// <summary>The room for all photos together.</summary>
public sealed class PhotoRoomTests(NoRoom register) : IClassFixture<NoRoom>
{
    [Fact]
    public async Task When_the_room_for_photos_is_used_up_it_says_so_and_by_which_setting_there_is_more()
    {
        using var refused = await new Phone(register.Administrator).TryBeginAsync(Guid.CreateVersion7(), 9);
        Assert.Equal(507, (int)refused.StatusCode);
        var error = (await refused.Content.ReadFromJsonAsync<JsonObject>())!["error"]!;
        Assert.Contains(PhotoLimits.TotalSetting, (string?)error["message"], StringComparison.Ordinal);
        Assert.Contains(PhotoLimits.TotalSetting, (string?)error["details"]![0]!["message"], StringComparison.Ordinal);
    }
}
