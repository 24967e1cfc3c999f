using HazardMap.Network;

namespace HazardMap.Tests.Network;

public class TravelProfilesTests
{
    private static string TheFile() => File.ReadAllText(Repository.PathOf("geodata/network/profiles.json"));

    [Fact]
    public void The_file_is_sound()
    {
        var profiles = TravelProfiles.Parse(TheFile());
        Assert.InRange(profiles.Walk.AccessKmh, 3, 6);
        Assert.True(profiles.Drive.SnapMetres >= profiles.Drive.OffRoadMetres);
    }

    [Theory]
    [InlineData("\"value\": 4.5,  \"source\": \"bohannon2011\"", "\"value\": 45,  \"source\": \"bohannon2011\"",
        "profiles.walk.speedKmh.value")]
    [InlineData("\"value\": 4.5,  \"source\": \"bohannon2011\"", "\"value\": 4.5,  \"source\": \"a friend\"",
        "profiles.walk.speedKmh.source")]
    [InlineData("\"cost\": \"seconds\"", "\"cost\": \"metres\"", "profiles.drive.cost")]
    [InlineData("\"speedKmh\": 110", "\"speedKmh\": \"fast\"", "roads.motorway.speedKmh")]
    [InlineData("\"cycleway\":        { \"walk\": true", "\"cycleway\":        { \"walk\": 1", "roads.cycleway.walk")]
    [InlineData("\"fastestKmh\"", "\"quickestKmh\"", "rules.quickestKmh")]
    [InlineData("\"walkTags\":  [\"foot\", \"access\"]", "\"walkTags\":  [\"foot\", 3]", "rules.walkTags")]
    [InlineData("\"version\": \"2026-1\",", "", "version")]
    [InlineData("}\n}", "}", "profiles.json")]
    public void A_wrong_entry_is_refused_with_its_place(string right, string wrong, string place)
    {
        var file = TheFile();
        Assert.Contains(right, file, StringComparison.Ordinal);
        Assert.Equal(place,
            Assert.Throws<RefusalException>(() => TravelProfiles.Parse(file.Replace(right, wrong, StringComparison.Ordinal))).Target);
    }
}
