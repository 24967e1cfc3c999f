using HazardMap.Register;
using HazardMap.Geodesy;
using HazardMap.Network;
using HazardMap.Risk.Rules;

namespace HazardMap.Risk;

/// <summary>A hazard as the scorer sees it.</summary>
/// <param name="Id">Its key.</param>
/// <param name="Longitude">Degrees; of the point, or of any place on the shape.</param>
/// <param name="Latitude">Degrees.</param>
/// <param name="Shape">Its shape; null when it is just the point.</param>
/// <param name="Traits">What the rule's factors ask.</param>
/// <param name="Reaches">Its reaches, when the rule scores them; the water takes its worst.</param>
public readonly record struct RiskHazard(
    Guid Id, double Longitude, double Latitude, ShapeIndex? Shape, HazardTraits Traits, IReadOnlyList<Reach>? Reaches = null);

/// <summary>A facility with children as the scorer sees it.</summary>
/// <param name="Id">Its key.</param>
/// <param name="Longitude">Degrees.</param>
/// <param name="Latitude">Degrees.</param>
/// <param name="Under5">Children under five there now.</param>
/// <param name="Aged5To14">Children aged five to fourteen there now.</param>
public readonly record struct RiskFacility(Guid Id, double Longitude, double Latitude, int Under5, int Aged5To14);

/// <summary>Children of one facility and how far they are from a water, as a rule measures it.</summary>
/// <param name="Under5">Children under five.</param>
/// <param name="Aged5To14">Children aged five to fourteen.</param>
/// <param name="Metres">How far.</param>
public readonly record struct RiskPair(int Under5, int Aged5To14, double Metres);

/// <summary>One facility's part in a hazard's score.</summary>
/// <param name="Facility">The facility.</param>
/// <param name="DistanceMetres">From the facility to the water, as the rule measures it; never less than straight.</param>
/// <param name="Exposure">Children weighted by distance, before the hazard's factors.</param>
/// <param name="Contribution">Its share of the score: the exposure times the product of the factors. Shares sum to the score.</param>
/// <param name="Way">The way on foot; null where the distance is straight.</param>
public readonly record struct RiskExposure(RiskFacility Facility, double DistanceMetres, double Exposure,
    double Contribution, WalkedWay? Way = null)
{
    /// <summary>How the distance was measured.</summary>
    public DistanceMode Mode => Way is null ? DistanceMode.Straight : DistanceMode.Walk;
}

/// <summary>A hazard's score with its reasons.</summary>
/// <param name="Score">Exactly what a full run stores.</param>
/// <param name="Multiplier">The product of the factors.</param>
/// <param name="Factors">Each factor with its source.</param>
/// <param name="Exposures">Every facility within the cut-off, largest contribution first.</param>
/// <param name="Worst">The reach that the score and the exposures are of; null when the water is scored as one thing.</param>
public sealed record RiskExplanation(
    double Score, double Multiplier, IReadOnlyList<FactorShare> Factors, IReadOnlyList<RiskExposure> Exposures, Reach? Worst = null);
