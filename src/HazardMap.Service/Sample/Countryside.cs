using NetTopologySuite.Geometries;
using NetTopologySuite.Index.Strtree;

namespace HazardMap.Service.Sample;

/// <summary>The ground of a sample: the prefecture, its counties, townships and villages, each with a seat and a cell.</summary>
internal sealed class Countryside
{
    private readonly ulong _seed;
    private readonly SampleFrame _frame;
    private readonly Settlements _settlements;
    private readonly ILookup<string, FrameDivision> _partsOf;

    private Countryside(ulong seed, SamplePlan plan, SampleFrame frame)
    {
        (_seed, _frame, Rivers) = (seed, frame, new Rivers(frame.Rivers));
        _settlements = new Settlements(seed, Rivers);
        _partsOf = SampleFrameRows.Real(frame).ToLookup(row => row.ParentCode, StringComparer.Ordinal);
        Prefecture = new Area(plan.Code, plan.Name, parent: null, Cells.Join(frame.Counties.Values));
    }

    public Area Prefecture { get; }

    public Rivers Rivers { get; }

    public IReadOnlyList<Area> Counties => Prefecture.Parts;

    public IEnumerable<Area> Townships => Counties.SelectMany(county => county.Parts);

    public IEnumerable<Area> Villages => Townships.SelectMany(township => township.Parts);

    public static Countryside Lay(ulong seed, SamplePlan plan, SampleFrame frame)
    {
        var countryside = new Countryside(seed, plan, frame);
        foreach (var row in countryside._partsOf[plan.Code])
            countryside.LayCounty(row);
        var seat = frame.Places.FirstOrDefault(place => place.NameZh == plan.Name[..2]);
        (countryside.Prefecture.Seat, countryside.Prefecture.SeatIsReal) = (seat!.At, true);
        countryside.AssignRivers();
        return countryside;
    }

    private void LayCounty(FrameDivision row)
    {
        var county = new Area(row.Code, row.Name, Prefecture, _frame.Counties[row.Code]);
        Prefecture.Parts.Add(county);
        var rows = _partsOf[row.Code].ToList();
        var fixedSeats = TownSeats(county, rows);
        var order = rows.OrderBy(r => fixedSeats.ContainsKey(r.Code) ? 0 : 1).ToList();
        var seats = _settlements.Place(county, rows.Count,
            [.. order.TakeWhile(r => fixedSeats.ContainsKey(r.Code)).Select(r => fixedSeats[r.Code])], rounds: 5);
        var cells = Cells.Cut(_seed, county.Ground, seats);
        for (var i = 0; i < order.Count; i++)
            LayTownship(county, order[i], seats[i], cells[i], RealPlace(county, order[i]) is not null);
        county.Parts.Sort((a, b) => string.CompareOrdinal(a.Code, b.Code));
        var main = county.Parts.Find(township => township.SeatIsReal) ?? county.Parts[0];
        (county.Seat, county.SeatIsReal) = (main.Seat, main.SeatIsReal);
    }

    /// <summary>The real seat where the place file names it, and the town's other subdistricts a few kilometres from it.</summary>
    private Dictionary<string, Coordinate> TownSeats(Area county, List<FrameDivision> rows)
    {
        var seats = rows.Where(row => RealPlace(county, row) is not null)
            .ToDictionary(row => row.Code, row => RealPlace(county, row)!, StringComparer.Ordinal);
        var centre = seats.Values.FirstOrDefault();
        foreach (var row in rows.Where(row => centre is not null && !seats.ContainsKey(row.Code)
            && row.Name.EndsWith("街道", StringComparison.Ordinal)))
            seats.Add(row.Code, Near(county, row.Code, centre!, 2500, 5000));
        return seats;
    }

    private Coordinate? RealPlace(Area county, FrameDivision row) => _frame.Places.FirstOrDefault(place =>
        place.NameZh is { Length: > 1 } name && row.Name.StartsWith(name, StringComparison.Ordinal) && county.Contains(place.At))?.At;

    private Coordinate Near(Area ground, string id, Coordinate centre, double from, double to)
    {
        var random = new RandomStream(_seed, id + "/seat");
        var metres = new Metres(centre.Y);
        for (var attempt = 0; attempt < 1000; attempt++)
            if (Polar(metres, centre, random.Between(from, to), random.Between(0, 2 * Math.PI)) is var at && ground.Contains(at))
                return at;
        throw new InvalidOperationException($"no room for a seat in {ground.Code} {ground.Name}");
    }

    private static Coordinate Polar(Metres metres, Coordinate from, double distance, double angle) =>
        metres.Offset(from, distance * Math.Cos(angle), distance * Math.Sin(angle));

    private void LayTownship(Area county, FrameDivision row, Coordinate seat, MultiPolygon cell, bool seatIsReal)
    {
        var township = new Area(row.Code, row.Name, county, cell) { Seat = seat, SeatIsReal = seatIsReal };
        county.Parts.Add(township);
        var rows = _partsOf[row.Code].ToList();
        // The first village of a list is the town's own community: it lies at the seat.
        var seats = _settlements.Place(township, rows.Count, [Near(township, rows[0].Code, seat, 80, 350)], rounds: 2);
        var cells = Cells.Cut(_seed, cell, seats);
        for (var i = 0; i < rows.Count; i++)
            township.Parts.Add(LayVillage(township, rows[i], seats[i], cells[i]));
    }

    private Area LayVillage(Area township, FrameDivision row, Coordinate seat, MultiPolygon cell)
    {
        var village = new Area(row.Code, row.Name, township, cell) { Seat = seat };
        var random = new RandomStream(_seed, row.Code + "/hamlets");
        var metres = new Metres(seat.Y);
        var axis = random.Between(0, Math.PI);   // hamlets line a valley, both ways from the seat
        for (var (hamlets, attempt) = (random.Whole(4, 7), 0); hamlets > 0 && attempt < 300; attempt++)
        {
            var angle = axis + 0.5 * random.Normal() + (random.Chance(0.5) ? Math.PI : 0);
            var at = Polar(metres, seat, Math.Clamp(random.LogNormal(650, 0.5), 250, 1300), angle);
            if (!village.Contains(at))
                continue;
            village.Hamlets.Add(at);
            hamlets--;
        }
        return village;
    }

    private void AssignRivers()
    {
        var index = new STRtree<Area>();
        foreach (var village in Villages)
            index.Insert(village.Ground.EnvelopeInternal, village);
        foreach (var station in Rivers.Stations.SelectMany(stations => stations))
            index.Query(new Envelope(station.At)).FirstOrDefault(village => village.Contains(station.At))?.Stations.Add(station);
    }
}
