using HazardMap.Register;

namespace HazardMap.Service.Sample;

/// <summary>What the ledger says of a made-up water: depth, flow, bank, access, the four ones, owner, last visit.</summary>
internal static class Ledgers
{
    public static WaterLedger Fill(Area village, WaterKind kind, RandomStream random)
    {
        var depth = Math.Round(Math.Clamp(random.LogNormal(kind.MedianDepth, 0.4), 0.3, 25) * 10) / 10;
        var access = Reach(kind.Kind, random);
        var kept = access == Access.Open ? 0 : 0.15;   // who fences also hangs up a ring
        var (sign, ring, rope, pole) = (random.Chance(0.78 + kept), random.Chance(0.5 + kept), random.Chance(0.45 + kept),
            random.Chance(0.42 + kept));
        var camera = random.Chance(kind.Kind is HazardKind.Reservoir or HazardKind.Lake ? 0.4 : 0.06);
        var round = random.Pick(Rounds);
        var visited = Visit(random, random.Whole(1, round * 9 / 8));   // a few are overdue
        return new WaterLedger(depth, FlowOf(kind.Kind, random), BankOf(kind.Kind, random), access, sign, ring, rope, pole, camera,
            Owner(village, kind.Kind, random), Status(random), visited);
    }

    /// <summary>Patrols go at noon and at dusk; China keeps one time, UTC+8.</summary>
    public static DateTime Visit(RandomStream random, int daysAgo) =>
        SampleId.Today.AddDays(-daysAgo).AddHours(random.Chance(0.5) ? 4 : 10).AddMinutes(random.Whole(0, 89));

    private static readonly int[] Rounds = [7, 14, 30, 30];

    private static HazardStatus Status(RandomStream random) =>
        random.Unit() switch
        {
            < 0.025 => HazardStatus.Rectifying, < 0.037 => HazardStatus.Closed, < 0.04 => HazardStatus.Filled, _ => HazardStatus.Active,
        };

    private static Flow FlowOf(HazardKind kind, RandomStream random) => kind switch
    {
        HazardKind.River => random.Chance(0.6) ? Flow.Slow : Flow.Fast,
        HazardKind.Stream or HazardKind.Weir => random.Chance(0.5) ? Flow.Slow : Flow.Fast,
        HazardKind.Canal => random.Chance(0.75) ? Flow.Slow : Flow.Fast,
        _ => Flow.Still,
    };

    private static Bank BankOf(HazardKind kind, RandomStream random)
    {
        var gentle = kind switch
        {
            HazardKind.Pit or HazardKind.Well => 0.1,
            HazardKind.Reservoir or HazardKind.Canal or HazardKind.Weir => 0.3,
            _ => 0.55,
        };
        return random.Unit() is var at && at < gentle ? Bank.Gentle : at < gentle + 0.7 * (1 - gentle) ? Bank.Steep : Bank.Sheer;
    }

    private static Access Reach(HazardKind kind, RandomStream random)
    {
        var closed = kind switch
        {
            HazardKind.River or HazardKind.Stream => 0.06,
            HazardKind.Reservoir or HazardKind.Well => 0.55,
            HazardKind.Pit or HazardKind.Other => 0.4,
            _ => 0.22,
        };
        return !random.Chance(closed) ? Access.Open : random.Chance(0.5) ? Access.Fenced : Access.Restricted;
    }

    private static string Owner(Area village, HazardKind kind, RandomStream random) => kind switch
    {
        HazardKind.River or HazardKind.Weir => $"{village.Parent!.Parent!.Name}水务局",
        HazardKind.Reservoir or HazardKind.Canal or HazardKind.Stream or HazardKind.Lake => $"{village.Parent!.Name}水务站",
        HazardKind.Pit or HazardKind.Other => $"{village.Parent!.Name}企业（示例）",
        _ => random.Chance(0.7) ? village.Name : $"{village.ShortName}第{random.Whole(1, 12)}村民小组",
    };
}
