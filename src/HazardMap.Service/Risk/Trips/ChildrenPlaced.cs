using HazardMap.Risk.Trips;

namespace HazardMap.Service.Risk.Trips;

/// <summary>Where the register's children are: each in a home, by day perhaps elsewhere.</summary>
/// <param name="Origins">Homes and facilities.</param>
/// <param name="Divisions">What is known of the homes of each lowest division.</param>
/// <param name="Unplaced">Children of facilities for whom there was no home.</param>
internal sealed record ChildrenPlaced(TripOrigin[] Origins, IReadOnlyList<HomesOfDivision> Divisions,
    IReadOnlyList<UnplacedChildren> Unplaced)
{
    /// <summary>How many live in the register, by age.</summary>
    public PerAge<double> Children => new(Divisions.Sum(d => d.Aged1To4 ?? 0), Divisions.Sum(d => d.Aged5To14 ?? 0));

    /// <summary>From what the register has.</summary>
    public static ChildrenPlaced Of(TripParameters parameters, ChildrenKnown stored)
    {
        var homes = Homes.Of(parameters, stored.Divisions, stored.Points, stored.Facilities);
        var stays = Stays.Of(parameters, homes.Origins, stored.Facilities);
        return new ChildrenPlaced([.. homes.Origins, .. stays.Facilities.Where(f => f.HasChildren)], homes.Divisions, stays.Unplaced);
    }
}

/// <summary>What a full run by a rule of trips found besides scores.</summary>
/// <param name="Origins">Places with children, in the order of the grid.</param>
/// <param name="Pulls">What is pulled at each.</param>
/// <param name="Scale">The scale that it made; null: there was one, or nobody comes to any water.</param>
/// <param name="Placed">Where children are.</param>
internal sealed record TripsOfRun(ReadOnlyMemory<TripOrigin> Origins, ReadOnlyMemory<TripPull> Pulls, TripScale? Scale,
    ChildrenPlaced Placed);
