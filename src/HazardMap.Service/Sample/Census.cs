namespace HazardMap.Service.Sample;

/// <summary>How many people live where: made up, whole numbers that add up from village to prefecture.</summary>
internal sealed class Census(ulong seed)
{
    public void Count(Area prefecture, SamplePlan plan)
    {
        prefecture.Population = plan.Population;
        Share(prefecture, area => area.Parts.SelectMany(township => township.Parts).Sum(Weight));
        foreach (var county in prefecture.Parts)
        {
            Share(county, township => township.Parts.Sum(Weight));
            foreach (var township in county.Parts)
                Share(township, Weight);
        }
        foreach (var village in prefecture.Parts.SelectMany(county => county.Parts).SelectMany(township => township.Parts))
            CountAges(village, plan);
        AddUp(prefecture);
    }

    private static void Share(Area area, Func<Area, double> weight)
    {
        var shares = Quota.Share(area.Population, [.. area.Parts.Select(weight)]);
        for (var i = 0; i < shares.Length; i++)
            area.Parts[i].Population = shares[i];
    }

    /// <summary>A town's communities are three times a village.</summary>
    private double Weight(Area village)
    {
        var random = new RandomStream(seed, village.Code + "/people");
        return random.LogNormal(1, 0.35) * (village.ShortName.EndsWith("社区", StringComparison.Ordinal) ? 3 : 1);
    }

    private void CountAges(Area village, SamplePlan plan)
    {
        var random = new RandomStream(seed, village.Code + "/ages");
        village.Children = (int)(village.Population * plan.ChildShare * random.Between(0.85, 1.15));
        village.Elders = (int)(village.Population * plan.ElderShare * random.Between(0.85, 1.15));
    }

    private static void AddUp(Area area)
    {
        if (area.Parts.Count == 0)
            return;
        area.Parts.ForEach(AddUp);
        area.Children = area.Parts.Sum(part => part.Children);
        area.Elders = area.Parts.Sum(part => part.Elders);
    }
}
