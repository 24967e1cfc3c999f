using HazardMap.Register;
using HazardMap.Service.Accounts;

namespace HazardMap.Service.Tests.Accounts;

/// <summary>What lies in a division is told by codes alone.</summary>
public sealed class DivisionCodeTests
{
    [Theory]
    [InlineData("532601", "5326", true), InlineData("5326", "5326", true)]
    [InlineData("53", "5326", false), InlineData("532701", "5326", false)]
    [InlineData("osm.12", "osm.12", true), InlineData("osm.12.7", "osm.12", true), InlineData("osm.123", "osm.12", false)]
    public void A_division_lies_in_an_area_or_not(string code, string area, bool isWithin)
    {
        Assert.Equal(isWithin, DivisionCodes.IsWithin(code, area));
        Assert.Equal(isWithin, new Territory(IsEverywhere: false, [area]).Has(code));
    }

    [Fact]
    public void Of_areas_the_outermost_stay() =>
        Assert.Equal(["5301", "5326"], DivisionCodes.Outermost(["532601", "5326", "5301", "532601100", "5326"]));

    [Theory]
    [InlineData("5326", "532601", "532601"), InlineData("532601", "5326", "532601"), InlineData("532601", "532622", null)]
    [InlineData(null, "5326", "5326"), InlineData("5326", null, "5326")]
    public void A_role_within_an_area_is_the_smaller_of_both(string? role, string? area, string? both) =>
        Assert.Equal(both is null ? null : new Grant(AccountRole.Clerk, both), new Grant(AccountRole.Clerk, role).Within(area));

    [Fact]
    public void Without_an_area_everything_is_within_reach_and_without_a_role_nothing()
    {
        Assert.True(Territory.Of([new(AccountRole.Viewer, null), new(AccountRole.Clerk, "5326")]).IsEverywhere);
        Assert.True(Territory.Of([]).IsNowhere);
        Assert.False(Territory.Of([]).Has("5326"));
    }
}
