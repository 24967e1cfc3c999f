using HazardMap.OData;
using HazardMap.Register;
using HazardMap.Risk;
using HazardMap.Risk.Rules;
using HazardMap.Service.Accounts;
using HazardMap.Service.Risk.Trips;

namespace HazardMap.Service.Risk;

/// <summary>What <c>ExplainRisk</c> answers: a score with its reasons.</summary>
/// <param name="Score">At the time asked about; without one the stored score.</param>
/// <param name="Level">Level of <paramref name="Score"/>.</param>
/// <param name="Rule">Version of the rule that scored the water.</param>
/// <param name="At">The time asked about.</param>
/// <param name="TimeZone">The clock that its month and hour are of.</param>
/// <param name="ReferenceScore">The stored score: that of the rule's reference month and hour.</param>
/// <param name="Factors">They multiply.</param>
/// <param name="Exposures">They add up, times the factors, to the score; the largest first.</param>
/// <param name="Reach">The reach that the score is of, where a water is scored by reaches.</param>
/// <param name="Trips">Under a rule of trips: who comes from where. Factors are then of attraction and of deadliness, and there are no
/// exposures.</param>
[TypeName("RiskExplanation")]
internal sealed record Explanation(
    double Score, RiskLevel Level, string Rule, DateTimeOffset? At, string? TimeZone, double? ReferenceScore,
    IReadOnlyList<Factor> Factors, IReadOnlyList<FacilityExposure> Exposures, ExplainedReach? Reach, TripReasons? Trips = null)
{
    /// <summary>As a rule explains a water.</summary>
    /// <param name="scored">The water.</param>
    /// <param name="rule">The rule that scored it.</param>
    /// <param name="reference">Its explanation for the rule's reference month and hour.</param>
    /// <param name="names">Of the facilities in it.</param>
    /// <param name="at">The time asked about, if any.</param>
    public static Explanation Of(
        RiskHazard scored, ProximityRule rule, RiskExplanation reference, IReadOnlyDictionary<Guid, FacilityName> names, DateTimeOffset? at)
    {
        var told = at is { } time ? AtTime(reference, rule, time) : reference;
        return new Explanation(
            told.Score, rule.LevelOf(told.Score), rule.Version, at, at is null ? null : rule.Season.TimeZone, reference.Score,
            [.. told.Factors.Select(Factor.Of)], [.. told.Exposures.Select(e => FacilityExposure.Of(e, names[e.Facility.Id]))],
            reference.Worst is { } reach ? ExplainedReach.From(reach, scored.Reaches!.Count) : null);
    }

    /// <summary>Waters, facilities and places that it names.</summary>
    internal IEnumerable<Guid> Named => Exposures.Select(e => e.FacilityId)
        .Concat(Trips is null ? [] : Trips.Places.Select(p => p.Id).Concat(Trips.Rivals.Select(r => r.HazardId)));

    /// <summary>The same without the names of what its reader may not see; every number stays, so that they still add up.</summary>
    internal Explanation SeenBy(Sight sight) => this with
    {
        Exposures = [.. Exposures.Select(e =>
            sight.Has(e.FacilityId) ? e : e with { FacilityId = Guid.Empty, FacilityName = Sight.Elsewhere })],
        Trips = Trips is null ? null : Trips with
        {
            Places = [.. Trips.Places.Where(p => sight.Has(p.Id))],
            Rivals = [.. Trips.Rivals.Where(r => sight.Has(r.HazardId))],
        },
    };

    // Every share moves with the time, so that they still add up to the score.
    private static RiskExplanation AtTime(RiskExplanation reference, ProximityRule rule, DateTimeOffset at)
    {
        var by = rule.Season.Of(at);
        return reference with
        {
            Score = reference.Score * by,
            Factors = [.. reference.Factors, .. rule.Season.Factors(at)],
            Exposures = [.. reference.Exposures.Select(e => e with { Contribution = e.Contribution * by })],
        };
    }
}

/// <summary>One factor of a score, with where its number comes from and how sure it is.</summary>
[TypeName("RiskFactor")]
internal sealed record Factor(string Name, string? Value, double Multiplier, string Source, string? Sureness, string? SourceZh)
{
    public static Factor Of(FactorShare share) =>
        new(share.Name, share.Value, share.Multiplier, share.Source, share.Sureness, share.SourceZh);
}

/// <summary>
/// One facility's part in a score. Door, path and bank are the parts of a way on foot; null where the distance is straight.
/// </summary>
[TypeName("RiskExposure")]
internal sealed record FacilityExposure(
    Guid FacilityId, string FacilityName, FacilityKind Kind, double DistanceMetres, DistanceMode Mode,
    double? DoorMetres, double? PathMetres, double? BankMetres,
    int Under5, int Aged5To14, double Exposure, double Contribution, bool CountsEstimated)
{
    public static FacilityExposure Of(RiskExposure e, FacilityName name) => new(
        e.Facility.Id, name.Name, name.Kind, e.DistanceMetres, e.Mode, e.Way?.DoorMetres, e.Way?.PathMetres, e.Way?.BankMetres,
        e.Facility.Under5, e.Facility.Aged5To14, e.Exposure, e.Contribution,
        name.CountsEstimated);
}

/// <summary>The reach of a long water that a score is of.</summary>
/// <param name="Ordinal">From 1.</param>
/// <param name="Of">How many the water has.</param>
/// <param name="Longitude">Of its middle.</param>
/// <param name="Latitude">Of its middle.</param>
/// <param name="FromMetres">Where it begins along a line; null for areas.</param>
/// <param name="ToMetres">Where it ends.</param>
[TypeName("RiskReach")]
internal sealed record ExplainedReach(int Ordinal, int Of, double Longitude, double Latitude, double? FromMetres, double? ToMetres)
{
    public static ExplainedReach From(Reach reach, int of)
    {
        var (longitude, latitude) = reach.Centre();
        return new ExplainedReach(reach.Ordinal, of, Math.Round(longitude, 6), Math.Round(latitude, 6), reach.FromMetres, reach.ToMetres);
    }
}
