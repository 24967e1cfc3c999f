using System.Globalization;
using HazardMap.Geodesy;
using HazardMap.Network;
using HazardMap.Register;
using HazardMap.Risk;
using HazardMap.Risk.Rules;
using HazardMap.Risk.Trips;
using HazardMap.Service.Database;
using Npgsql;

namespace HazardMap.Service.Risk.Trips;

/// <summary>Says why a water has its score by a rule of trips, and what would change it.</summary>
internal static class TripExplainer
{
    private const int MostPlaces = 50, MostRivals = 20, HoursPerYear = 8766;

    /// <summary>The answer of <c>ExplainRisk</c>; null when there is no such water.</summary>
    public static async Task<Explanation?> ExplainAsync(NpgsqlConnection connection, TripRule rule, Guid hazard, DateTimeOffset? at,
        CancellationToken stop)
    {
        if (await AroundAsync(connection, rule, hazard, stop) is not { } around) return null;
        var (world, row, traits) = (around.World, around.Row, around.Row.Traits);
        var ofYear = world.WeightsOf(row.DivisionCode);
        var (weights, day) = Weights(world, row, ofYear, at);
        var explained = around.Neighbourhood.Explain(hazard, weights, MostPlaces, MostRivals);
        var (sums, record) = (around.Sums, around.Records.Of(hazard, row.DivisionCode));
        var score = world.Scores.Of(sums.Trips, sums.Slopes(ofYear.Year), traits, record, ofYear);
        var told = at is null ? score.RiskScore : 1000 * HoursPerYear * score.OwnFactor
            * (world.Scores.Deaths(sums.Trips, traits, weights, TripAge.Aged1To4)
                + world.Scores.Deaths(sums.Trips, traits, weights, TripAge.Aged5To14));
        var names = await NamesAsync(connection, explained, stop);
        var rivals = await WatersAsync(connection, [.. explained.Rivals.Take(MostRivals).Select(r => r.Water)], stop);
        var places = explained.Reasons.Take(MostPlaces).Select(r => Place(r, world, names)).ToList();
        var sentence = Sentence(score, world.Scores.Visits(sums.Trips, weights), explained);
        var reasons = new TripReasons(world.Scores.Visits(sums.Trips, weights), day, score.Class, score.Deadliness, score.RiskLow,
            score.RiskHigh, score.LevelHeld, score.OtherLevel, score.OwnFactor, record?.Events, record?.Years, explained.Reasons.Count,
            places, [.. explained.Rivals.Take(MostRivals).Where(r => rivals.ContainsKey(r.Water))
                .Select(r => new TripRivalWater(r.Water, rivals[r.Water], world.Scale.Visits * r.Contribution))],
            TripWhen.Of(world, row.DivisionCode, sums.Trips, rule.Times.On(at ?? DateTimeOffset.UtcNow).Date.Year), sentence.En,
            sentence.Zh);
        return new Explanation(told, rule.LevelOf(told), rule.Version, at, at is null ? null : rule.Times.TimeZone, score.RiskScore,
            [.. Factors(world, traits)], [], null, reasons);
    }

    /// <summary>The answer of <c>WhatIf</c>: measures, and the change that was tried; null when there is no such water.</summary>
    public static async Task<WhatIf?> WhatIfAsync(NpgsqlConnection connection, TripRule rule, Guid hazard,
        Func<HazardTraits, HazardTraits>? tried, CancellationToken stop)
    {
        if (await AroundAsync(connection, rule, hazard, stop) is not { } around) return null;
        var (world, row) = (around.World, around.Row);
        var weights = world.WeightsOf(row.DivisionCode);
        var now = Score(around, row.Traits, around.Sums.Trips);
        var measures = RiskMeasures.Possible(row.Hazard.Traits)
            .Append(("Fill", new BilingualText("Filling it in", "填埋"), row.Hazard.Traits with { Status = HazardStatus.Filled }))
            .Select(m => Try(m.Item1, m.Item2, m.Item3).Measure).Where(m => m.Score < now.RiskScore).OrderBy(m => m.Score).ToList();
        if (tried is null) return new WhatIf(now.RiskScore, now.Level, rule.Version, measures, null);
        var (measure, shift) = Try("Tried", new BilingualText("As tried", "按假设"), tried(row.Hazard.Traits));
        var names = await WatersAsync(connection, [.. shift.Others.Take(MostRivals).Select(o => o.Water)], stop);
        return new WhatIf(now.RiskScore, now.Level, rule.Version, measures, measure, new Displaced(world.Scale.Visits * shift.Own.Trips,
            world.Scale.Visits * shift.Trips, [.. shift.Others.Take(MostRivals).Where(o => names.ContainsKey(o.Water))
                .Select(o => new TripRivalWater(o.Water, names[o.Water], world.Scale.Visits * o.Trips))]));

        (Measure Measure, TripShift Shift) Try(string name, BilingualText what, HazardTraits then)
        {
            var traits = row.Traits with { Hazard = then };
            var moved = around.Neighbourhood.WhatIf(around.Water, world.WaterOf(row.Hazard, traits), weights.Holiday);
            var trips = around.Sums.Trips;
            trips.Add(moved.Own.Change);
            var after = Score(around, traits, trips);
            var sentence = RiskMeasures.Sentence(what, rule, now.RiskScore, after.RiskScore);
            return (new Measure(name, after.RiskScore, after.Level, sentence.En, sentence.Zh), moved);
        }
    }

    /// <summary>The reason of a water in one sentence, for lists.</summary>
    public static async Task<BilingualText> ReasonAsync(NpgsqlConnection connection, TripRule rule, Guid hazard, CancellationToken stop) =>
        await ExplainAsync(connection, rule, hazard, null, stop) is { Trips: { } trips }
            ? new BilingualText(trips.SentenceEn, trips.SentenceZh) : new BilingualText("", "");

    private static TripScore Score(Around around, TripTraits traits, in PresenceNumbers trips)
    {
        var weights = around.World.WeightsOf(around.Row.DivisionCode);
        return around.World.Scores.Of(trips, around.Sums.Slopes(weights.Year), traits,
            around.Records.Of(around.Row.Hazard.Id, around.Row.DivisionCode), weights);
    }

    private static (PresenceNumbers Weights, DayKind? Day) Weights(TripWorld world, in TripRow row, TripWeights ofYear, DateTimeOffset? at)
    {
        if (at is not { } time) return (ofYear.Holiday, null);
        var (month, date, hour) = world.Rule.Times.On(time);
        var day = TripWorld.DayOf(row.DivisionCode, date);
        return (ofYear.At(month, day, hour), day);
    }

    // All waters within twice the cut-off and all places within it, which is what a neighbourhood needs to be right.
    private static async Task<Around?> AroundAsync(NpgsqlConnection connection, TripRule rule, Guid hazard, CancellationToken stop)
    {
        if (await TripReader.WatersAsync(connection, [hazard], stop) is not [var row]) return null;
        var world = await TripWorlds.OfAsync(connection, rule, stop) ?? throw new RefusalException("RiskHasNoScale",
            "No scale of risk was made yet, for nobody is known to come to any water: enter where children live, then run risk.",
            "尚未制作风险标度，因为还不知道有儿童前往任何水域："
                + "请先录入儿童居住情况，再运行 risk。");
        var box = Ewkb.Read(row.Hazard.Shape.ToArray()).EnvelopeInternal;
        var radius = Geodesic.Distance(box.Centre.X, box.Centre.Y, box.MinX, box.MinY)
            + Geodesic.Distance(box.Centre.X, box.Centre.Y, box.MinX, box.MaxY) + 1;
        var circle = new Circle(box.Centre.X, box.Centre.Y, radius + RiskReader.SearchMetres(rule));
        var rows = await TripReader.WatersNearAsync(connection, circle with { Metres = radius + 2 * RiskReader.SearchMetres(rule) }, stop);
        var stored = await OriginStore.NearAsync(connection, circle, stop);
        var roads = (await RiskReader.RoadsAsync(connection, rule, stop))?.Network;
        var neighbourhood = new TripNeighbourhood(world.Parameters, stored.Origins, [.. rows.Select(r => world.WaterOf(r))], roads);
        var water = world.WaterOf(row);
        return new Around(world, row, water, neighbourhood, Sums(world, stored, water, roads),
            await OwnRecords.ReadAsync(connection, [row], stop));
    }

    private static TripSums Sums(TripWorld world, StoredOrigins stored, in TripWater water, RoadNetwork? roads)
    {
        var scorer = new TripScorer(world.Parameters, [.. stored.Origins], [.. stored.Pulls], roads);
        using var search = scorer.Begin();
        return scorer.Score(water, search);
    }

    private static IEnumerable<Factor> Factors(TripWorld world, TripTraits traits)
    {
        var unknown = world.Scale.UnknownFacts();
        foreach (var (name, factors) in new (string, TripFactors)[]
        {
            ("attraction", world.Rule.Attraction.Aged5To14), ("deadliness", world.Rule.Deadliness.Aged5To14),
            ("attraction1To4", world.Rule.Attraction.Aged1To4), ("deadliness1To4", world.Rule.Deadliness.Aged1To4),
        })
            foreach (var share in factors.Shares(traits, unknown)) yield return Factor.Of(share with { Name = $"{name}.{share.Name}" });
    }

    private static TripPlace Place(TripReason reason, TripWorld world, Dictionary<Guid, string> names)
    {
        var origin = reason.Share.Origin;
        var children = origin.IsHome ? origin[Presence.Home1To4] + origin[Presence.Home5To14]
            : Presences.All.Where(p => p != Presence.Boarding5To14).Sum(p => origin[p]);
        return new TripPlace(origin.Kind.ToString(), origin.Key, names.GetValueOrDefault(origin.Key), origin.Longitude, origin.Latitude,
            reason.Share.DistanceMetres, children, world.Scale.Visits * reason.Share.Contribution, reason.Share.Share.Aged5To14,
            reason.RivalCount);
    }

    private static BilingualText Sentence(in TripScore score, double visits, TripExplanation explained)
    {
        static string Text(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);
        var (levelZh, other) = (RiskSentences.Zh(score.Level), score.OtherLevel);
        var level = other is { } o ? Text($"{score.Level} or {o}") : score.Level.ToString();
        levelZh = other is { } b ? $"{levelZh}或{RiskSentences.Zh(b)}" : levelZh;
        var homes = explained.Reasons.Where(r => r.Share.Origin.IsHome).ToList();
        var near = homes.Where(r => r.Share.DistanceMetres <= 600).ToList();
        var children = near.Sum(r => r.Share.Origin[Presence.Home1To4] + r.Share.Origin[Presence.Home5To14]);
        var rivals = explained.Rivals.Count;
        return new BilingualText(
            Text($"{level}: {score.RiskScore:0.##} deaths of children expected in 1,000 years ")
                + Text($"({Told(score.RiskLow)}-{Told(score.RiskHigh)}); ")
                + Text($"{Told(visits)} unsupervised visits a holiday; {children:N0} children of {near.Count} places within 600 m; ")
                + Text($"{rivals} other waters compete; deadliness {score.Class}."),
            Text($"{levelZh}：每千年预计儿童溺亡 {score.RiskScore:0.##} 人")
                + Text($"（{Told(score.RiskLow)}–{Told(score.RiskHigh)}）；")
                + Text($"假日无人看护到访约 {Told(visits)} 人次；")
                + Text($"600 米内 {near.Count} 处居住点、儿童约 {children:N0} 人；")
                + Text($"另有 {rivals} 处水域竞争；致命程度{Words.Of(score.Class).Zh}。"));
    }

    // No more digits than a reader should trust: two.
    private static string Told(double value) => value switch
    {
        0 => "0",
        < 0.01 => "<0.01",
        < 1 => value.ToString("0.##", CultureInfo.InvariantCulture),
        < 9.95 => value.ToString("0.#", CultureInfo.InvariantCulture),
        _ => value.ToString("#,0", CultureInfo.InvariantCulture),
    };

    private static async Task<Dictionary<Guid, string>> NamesAsync(NpgsqlConnection connection, TripExplanation explained,
        CancellationToken stop)
    {
        var origins = explained.Reasons.Take(MostPlaces).Select(r => r.Share.Origin).ToList();
        var names = (await connection.RowsAsync("""
            select id, name from register.settlements where id = any ($1) and name is not null
            union all select id, name from register.facilities where id = any ($1)
            """, row => (Id: row.GetGuid(0), Name: row.GetString(1)), stop, origins.Select(o => o.Key).ToArray()))
            .DistinctBy(n => n.Id).ToDictionary(n => n.Id, n => n.Name);
        if (origins.Where(o => o.Kind == TripOriginKind.Centre).Select(o => o.Key).ToArray() is not { Length: > 0 } centres) return names;
        foreach (var (code, name) in await connection.RowsAsync("select code, name from register.divisions",
            row => (row.GetString(0), row.GetString(1)), stop))
            if (Array.IndexOf(centres, TripOrigin.CentreKey(code)) >= 0) names[TripOrigin.CentreKey(code)] = name;
        return names;
    }

    private static async Task<Dictionary<Guid, string>> WatersAsync(NpgsqlConnection connection, Guid[] ids, CancellationToken stop) =>
        (await connection.RowsAsync("select id, name from register.hazards where id = any ($1)",
            row => (Id: row.GetGuid(0), Name: row.GetString(1)), stop, ids)).ToDictionary(h => h.Id, h => h.Name);

    private sealed record Around(TripWorld World, TripRow Row, TripWater Water, TripNeighbourhood Neighbourhood, TripSums Sums,
        OwnRecords Records);
}
