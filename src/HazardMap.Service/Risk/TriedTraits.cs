using HazardMap.OData;
using HazardMap.Register;

namespace HazardMap.Service.Risk;

/// <summary>The parameters of <c>WhatIf</c>: a water with some of its properties otherwise.</summary>
internal static class TriedTraits
{
    // As in the register itself.
    private static readonly string[] NeverNull = ["Kind", "HasSign", "HasRing", "HasRope", "HasPole", "HasCamera", "Status"];

    /// <summary>Each may be left out.</summary>
    public static FunctionParameter[] Parameters { get; } =
    [
        FunctionParameter.Of<HazardKind>("Kind"), FunctionParameter.Of<double>("DepthMetres"), FunctionParameter.Of<Flow>("Flow"),
        FunctionParameter.Of<Bank>("Bank"),
        FunctionParameter.Of<Access>("Access"), FunctionParameter.Of<bool>("HasSign"), FunctionParameter.Of<bool>("HasRing"),
        FunctionParameter.Of<bool>("HasRope"),
        FunctionParameter.Of<bool>("HasPole"), FunctionParameter.Of<bool>("HasCamera"), FunctionParameter.Of<HazardStatus>("Status"),
    ];

    /// <summary>The water as it would be. What is given counts, null included; what is not given stays as it is.</summary>
    /// <exception cref="ODataRefusalException">400: null where the register has no null, or a depth that no water has.</exception>
    public static HazardTraits Of(HazardTraits now, IReadOnlyDictionary<string, object?> given)
    {
        T? Word<T>(string name, T? old) where T : struct, Enum =>
            given.TryGetValue(name, out var word) ? word is string text ? Enum.Parse<T>(text) : null : old;
        bool Is(string name, bool old) => given.TryGetValue(name, out var value) ? value is true : old;
        if (NeverNull.FirstOrDefault(name => given.TryGetValue(name, out var value) && value is null) is { } empty)
            throw RiskFunctions.Bad($"{empty} cannot be null: leave it out to keep what the water has.",
                $"{empty} 不能为 null；省略该参数即保持现状。", empty);
        return now with
        {
            Kind = Word<HazardKind>("Kind", now.Kind) ?? now.Kind,
            Flow = Word("Flow", now.Flow),
            Bank = Word("Bank", now.Bank),
            Access = Word("Access", now.Access),
            DepthMetres = given.TryGetValue("DepthMetres", out var depth) ? Depth(depth) : now.DepthMetres,
            HasSign = Is("HasSign", now.HasSign),
            HasRing = Is("HasRing", now.HasRing),
            HasRope = Is("HasRope", now.HasRope),
            HasPole = Is("HasPole", now.HasPole),
            HasCamera = Is("HasCamera", now.HasCamera),
            Status = Word<HazardStatus>("Status", now.Status) ?? now.Status,
        };
    }

    private static double? Depth(object? depth) => depth is null or (>= 0.0 and <= 12_000.0) ? (double?)depth
        : throw RiskFunctions.Bad("DepthMetres is from 0 to 12000 metres.", "水深（DepthMetres）须为 0 到 12000 米。",
            "DepthMetres");
}
