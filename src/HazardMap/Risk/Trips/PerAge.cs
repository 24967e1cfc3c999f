namespace HazardMap.Risk.Trips;

/// <summary>One thing for each age.</summary>
/// <param name="Aged1To4">For one to four years.</param>
/// <param name="Aged5To14">For five to fourteen years.</param>
public readonly record struct PerAge<T>(T Aged1To4, T Aged5To14)
{
    /// <summary>For an age.</summary>
    public T this[TripAge age] => age == TripAge.Aged1To4 ? Aged1To4 : Aged5To14;
}
