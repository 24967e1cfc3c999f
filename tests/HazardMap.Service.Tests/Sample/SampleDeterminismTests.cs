using System.Globalization;
using HazardMap.Service.Sample;

namespace HazardMap.Service.Tests.Sample;

public sealed class SampleDeterminismTests
{
    // Whoever changes these changes the sample for everybody: say so in the commit.
    [Theory]
    [InlineData("wenshan", "6ecceded895b79c7e0a134ba61c0f6ee53d2ba10b30677bf196842ec736d3888")]
    [InlineData("leshan", "0a9fdd3d14089dd363996e8025644955097bbb7abacb0ef9add94d915a6a1861")]
    public void The_sample_is_the_pinned_one(string prefecture, string sha256)
    {
        var built = SampleDigest.Of(BuiltSamples.Of(prefecture));
        Assert.True(built == sha256, $"the sample of {prefecture} is now {built}");
    }

    [Fact]
    public void The_sample_is_the_same_under_another_culture()
    {
        var before = CultureInfo.CurrentCulture;
        try
        {
            CultureInfo.CurrentCulture = new CultureInfo("ar-SA");
            Assert.Equal(SampleDigest.Of(BuiltSamples.Wenshan), SampleDigest.Of(SampleRegister.Build(SamplePlan.Wenshan)));
        }
        finally
        {
            CultureInfo.CurrentCulture = before;
        }
    }

    [Fact]
    public void Ids_are_UUIDv7_and_nothing_occurs_twice()
    {
        var ids = Ids(BuiltSamples.Wenshan).Concat(Ids(BuiltSamples.Leshan)).ToList();
        Assert.All(ids, id => Assert.Equal((7, 0b10), (id.Version, id.Variant >> 2)));
        Assert.Equal(ids.Count, ids.Distinct().Count());
    }

    [Theory]
    [InlineData("wenshan")]
    [InlineData("leshan")]
    public void Codes_are_unique_and_begin_with_the_division(string prefecture)
    {
        var sample = BuiltSamples.Of(prefecture);
        var codes = sample.Hazards.Select(h => (h.Code, h.DivisionCode))
            .Concat(sample.Facilities.Select(f => (f.Code, f.DivisionCode)))
            .Concat(sample.Settlements.Select(s => (s.Code, s.DivisionCode))).ToList();
        Assert.All(codes, pair => Assert.StartsWith(pair.DivisionCode, pair.Code, StringComparison.Ordinal));
        Assert.Equal(codes.Count, codes.Select(pair => pair.Code).Distinct(StringComparer.Ordinal).Count());
        Assert.Equal(sample.Hazards.Count, sample.Hazards.Select(h => h.Name).Distinct(StringComparer.Ordinal).Count());
    }

    [Fact]
    public void The_stream_is_xoshiro256_starstar_seeded_by_SplitMix64()
    {
        // Computed apart, in Python, from the published reference code and FNV-1a.
        var stream = new RandomStream(20260520, "532601102001P001");
        Assert.Equal([0x9185725DBC6BBCEEUL, 0x84C014D6E9F36F3CUL, 0xBCC07C80231C5CCFUL],
            new[] { stream.NextBits(), stream.NextBits(), stream.NextBits() });
    }

    [Fact]
    public void A_stream_of_normals_has_mean_0_and_deviation_1()
    {
        var stream = new RandomStream(1, "normal");
        var values = Enumerable.Range(0, 100_000).Select(_ => stream.Normal()).ToList();
        Assert.InRange(values.Average(), -0.02, 0.02);
        Assert.InRange(values.Average(v => v * v), 0.98, 1.02);
    }

    private static IEnumerable<Guid> Ids(SampleRegister sample) =>
    [
        .. sample.Hazards.Select(r => r.Id), .. sample.Settlements.Select(r => r.Id), .. sample.Facilities.Select(r => r.Id),
        .. sample.Posts.Select(r => r.Id),
        .. sample.Responsibilities.Select(r => r.Id), .. sample.Field.Inspections.Select(r => r.Id),
        .. sample.Field.Rectifications.Select(r => r.Id), .. sample.Field.Incidents.Select(r => r.Id),
    ];
}
