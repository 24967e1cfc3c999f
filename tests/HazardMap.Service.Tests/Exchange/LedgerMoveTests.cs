namespace HazardMap.Service.Tests.Exchange;

/// <summary>Where a ledger moves known waters is told, and asked for when it looks like a mistake.</summary>
public sealed class LedgerMoveTests : LedgerTests
{
    [Fact]
    public async Task Small_moves_are_told()
    {
        var report = await County.ImportAsync("ledger.csv", "Code,Longitude,Latitude,DepthMetres\nH1,104.301,23.4,2\nH2,104.31,23.41,3\n");
        Assert.Equal((1, 0, 0), (report.Moves!.Count, report.Moves.OntoOneSpot, report.Moves.DigitsCut));
        Assert.InRange(report.Moves.FarthestMetres, 101, 103);
        Assert.Equal("line 2: H1, 102 m", Assert.Single(report.Moves.Examples));
    }

    [Fact]
    public async Task A_far_move_asks_and_is_done_when_it_is_allowed()
    {
        const string Text = "Code,Longitude,Latitude,DepthMetres\nH1,104.3072,23.4063,2\n";
        var refusal = await County.RefusedAsync("ledger.csv", Text);
        Assert.Equal("MovesSuspected", refusal.Code);
        foreach (var message in new[] { refusal.Message, refusal.MessageZh })
        {
            Assert.Contains("H1", message, StringComparison.Ordinal);
            Assert.Contains("500", message, StringComparison.Ordinal);
            Assert.Contains("--allow-moves", message, StringComparison.Ordinal);
        }
        Assert.Equal(1, (await County.ImportAsync("ledger.csv", Text, allowMoves: true)).Moves!.Count);
    }

    [Fact]
    public async Task Positions_that_lost_their_decimals_ask_however_near()
    {
        await County.ExecuteAsync("update register.hazards set location = st_makepoint(104.30312, 23.40188)::geography where code = 'H1'");
        var refusal = await County.RefusedAsync("ledger.csv",
            "Code,Longitude,Latitude,DepthMetres\nH1,104.303,23.402,2\nH2,104.31,23.41,2\n"
            .Replace("104.303,23.402", "104.30,23.40", StringComparison.Ordinal));
        Assert.Contains("1 are their known position with decimals cut off", refusal.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Several_waters_onto_one_spot_ask()
    {
        await County.ExecuteAsync("update register.hazards set location = st_makepoint(104.3001, 23.4)::geography where code = 'H2'");
        var refusal = await County.RefusedAsync("ledger.csv",
            "Code,Longitude,Latitude,DepthMetres\nH1,104.3011,23.4003,2\nH2,104.3011,23.4003,2\n");
        Assert.Contains("2 of them onto a spot that they share", refusal.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_lake_that_is_drawn_where_its_point_was_has_not_moved()
    {
        var report = await County.ImportAsync("waters.geojson", """
            {"type":"Feature","properties":{"Code":"H1","DepthMetres":3},
             "geometry":{"type":"Polygon","coordinates":[[[104.299,23.399],[104.301,23.399],[104.301,23.401],[104.299,23.399]]]}}
            """);
        Assert.Equal(1, report.Updated);
        Assert.Null(report.Moves);
    }
}
