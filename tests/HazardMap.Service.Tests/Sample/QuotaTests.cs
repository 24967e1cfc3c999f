using HazardMap.Service.Sample;

namespace HazardMap.Service.Tests.Sample;

public sealed class QuotaTests
{
    [Fact]
    public void The_largest_remainders_take_what_is_left() => Assert.Equal([4, 3, 3], Quota.Share(10, [3.5, 3.3, 3.2]));

    [Fact]
    public void Equal_remainders_go_to_the_earlier() => Assert.Equal([2, 1, 1], Quota.Share(4, [1, 1, 1]));

    [Fact]
    public void Who_weighs_nothing_gets_nothing() => Assert.Equal([0, 7], Quota.Share(7, [0, 3]));

    [Fact]
    public void Everybody_has_at_least_one_where_promised() => Assert.Equal([1, 11], Quota.ShareAtLeast(1, 12, [0, 1]));

    [Theory]
    [InlineData("wenshan", 24_900)]
    [InlineData("leshan", 34_070)]
    public void The_waters_of_every_county_are_its_quota_of_villages_and_river_kilometres(string prefecture, int waters)
    {
        var sample = BuiltSamples.Of(prefecture);
        Assert.Equal(waters, sample.Hazards.Count);
        var counties = sample.Divisions.Where(d => d.Code.Length == 6).Select(d => d.Code).ToList();
        var shares = Shares(sample, counties);
        for (var i = 0; i < counties.Count; i++)
            Assert.Equal(shares[i], sample.Hazards.Count(h => h.DivisionCode.StartsWith(counties[i], StringComparison.Ordinal)));
    }

    /// <summary>The rule of the recipe, by other means: rivers are walked again and placed by the county polygons.</summary>
    private static int[] Shares(SampleRegister sample, List<string> counties)
    {
        var villages = counties.Select(
            code => (double)sample.Divisions.Count(d => d.Code.Length == 12 && d.Code.StartsWith(code, StringComparison.Ordinal))).ToList();
        var stations = new Rivers(sample.Frame.Rivers).Stations.SelectMany(river => river).ToList();
        var kilometres = counties.Select(code => new Area(code, code, null, sample.Frame.Counties[code]))
            .Select(county => (double)stations.Count(station => county.Contains(station.At))).ToList();
        var exact = villages.Zip(kilometres, (v, km) => sample.Hazards.Count * (0.6 * v / villages.Sum() + 0.4 * km / kilometres.Sum()))
            .ToList();
        var floors = exact.Select(Math.Floor).ToList();
        var left = sample.Hazards.Count - (int)floors.Sum();
        return [.. exact.Select(
            (share, i) => (int)floors[i] + (exact.Count(other => other - Math.Floor(other) > share - floors[i]) < left ? 1 : 0))];
    }
}
