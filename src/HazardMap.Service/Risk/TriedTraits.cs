using HazardMap.OData;
using HazardMap.Register;

namespace HazardMap.Service.Risk;

/// <summary>The parameters of <c>WhatIf</c>: a water with some of its properties otherwise.</summary>
internal static class TriedTraits
{
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
    /// <param name="now">As it is.</param>
    /// <param name="given">The call's arguments.</param>
    /// <param name="hazards">The set of waters, which says what may be null and how deep waters are.</param>
    /// <exception cref="ODataRefusalException">400: null where the register has no null, or a depth that no water has.</exception>
    public static HazardTraits Of(HazardTraits now, IReadOnlyDictionary<string, object?> given, EntitySet hazards)
    {
        T? Word<T>(string name, T? old) where T : struct, Enum =>
            given.TryGetValue(name, out var word) ? word is string text ? Enum.Parse<T>(text) : null : old;
        bool? Is(string name, bool? old) => given.TryGetValue(name, out var value) ? (bool?)value : old;
        foreach (var (name, value) in given) Check(hazards.Find(name)!, value);
        return now with
        {
            Kind = Word<HazardKind>("Kind", now.Kind) ?? now.Kind,
            Flow = Word("Flow", now.Flow),
            Bank = Word("Bank", now.Bank),
            Access = Word("Access", now.Access),
            DepthMetres = given.TryGetValue("DepthMetres", out var depth) ? (double?)depth : now.DepthMetres,
            HasSign = Is("HasSign", now.HasSign),
            HasRing = Is("HasRing", now.HasRing),
            HasRope = Is("HasRope", now.HasRope),
            HasPole = Is("HasPole", now.HasPole),
            HasCamera = Is("HasCamera", now.HasCamera),
            Status = Word<HazardStatus>("Status", now.Status) ?? now.Status,
        };
    }

    private static void Check(Property property, object? value)
    {
        var name = property.Name;
        if (value is null && !property.Nullable)
            throw RiskFunctions.Bad($"{name} cannot be null: leave it out to keep what the water has.",
                $"{name} 不能为 null；省略该参数即保持现状。", name);
        if (value is double number && !(number >= property.Minimum && number <= property.Maximum))
            throw RiskFunctions.Bad($"{name} is from {property.Minimum} to {property.Maximum}.",
                $"{property.DescriptionZh}（{name}）须为 {property.Minimum} 到 {property.Maximum}。", name);
    }
}
