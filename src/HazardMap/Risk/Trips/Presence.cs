namespace HazardMap.Risk.Trips;

/// <summary>Ages that are told apart: small children drown at the door, older ones where they go.</summary>
public enum TripAge
{
    /// <summary>One to four years.</summary>
    Aged1To4,

    /// <summary>Five to fourteen years.</summary>
    Aged5To14,
}

/// <summary>
/// Where children of an age are or are missing: the order of the numbers of a <c>TripOrigin</c> and of the trips that a water keeps.
/// Away entries stand at the children's home and are taken out of it while they are elsewhere.
/// </summary>
public enum Presence
{
    /// <summary>All of this age who live here.</summary>
    Home1To4,

    /// <summary>Of those, who are in a kindergarten by day.</summary>
    AwayAtKindergarten1To4,

    /// <summary>Of those, who are in a children's home by day.</summary>
    AwayAtChildrensHome1To4,

    /// <summary>Of those, who are at a pool.</summary>
    AwayAtPool1To4,

    /// <summary>In this kindergarten.</summary>
    Kindergarten1To4,

    /// <summary>In this children's home.</summary>
    ChildrensHome1To4,

    /// <summary>All of this age who live here.</summary>
    Home5To14,

    /// <summary>Of those, pupils; boarders are among them.</summary>
    AwayAtSchool5To14,

    /// <summary>Of those pupils, boarders.</summary>
    AwayBoarding5To14,

    /// <summary>Of those who live here, who are in a kindergarten by day.</summary>
    AwayAtKindergarten5To14,

    /// <summary>Of those who live here, who are in a children's home by day.</summary>
    AwayAtChildrensHome5To14,

    /// <summary>Of those who live here, who are at a pool.</summary>
    AwayAtPool5To14,

    /// <summary>Pupils of this school; boarders are among them.</summary>
    School5To14,

    /// <summary>Boarders of this school.</summary>
    Boarding5To14,

    /// <summary>In this kindergarten.</summary>
    Kindergarten5To14,

    /// <summary>In this children's home.</summary>
    ChildrensHome5To14,
}
