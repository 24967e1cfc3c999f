using HazardMap.Register;

namespace HazardMap.Risk.Trips;

/// <summary>The numbers that say where children are and which water they go to: taken from a rule's file, which has their
/// sources.</summary>
public sealed record TripParameters
{
    /// <summary>Metres over which the pull of a water falls to 1/e.</summary>
    public required PerAge<double> LengthMetres { get; init; }

    /// <summary>What staying away from all water weighs beside a water of attraction 1 at the door; greater than 0.</summary>
    public required PerAge<double> Staying { get; init; }

    /// <summary>Farther children do not come; exactly at it they do.</summary>
    public required double CutoffMetres { get; init; }

    /// <summary>A line is so many places to go to: one a reach of at most this length.</summary>
    public required double ReachMetres { get; init; }

    /// <summary>What share of the trips of other children town children make.</summary>
    public required double TownFactor { get; init; }

    /// <summary>Under a walking rule: ways leave the network within so many metres of the water; null: straight distances.</summary>
    public double? BankMetres { get; init; }

    /// <summary>Whether distances are on foot.</summary>
    public bool OnFoot { get; init; }

    /// <summary>Shares of a division's children that are of each age.</summary>
    public required PerAge<double> AgeShares { get; init; }

    /// <summary>Children of a population, where only that is known.</summary>
    public required double ChildrenOfPopulation { get; init; }

    /// <summary>How far around a place of a village its homes lie: one standard deviation, metres.</summary>
    public required double PlaceSpreadMetres { get; init; }

    /// <summary>The same around a children's home.</summary>
    public required double ChildrensHomeSpreadMetres { get; init; }

    /// <summary>The same around a centre, as a share of the radius of a circle as large as the division.</summary>
    public required double CentreSpreadShare { get; init; }

    /// <summary>The least and the most that it is; where the division's size is not known the most.</summary>
    public required (double Least, double Most) CentreSpreadMetres { get; init; }

    /// <summary>Radii of the three rings of eight offsets around a point, in standard deviations.</summary>
    public required (double Inner, double Middle, double Outer) Radii { get; init; }

    /// <summary>Shares of those aged five to fourteen who go to a kindergarten, to a primary school, to a junior one; at most 1 in
    /// all.</summary>
    public required (double Kindergarten, double Primary, double Junior) StageShares { get; init; }

    /// <summary>No child goes farther to a school.</summary>
    public required double FarthestSchoolMetres { get; init; }

    /// <summary>To a kindergarten.</summary>
    public required double FarthestKindergartenMetres { get; init; }

    /// <summary>To a children's home.</summary>
    public required double FarthestChildrensHomeMetres { get; init; }

    /// <summary>To a pool.</summary>
    public required double FarthestPoolMetres { get; init; }

    /// <summary>How far around a point of a home the children live: one standard deviation, metres.</summary>
    /// <param name="kind">What the point is.</param>
    /// <param name="areaKm2">How large the division is; asked of centres only.</param>
    public double SpreadMetres(TripOriginKind kind, double? areaKm2) => kind switch
    {
        TripOriginKind.Place => PlaceSpreadMetres,
        TripOriginKind.ChildrensHome => ChildrensHomeSpreadMetres,
        TripOriginKind.Centre => areaKm2 is { } area
            ? Math.Clamp(CentreSpreadShare * Math.Sqrt(area / Math.PI) * 1000, CentreSpreadMetres.Least, CentreSpreadMetres.Most)
            : CentreSpreadMetres.Most,
        _ => 0,
    };

    /// <summary>How far children go to a facility of a kind; 0 where they do not go to any.</summary>
    public double FarthestMetres(FacilityKind kind) => kind switch
    {
        FacilityKind.School => FarthestSchoolMetres,
        FacilityKind.Kindergarten => FarthestKindergartenMetres,
        FacilityKind.ChildrensHome => FarthestChildrensHomeMetres,
        FacilityKind.SwimmingPool => FarthestPoolMetres,
        _ => 0,
    };
}
