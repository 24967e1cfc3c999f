using System.Runtime.CompilerServices;
using HazardMap.Geodesy;
using Lanes = System.Runtime.Intrinsics.Vector256<double>;

namespace HazardMap.Risk;

/// <summary>Facilities in grid order, and their children.</summary>
internal sealed class FacilityGrid
{
    private readonly double[] _under5, _aged5To14;

    public FacilityGrid(RiskFacility[] facilities)
    {
        foreach (ref readonly var f in facilities.AsSpan()) Check(f);
        var order = PlaceGrid.OrderOf(facilities.Length, i => (facilities[i].Longitude, facilities[i].Latitude),
            (a, b) => facilities[a].Id.CompareTo(facilities[b].Id));
        PlaceGrid.Arrange(facilities, order);
        Facilities = facilities;
        Places = new PlaceGrid(facilities.Length, i => (facilities[i].Longitude, facilities[i].Latitude));
        var room = PlaceGrid.Room(facilities.Length);
        (_under5, _aged5To14) = (new double[room], new double[room]);
        for (var i = 0; i < facilities.Length; i++)
            (_under5[i], _aged5To14[i]) = (facilities[i].Under5, facilities[i].Aged5To14);
    }

    /// <summary>Facilities in grid order.</summary>
    public RiskFacility[] Facilities { get; }

    /// <summary>Where they are.</summary>
    public PlaceGrid Places { get; }

    /// <summary>Children of four facilities.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public (Lanes Under5, Lanes Aged5To14) Children(in PlaceGrid.Four f) => (f.Of(_under5), f.Of(_aged5To14));

    private static void Check(in RiskFacility f)
    {
        Soundness.CheckPosition(f.Longitude, f.Latitude, $"Facilities({f.Id})/Location");
        if (f.Under5 >= 0 && f.Aged5To14 >= 0) return;
        throw new RefusalException("NegativeCount", $"Facility {f.Id} has a negative number of children.",
            $"设施 {f.Id} 的儿童人数为负。", $"Facilities({f.Id})");
    }
}
