using NetTopologySuite.Geometries;

namespace HazardMap.Service.Sample;

/// <summary>
/// Where the people of a village live: at its seat and in its hamlets, more of them the more people it has. Further ones lie beside
/// the village's rivers, else about its seat. Each stands on free ground: off waters, rivers and facilities.
/// </summary>
internal sealed class Hamlets(ulong seed, Countryside countryside, SampleId ids, Occupancy occupancy)
{
    private const int PeopleOfOne = 420, Fewest = 3, Most = 18, Attempts = 60;
    private const double OffRiversMetres = 30;

    public List<SampleSettlement> Place() => [.. countryside.Villages.SelectMany(Of)];

    private List<SampleSettlement> Of(Area village)
    {
        var random = new RandomStream(seed, village.Code + "/homes");
        var wanted = Math.Clamp(village.Population / PeopleOfOne, Fewest, Most);
        var sites = new List<Coordinate>(wanted);
        for (var i = 0; i < wanted; i++)
            if (Site(village, i, random) is { } at)
                sites.Add(at);
        // The seat is the largest; the others differ as hamlets do.
        var people = Quota.Share(village.Population, [.. sites.Select((_, i) => random.LogNormal(1, 0.5) * (i == 0 ? 2 : 1))]);
        var group = village.ShortName.EndsWith("社区", StringComparison.Ordinal) ? "居民小组" : "村民小组";
        return
        [
            .. sites.Select((at, i) => new SampleSettlement(ids.Next(Code(village, i)), Code(village, i),
                $"{village.ShortName}第{i + 1}{group}", SampleFrame.Geometries.CreatePoint(at), village.Code, people[i])),
        ];
    }

    private static string Code(Area village, int i) => $"{village.Code}HM{i + 1:00}";

    private Coordinate? Site(Area village, int i, RandomStream random)
    {
        for (var attempt = 0; attempt < Attempts; attempt++)
        {
            var (centre, from, to) = i == 0 ? (village.Seat, 0, 120)
                : i <= village.Hamlets.Count ? (village.Hamlets[i - 1], 0, 120)
                : village.Stations.Count > 0 && random.Chance(0.6) ? (random.Pick(village.Stations).At, 60, 450)
                : (village.Seat, 250, 1800);
            var (distance, angle) = (random.Between(from, to + 4 * attempt), random.Between(0, 2 * Math.PI));
            var at = new Metres(centre.Y).Offset(centre, distance * Math.Cos(angle), distance * Math.Sin(angle));
            if (village.Contains(at) && occupancy.IsFree([new Disc(at, 5)], 3)
                && countryside.Rivers.Distance(at, 2 * OffRiversMetres) > OffRiversMetres)
                return at;
        }
        return null;
    }
}
