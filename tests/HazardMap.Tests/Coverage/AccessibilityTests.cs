using FsCheck;
using FsCheck.Fluent;
using HazardMap.Coverage;

namespace HazardMap.Tests.Coverage;

public class AccessibilityTests
{
    private static void ForAllWorlds(Action<AccessibilityInputs> holds) =>
        Prop.ForAll(ArbMap.Default.ArbFor<int>(), seed =>
        {
            var decay = AccessibilityWorlds.Decays[(seed & 0xffff) % AccessibilityWorlds.Decays.Length];
            foreach (var method in Enum.GetValues<AccessMethod>())
                foreach (var threshold in new[] { 5, 30, double.PositiveInfinity })
                    holds(AccessibilityWorlds.Random(seed, method, threshold, decay));
        }).QuickCheckThrowOnFailure();

    [Fact]
    public void Supply_is_conserved() => ForAllWorlds(world =>
    {
        var result = Accessibility.Of(world);
        var received = world.Populations.Zip(result.OfDemand, (people, share) => people * share).Sum();
        var given = world.Capacities.Where((_, supply) => result.Ratios[supply] is not null).Sum();
        Assert.Equal(given, received, 1e-9 * Math.Max(1, given));
    });

    [Fact]
    public void Nothing_is_ever_NaN_or_negative() => ForAllWorlds(world =>
    {
        var result = Accessibility.Of(world);
        Assert.All(result.OfDemand, value => Assert.True(double.IsFinite(value) && value >= 0));
        Assert.All(result.Ratios, ratio => Assert.True(ratio is null || (double.IsFinite(ratio.Value) && ratio >= 0)));
        Assert.All(result.Unreached, demand => Assert.Equal(0, result.OfDemand[demand]));
    });

    [Fact]
    public void Two_step_agrees_with_the_definition_taken_literally() => ForAllWorlds(world =>
    {
        if (world.Method != AccessMethod.TwoStep) return;
        double W(int s, int d) =>
            world.Costs.Where(c => c.Supply == s && c.Demand == d && c.Cost <= world.Threshold).Sum(c => world.Decay.Weight(c.Cost));
        var supplies = Enumerable.Range(0, world.Capacities.Count).ToArray();
        var demands = Enumerable.Range(0, world.Populations.Count).ToArray();
        double Ratio(int s) => demands.Sum(d => world.Populations[d] * W(s, d)) is > 0 and var comers ? world.Capacities[s] / comers : 0;
        foreach (var d in demands)
            Assert.Equal(supplies.Sum(s => W(s, d) * Ratio(s)), Accessibility.Of(world).OfDemand[d], 1e-9);
    });

    [Fact]
    public void A_wider_threshold_leaves_nobody_newly_unreached() => ForAllWorlds(world =>
    {
        var narrow = Accessibility.Of(world).Unreached;
        var wide = Accessibility.Of(world with { Threshold = world.Threshold + 7 }).Unreached;
        Assert.Empty(wide.Except(narrow));
    });

    [Fact]
    public void More_capacity_takes_nothing_from_anyone() => ForAllWorlds(world =>
    {
        var before = Accessibility.Of(world).OfDemand;
        var after = Accessibility.Of(world with { Capacities = [.. world.Capacities.Select((c, i) => i == 0 ? c + 50 : c)] }).OfDemand;
        Assert.All(before.Zip(after), pair => Assert.True(pair.Second >= pair.First - 1e-12));
    });

    [Fact]
    public void A_cost_of_exactly_the_threshold_is_inside()
    {
        var world = new AccessibilityInputs(AccessMethod.TwoStep, 30, new Decay.None(), [6], [2, 3], [new(0, 0, 30), new(0, 1, 30.000001)]);
        var result = Accessibility.Of(world);
        Assert.Equal([3, 0], result.OfDemand);
        Assert.Equal([1], result.Unreached);
    }

    [Fact]
    public void The_first_step_that_reaches_so_far_gives_the_weight()
    {
        var steps = new Decay.Steps([10, 20, 30], [1, 0.68, 0.22]);
        Assert.Equal([1, 1, 0.68, 0.68, 0.22, 0.22, 0], new[] { 0, 10, 10.1, 20, 20.5, 30, 30.1 }.Select(steps.Weight));
    }

    [Fact]
    public void A_pool_without_room_reaches_people_and_gives_them_nothing()
    {
        var result = Accessibility.Of(new(AccessMethod.TwoStep, 30, new Decay.None(), [0], [5], [new(0, 0, 1)]));
        Assert.Equal(0, result.OfDemand[0]);
        Assert.Equal(0, result.Ratios[0]);
        Assert.Empty(result.Unreached);
    }

    [Fact]
    public void A_pool_that_nobody_comes_to_has_no_ratio()
    {
        var result = Accessibility.Of(new(AccessMethod.ThreeStep, 30, new Decay.None(), [7, 7], [0, 4], [new(0, 0, 1), new(1, 1, 31)]));
        Assert.Equal([null, null], result.Ratios);
        Assert.Equal([0, 0], result.OfDemand);
        Assert.Equal([1], result.Unreached);
    }

    [Fact]
    public void Numbers_too_far_apart_are_refused_not_made_up()
    {
        var many = new AccessibilityInputs(AccessMethod.TwoStep, 30, new Decay.None(), [1], [1.7e308, 1.7e308],
            [new(0, 0, 1), new(0, 1, 1)]);
        Assert.Equal("supply[0]", Assert.Throws<RefusalException>(() => Accessibility.Of(many)).Target);
        var few = new AccessibilityInputs(AccessMethod.TwoStep, 30, new Decay.None(), [1e300], [1e-300], [new(0, 0, 1)]);
        Assert.Equal("supply[0]", Assert.Throws<RefusalException>(() => Accessibility.Of(few)).Target);
    }
}
