using HazardMap.Field;
using HazardMap.Register;

namespace HazardMap.Tests.Field;

/// <summary>The rhythm's file is read strictly: what is wrong is named with its key.</summary>
public sealed class RhythmTests
{
    private static string Text => File.ReadAllText(Repository.PathOf("geodata/visits/rhythm-1.json"));

    [Fact]
    public void The_rhythm_that_travels_along_is_sound()
    {
        var rhythm = Rhythm.Parse(Text, "rhythm-1.json");
        Assert.Equal(("1", "Asia/Shanghai"), (rhythm.Version, rhythm.TimeZone));
        Assert.Equal((601, 930), rhythm.Visits[RiskLevel.Red].SeasonDays);
        Assert.Equal(1, rhythm.Visits[RiskLevel.Blue].Months);
        Assert.NotEmpty(rhythm.Sources);
    }

    [Theory]
    [InlineData("Asia/Shanghai", "Asia/Nowhere", "timeZone")]
    [InlineData("\"Orange\": { \"days\": 1 }", "\"Orange\": {}", "visits.Orange")]
    [InlineData("\"Yellow\": { \"days\": 7 }", "\"Yellow\": { \"days\": -7 }", "visits.Yellow.days")]
    [InlineData("\"Yellow\": { \"days\": 7 },", "", "visits.Yellow")]
    [InlineData("06-01", "06-31", "visits.Red.season")]
    [InlineData("\"to\": \"14:30\"", "\"to\": \"18:30\"", "visits.Red.rounds")]
    [InlineData("\"Grave\": 3, ", "", "rectifications.deadlineDays.Grave")]
    [InlineData("\"Township\": 1", "\"Village\": 1", "rectifications.climbDaysAfterDeadline.Village")]
    [InlineData("\"days\": 7", "\"weeks\": 1", "weeks")]
    public void A_file_that_is_wrong_is_refused_by_its_key_in_both_languages(string right, string wrong, string key)
    {
        var text = Text;
        Assert.Contains(right, text, StringComparison.Ordinal);
        var refusal = Assert.Throws<RefusalException>(
            () => Rhythm.Parse(text.Replace(right, wrong, StringComparison.Ordinal), "rhythm-9.json"));
        Assert.Contains(key, refusal.Message, StringComparison.Ordinal);
        Assert.Contains("rhythm-9.json", refusal.MessageZh, StringComparison.Ordinal);
        Assert.Contains(refusal.MessageZh, c => c is >= '\u4E00' and <= '\u9FFF');
    }
}
