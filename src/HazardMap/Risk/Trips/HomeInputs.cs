using HazardMap.Register;

namespace HazardMap.Risk.Trips;

/// <summary>A division in force, as far as it says where children live.</summary>
/// <param name="Code">Its code.</param>
/// <param name="Name">Its name.</param>
/// <param name="ParentCode">The division it is part of; null at the top.</param>
/// <param name="Longitude">Of its centre, degrees.</param>
/// <param name="Latitude">Of its centre, degrees.</param>
/// <param name="AreaKm2">How large it is; null where no boundary is known.</param>
/// <param name="Children">Children of 0 to 14 who live there; null: not known.</param>
/// <param name="Population">All who live there; null: not known.</param>
/// <param name="Aged1To4">Of one to four years, where it is known of itself.</param>
/// <param name="Aged5To14">Of five to fourteen, where it is known of itself.</param>
/// <param name="IsTown">Whether it is a town's; null: told by its name.</param>
public sealed record HomeDivision(string Code, string Name, string? ParentCode, double Longitude, double Latitude, double? AreaKm2,
    int? Children, int? Population, int? Aged1To4 = null, int? Aged5To14 = null, bool? IsTown = null)
{
    // 社区 a town's community, 居委会 its committee, 街道 a town's quarter.
    private static readonly string[] TownWords = ["社区", "居委会", "街道"];

    /// <summary>Whether its children make the trips of town children.</summary>
    public bool LivesAsTown => IsTown ?? TownWords.Any(word => Name.Contains(word, StringComparison.Ordinal));
}

/// <summary>A point where people of a division live.</summary>
/// <param name="Id">Its key.</param>
/// <param name="DivisionCode">The division.</param>
/// <param name="Longitude">Degrees.</param>
/// <param name="Latitude">Degrees.</param>
/// <param name="Weight">Its share beside the other points of the division; at least 0.</param>
/// <param name="Kind">What is known of it.</param>
public readonly record struct HomePoint(Guid Id, string DivisionCode, double Longitude, double Latitude, double Weight,
    TripOriginKind Kind);

/// <summary>A facility that children are in, or go to.</summary>
/// <param name="Id">Its key.</param>
/// <param name="Kind">Its kind; those that children do not go to are passed over.</param>
/// <param name="IsOpen">Only open ones take anybody.</param>
/// <param name="DivisionCode">The division it is in.</param>
/// <param name="Longitude">Degrees.</param>
/// <param name="Latitude">Degrees.</param>
/// <param name="Under5">Children under five there by day.</param>
/// <param name="Aged5To14">Children of five to fourteen there by day; boarders are among them.</param>
/// <param name="Boarders">Of those, who sleep there in the week; more than there are pupils count as all.</param>
/// <param name="HasPrimary">Of a school: whether it has the years of a primary school.</param>
/// <param name="HasJunior">Of a school: whether it has the years of a junior one.</param>
/// <param name="IsTown">Whether its children make the trips of town children.</param>
public readonly record struct ChildFacility(Guid Id, FacilityKind Kind, bool IsOpen, string DivisionCode, double Longitude, double Latitude,
    int Under5, int Aged5To14, int Boarders = 0, bool HasPrimary = true, bool HasJunior = true, bool IsTown = false);

/// <summary>Where children live and go, as far as a register knows.</summary>
/// <param name="Divisions">Those in force.</param>
/// <param name="Points">Where people live.</param>
/// <param name="Facilities">That children are in, or go to.</param>
public sealed record ChildrenKnown(IReadOnlyCollection<HomeDivision> Divisions, IReadOnlyList<HomePoint> Points,
    IReadOnlyList<ChildFacility> Facilities);
