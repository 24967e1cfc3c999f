using System.Text.Json;
using System.Text.Json.Nodes;
using HazardMap.OData;
using HazardMap.Register;
using HazardMap.Risk;
using HazardMap.Risk.Rules;
using HazardMap.Service.Risk.Rules;
using Npgsql;

namespace HazardMap.Service.Risk;

/// <summary>Answers the functions and actions that <see cref="RiskModel"/> declares.</summary>
internal static class RiskFunctions
{
    // As in the register itself.
    private static readonly string[] NeverNull = ["Kind", "HasSign", "HasRing", "HasRope", "HasPole", "HasCamera", "Status"];

    /// <summary><c>Hazards(id)/HazardMap.ExplainRisk(at=...)</c>.</summary>
    public static async Task ExplainAsync(FunctionCall call, Utf8JsonWriter json, CancellationToken stop) =>
        Write(json, await RiskExplainer.ExplainAsync(DatabaseOf(call), (Guid)call.Key, stop, Time(call)) ?? throw Gone());

    /// <summary><c>Hazards(id)/HazardMap.WhatIf(Access='Fenced')</c>.</summary>
    public static async Task WhatIfAsync(FunctionCall call, Utf8JsonWriter json, CancellationToken stop)
    {
        var (traits, rule, explanation) = await RiskExplainer.ReadAsync(DatabaseOf(call), (Guid)call.Key, stop) ?? throw Gone();
        var exposure = explanation.Exposures.Sum(e => e.Exposure);
        var tried = call.Arguments.Count == 0 ? null : Tried(rule, traits, With(traits, call.Arguments), exposure);
        Write(json, new JsonObject
        {
            ["Score"] = explanation.Score, ["Level"] = rule.LevelOf(explanation.Score).ToString(), ["Rule"] = rule.Version,
            ["Measures"] = new JsonArray([.. RiskMeasures.Of(rule, traits, exposure).Select(Json)]),
            ["Tried"] = tried is null ? null : Json(tried),
        });
    }

    /// <summary><c>Divisions(code)/HazardMap.WorstHazards(top=10)</c>.</summary>
    public static async Task WorstAsync(FunctionCall call, Utf8JsonWriter json, CancellationToken stop)
    {
        var top = (int)(call.Arguments.GetValueOrDefault("top") ?? 10);
        if (top is < 1 or > RiskViews.MostWorst) throw Bad($"top is from 1 to {RiskViews.MostWorst}.", $"top 须为 1 到 {RiskViews.MostWorst}。", "top");
        Write(json, (JsonObject)JsonSerializer.SerializeToNode((await RiskViews.WorstAsync(DatabaseOf(call), (string)call.Key, top, stop))[0])!);
    }

    /// <summary><c>Divisions(code)/HazardMap.FourOnes()</c>: of the division and of those directly below it.</summary>
    public static async Task FourOnesAsync(FunctionCall call, Utf8JsonWriter json, CancellationToken stop) =>
        Write(json, new JsonObject { ["Divisions"] = JsonSerializer.SerializeToNode(await RiskViews.FourOnesAsync(DatabaseOf(call), (string)call.Key, stop)) });

    /// <summary><c>RiskRules(version)/HazardMap.Profile(at=...)</c>: how risk runs through the year and the day.</summary>
    public static Task ProfileAsync(FunctionCall call, Utf8JsonWriter json, CancellationToken stop)
    {
        var season = RuleFiles.Find((string)call.Key).Season;
        var at = Time(call);
        Write(json, new JsonObject
        {
            ["Rule"] = (string)call.Key, ["TimeZone"] = season.TimeZone, ["UtcOffsetMinutes"] = (int)season.Offset.TotalMinutes,
            ["ReferenceMonth"] = season.ReferenceMonth, ["ReferenceHour"] = season.ReferenceHour, ["At"] = at, ["Multiplier"] = at is { } time ? season.Of(time) : null,
            ["Months"] = new JsonArray([.. season.Months.Select((n, i) => Json(n, "Month", i + 1))]),
            ["Hours"] = new JsonArray([.. season.Hours.Select((n, i) => Json(n, "Hour", i))]),
        });
        return Task.CompletedTask;
    }

    private static NpgsqlDataSource DatabaseOf(FunctionCall call) => call.Http.RequestServices.GetRequiredService<NpgsqlDataSource>();

    private static ODataRefusalException Gone() => new(404, "NotFound", "There is no such hazard.") { Details = [new("zh", "没有这处水域。")] };

    private static ODataRefusalException Bad(string message, string messageZh, string target) => new(400, "BadRequest", message, target) { Details = [new("zh", messageZh)] };

    private static DateTimeOffset? Time(FunctionCall call) =>
        call.Arguments.GetValueOrDefault("at") is DateTime utc ? new DateTimeOffset(DateTime.SpecifyKind(utc, DateTimeKind.Utc)) : null;

    private static RiskMeasure Tried(RiskRule rule, HazardTraits now, HazardTraits then, double exposure)
    {
        var (before, after) = (exposure * rule.Multiplier(now), exposure * rule.Multiplier(then));
        return new RiskMeasure("Tried", after, rule.LevelOf(after), RiskMeasures.Sentence(new BilingualText("As tried", "按假设"), rule, before, after));
    }

    // What is given counts, null included; what is not given stays as it is.
    private static HazardTraits With(HazardTraits now, IReadOnlyDictionary<string, object?> given)
    {
        T? Word<T>(string name, T? old) where T : struct, Enum => given.TryGetValue(name, out var word) ? word is string text ? Enum.Parse<T>(text) : null : old;
        bool Is(string name, bool old) => given.TryGetValue(name, out var value) ? value is true : old;
        if (NeverNull.FirstOrDefault(name => given.TryGetValue(name, out var value) && value is null) is { } empty)
            throw Bad($"{empty} cannot be null: leave it out to keep what the water has.", $"{empty} 不能为 null；省略该参数即保持现状。", empty);
        return now with
        {
            Kind = Word<HazardKind>("Kind", now.Kind) ?? now.Kind, Flow = Word("Flow", now.Flow), Bank = Word("Bank", now.Bank), Access = Word("Access", now.Access),
            DepthMetres = given.TryGetValue("DepthMetres", out var depth) ? Depth(depth) : now.DepthMetres,
            HasSign = Is("HasSign", now.HasSign), HasRing = Is("HasRing", now.HasRing), HasRope = Is("HasRope", now.HasRope), HasPole = Is("HasPole", now.HasPole),
            HasCamera = Is("HasCamera", now.HasCamera), Status = Word<HazardStatus>("Status", now.Status) ?? now.Status,
        };
    }

    private static double? Depth(object? depth) => depth is null or (>= 0.0 and <= 12_000.0) ? (double?)depth
        : throw Bad("DepthMetres is from 0 to 12000 metres.", "水深（DepthMetres）须为 0 到 12000 米。", "DepthMetres");

    private static JsonObject Json(RiskMeasure m) => new()
    {
        ["Name"] = m.Name, ["Score"] = m.Score, ["Level"] = m.Level.ToString(), ["SentenceEn"] = m.Sentence.En, ["SentenceZh"] = m.Sentence.Zh,
    };

    private static JsonObject Json(RuleNumber n, string name, int value) => new()
    {
        [name] = value, ["Multiplier"] = n.Multiplier, ["Source"] = n.Source.En, ["SourceZh"] = n.Source.Zh, ["Sureness"] = n.Sureness,
    };

    private static void Write(Utf8JsonWriter json, JsonObject answer)
    {
        foreach (var (name, value) in answer)
        {
            json.WritePropertyName(name);
            if (value is null) json.WriteNullValue();
            else value.WriteTo(json);
        }
    }
}
