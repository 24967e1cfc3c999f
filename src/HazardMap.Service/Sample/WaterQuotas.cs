namespace HazardMap.Service.Sample;

/// <summary>How many waters each village gets, on rivers and around itself. The recipe is in geodata/SOURCES.md.</summary>
internal static class WaterQuotas
{
    private const double RiverShare = 0.25;
    private const double MostPerRiverKilometre = 9.9;

    public static Dictionary<Area, (int OnRivers, int Around)> Share(Countryside countryside, SamplePlan plan, ulong seed)
    {
        var byCounty = Counties(countryside, plan.Waters);
        var kilometres = countryside.Counties.Select(Kilometres).ToList();
        var onRivers = Quota.Share((int)Math.Min(plan.Waters * RiverShare, kilometres.Sum() * MostPerRiverKilometre), kilometres);
        var quotas = new Dictionary<Area, (int, int)>();
        for (var i = 0; i < byCounty.Length; i++)
            ShareCounty(countryside.Counties[i], byCounty[i], onRivers[i], seed, quotas);
        return quotas;
    }

    /// <summary>0.6 of the village share and 0.4 of the river share.</summary>
    public static int[] Counties(Countryside countryside, int waters)
    {
        var villages = countryside.Counties.Select(county => (double)county.Parts.Sum(township => township.Parts.Count)).ToList();
        var kilometres = countryside.Counties.Select(Kilometres).ToList();
        return Quota.Share(waters, [.. villages.Zip(kilometres, (v, km) => 0.6 * v / villages.Sum() + 0.4 * km / kilometres.Sum())]);
    }

    private static double Kilometres(Area county) =>
        county.Parts.SelectMany(township => township.Parts).Sum(village => village.Stations.Count) * Rivers.StepMetres / 1000;

    private static void ShareCounty(Area county, int waters, int onRivers, ulong seed, Dictionary<Area, (int, int)> quotas)
    {
        var villages = county.Parts.SelectMany(township => township.Parts).ToList();
        var river = Quota.Share(onRivers,
            [.. villages.Select(village => village.Stations.Count * new RandomStream(seed, village.Code + "/river").Between(0.6, 1.4))]);
        var around = Quota.Share(waters - onRivers,
            [.. villages.Select(village => new RandomStream(seed, village.Code + "/waters").LogNormal(1, 0.45))]);
        for (var i = 0; i < villages.Count; i++)
            quotas.Add(villages[i], (river[i], around[i]));
    }
}
