using System.Globalization;
using HazardMap.Geodesy.Crs;
using HazardMap.Service.Exchange.Ledger;

namespace HazardMap.Service.Tests.Exchange;

/// <summary>A ledger whose positions are not plain WGS84 is found out, named, and refused unless it was asked for.</summary>
public sealed class LedgerDatumTests(LedgerCounty county) : IClassFixture<LedgerCounty>
{
    private static readonly (string Code, double Longitude, double Latitude)[] Known = [("H1", 104.30, 23.40),
        ("H2", 104.31, 23.41), ("H3", 104.32, 23.42)];

    // Near the western, southern and northern border, so that every shift leads out of the county for some.
    private static readonly (string Code, double Longitude, double Latitude)[] New =
        [.. Enumerable.Range(0, 12).Select(i => ($"N{i}", 104.2 + 0.0166 * i + 0.0002, i % 2 == 0 ? 23.3004 : 23.4996))];

    private static string Ledger(IEnumerable<(string Code, double Longitude, double Latitude)> rows,
        Func<double, double, (double X, double Y)> shift) =>
            LedgerCounty.Rows([.. rows.Select(r =>
            {
                var (x, y) = shift(r.Longitude, r.Latitude);
                return string.Create(CultureInfo.InvariantCulture, $"{r.Code},塘,Pond,532601,{x:R},{y:R},2,,,,,,,,,");
            })]);

    private static Func<double, double, (double X, double Y)> Into(string crs) => CoordinateSystem.Parse(crs).FromWgs84;

    public static TheoryData<string, string> Shifts() => new()
    {
        { "gcj02", "gcj02" }, { "bd09", "bd09" }, { "swapped", "swapped axes" }, { "EPSG:4523", "EPSG:4523" }, { "EPSG:4544", "EPSG:4544" },
        { "EPSG:4496", "EPSG:4496" },
    };

    private static Func<double, double, (double X, double Y)> Shift(string name) => name == "swapped" ? (x, y) => (y, x) : Into(name);

    [Theory, MemberData(nameof(Shifts))]
    public async Task A_shift_is_found_by_the_known_positions_of_the_same_codes(string shift, string told)
    {
        var refusal = await county.RefusedAsync("ledger.csv", Ledger(Known, Shift(shift)));
        Assert.Equal("ShiftSuspected", refusal.Code);
        Assert.Contains(told, refusal.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("gcj02")]
    [InlineData("swapped")]
    [InlineData("EPSG:4523")]
    public async Task Else_a_shift_is_found_by_the_boundary_of_the_division(string shift)
    {
        var refusal = await county.RefusedAsync("ledger.csv", Ledger(New, Shift(shift)));
        Assert.Equal("ShiftSuspected", refusal.Code);
        Assert.Contains(shift, refusal.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("gcj02")]
    [InlineData("bd09")]
    [InlineData("EPSG:4523")]
    [InlineData("EPSG:4544")]
    public async Task What_was_asked_for_is_brought_to_wgs84(string crs)
    {
        var report = await county.ImportAsync("ledger.csv", Ledger(New, Into(crs)), crs: crs, dryRun: true);
        Assert.Equal(New.Length, report.Inserted);
        Assert.Equal(crs, ((CrsConclusion)report.Crs!).Used);
    }

    [Fact]
    public async Task A_position_from_a_phone_map_lands_where_it_is()
    {
        await using var own = new OwnCounty();
        await own.InitializeAsync();
        await own.ImportAsync("ledger.csv", Ledger(New, Into("bd09")), crs: "bd09");
        Assert.InRange(await own.ScalarAsync<double>("select st_distance(location, st_makepoint(104.2002, 23.3004)::geography) "
            + "from register.hazards where code = 'N0'"), 0, 0.001);
    }

    private sealed class OwnCounty : LedgerCounty, IAsyncDisposable
    {
        async ValueTask IAsyncDisposable.DisposeAsync() => await DisposeAsync();
    }

    [Fact]
    public async Task A_known_place_that_went_through_gcj02_and_back_is_unchanged()
    {
        var text = Ledger(Known, (x, y) => Into("gcj02")(x, y) is var (a, b) ? (Math.Round(a, 6), Math.Round(b, 6)) : default)
            .Replace(",塘,", ",,", StringComparison.Ordinal).Replace(",532601,", ",,", StringComparison.Ordinal);
        Assert.Equal((0, 3),
            await county.ImportAsync("ledger.csv", text, crs: "gcj02", dryRun: true) is var r ? (r.Written, r.Unchanged) : default);
    }

    [Fact]
    public async Task Plain_positions_are_accepted_and_the_conclusion_is_told()
    {
        var report = await county.ImportAsync("ledger.csv", Ledger(New, (x, y) => (x, y)), dryRun: true);
        var conclusion = (CrsConclusion)report.Crs!;
        Assert.Equal(("EPSG:4326", 12), (conclusion.Used, conclusion.Witnesses));
        Assert.Contains("agrees", conclusion.Concluded, StringComparison.Ordinal);
    }

    [Fact]
    public async Task One_row_that_was_taken_with_a_phone_map_is_found_among_many()
    {
        var (x, y) = Into("gcj02")(104.32, 23.42);
        var rows = Known.Take(2).Append(("H3", x, y)).Concat(New);
        var refusal = await county.RefusedAsync("ledger.csv", Ledger(rows, (a, b) => (a, b)));
        Assert.Contains("line 4, Longitude: this is where gcj02 would put its known position", refusal.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_hazard_that_really_moved_is_no_shift()
    {
        var rows = Known.Take(2).Append(("H3", 104.321, 23.424)).Concat(New);
        Assert.Equal(12, (await county.ImportAsync("ledger.csv", Ledger(rows, (a, b) => (a, b)), dryRun: true)).Inserted);
    }

    [Theory]
    [InlineData("N1,塘,Pond,532601,200,23.4,,,,,,,,,,", "CoordinateOutOfRange")]
    [InlineData("N1,塘,Pond,532601,104.3,91,,,,,,,,,,", "CoordinateOutOfRange")]
    public async Task Positions_off_the_globe_are_refused(string row, string code) =>
        Assert.Equal(code, (await county.RefusedAsync("ledger.csv", LedgerCounty.Rows(row))).Code);

    [Fact]
    public async Task An_unknown_system_is_refused() =>
        Assert.Equal("UnknownCrs", (await county.RefusedAsync("ledger.csv", Ledger(New, (x, y) => (x, y)), crs: "EPSG:99")).Code);
}
