using HazardMap.Service.Accounts;
using HazardMap.Service.Audit;
using HazardMap.Service.Changes;
using HazardMap.Service.Coverage;
using HazardMap.Service.Field;
using HazardMap.Service.History;
using HazardMap.Service.Network;
using HazardMap.Service.Photos;
using HazardMap.Service.Register;
using HazardMap.Service.Responsibility;
using HazardMap.Service.Risk;
using HazardMap.Service.Runs;
using HazardMap.Service.Sync;
using HazardMap.Service.Tiles;
using HazardMap.Service.Ways;

namespace HazardMap.Service.Hosting;

/// <summary>The rooms, in the order in which they move in: a room may add to the sets of those before it.</summary>
internal static class Rooms
{
    public static void MoveIn(House house)
    {
        AccountsRoom.Add(house);
        RegisterRoom.Add(house);
        AuditRoom.Add(house);
        ResponsibilityRoom.Add(house);
        FieldRoom.Add(house);
        PhotosRoom.Add(house);
        NetworkRoom.Add(house);
        RunsRoom.Add(house);
        RiskRoom.Add(house);
        WaysRoom.Add(house);
        CoverageRoom.Add(house);
        HistoryRoom.Add(house);
        ChangesRoom.Add(house);
        TilesRoom.Add(house);
        SyncRoom.Add(house);
        HostingRoom.Add(house);
    }
}
