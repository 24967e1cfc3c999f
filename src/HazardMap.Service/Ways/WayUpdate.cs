using HazardMap.Register;
using HazardMap.Service.Database;
using HazardMap.Service.Network;
using HazardMap.Ways;
using Npgsql;

namespace HazardMap.Service.Ways;

/// <summary>
/// Keeps the stored ways and the waters beside them equal to what a full computation gives. Triggers note what each change
/// touches, in its transaction; <see cref="FollowChangesAsync"/> takes the notes and looks again at exactly that.
/// </summary>
/// <remarks>
/// What a school's ways are hangs on its origins (within walking distance), and on the schools that compete for them (within
/// walking distance of these). So a school that comes, goes or moves touches the schools within two walks of it, an origin those
/// within one. Walks are not shorter than straight lines, unless a stated length is wrong: <see cref="StraightMetresAsync"/>
/// allows for the worst.
/// </remarks>
internal static class WayUpdate
{
    // More than this, and everything at once is quicker.
    // The settlements of one division are hundreds of places, around the same few schools.
    private const int ManyPlaces = 3000, ManySchools = 1000, ManyWaters = 5000;

    /// <summary>Computes again what the waiting notes touch, in the caller's transaction.</summary>
    /// <returns>False when nothing waits, or somebody else is at it.</returns>
    public static async Task<bool> FollowChangesAsync(NpgsqlConnection connection, CancellationToken stop)
    {
        if (!await WayLock.TryTakeAsync(connection, stop)) return false;
        await connection.ExecuteAsync(
            "select register.queue_divisions_begun_or_ended() where current_date > (select as_of from register.way_state)", stop);
        var notes = await WayNotes.TakeAsync(connection, stop);
        if (notes.IsEmpty) return false;
        if (await WayReader.LastRunAsync(connection, stop) is not { } run) return true;   // nobody has asked for ways yet
        var straight = notes.Places.Count + notes.Schools.Count > 0 ? await StraightMetresAsync(connection, run.FarthestMetres, stop) : 0;
        if (notes.IsEverything || run.HaveRoadsChanged || notes.Places.Count > ManyPlaces || straight > 4 * run.FarthestMetres)
            await WayStore.RecomputeAsync(connection, run.WithinMetres, run.FarthestMetres, stop);
        else await UpdateAsync(connection, notes, run.WithinMetres, run.FarthestMetres, straight, stop);
        await connection.ExecuteAsync("update register.way_state set caught_up_at = clock_timestamp()", stop);
        return true;
    }

    private static async Task UpdateAsync(
        NpgsqlConnection connection, WayNotes notes, double within, double farthest, double straight, CancellationToken stop)
    {
        var places = notes.Places.Select(p => (p.At, p.IsSchool ? 2 * straight : straight));
        HashSet<Guid> touched = [.. notes.Schools, .. await WayReader.SchoolsTouchedAsync(connection, [.. places], stop)];
        if (touched.Count > ManySchools)
        {
            await WayStore.RecomputeAsync(connection, within, farthest, stop);
            return;
        }
        Guid[] schools = [.. touched];
        if (schools.Length > 0)
            schools = [.. await WayWriter.MergeWaysAsync(connection, schools,
                await WaysAsync(connection, schools, farthest, straight, stop), stop)];
        await UpdateWatersAsync(connection, notes, within, schools, stop);
    }

    private static async Task UpdateWatersAsync(NpgsqlConnection connection, WayNotes notes, double within,
        Guid[] schools, CancellationToken stop)
    {
        if (notes.AreAllWaters || notes.Waters.Count > ManyWaters)
        {
            await WayWriter.ReplaceWatersAsync(connection, await WayWaters.NearAsync(connection, within, null, null, stop), stop);
            return;
        }
        Guid[] hazards = [.. notes.Waters];
        var waters = schools.Length > 0 ? await WayWaters.NearAsync(connection, within, schools, null, stop) : [];
        if (hazards.Length > 0) waters.AddRange(await WayWaters.NearAsync(connection, within, null, hazards, stop));
        if (schools.Length + hazards.Length > 0)
            await WayWriter.MergeWatersAsync(connection, schools, hazards, [.. waters.DistinctBy(w => (w.School, w.Hazard))], stop);
    }

    // The ways of these schools, from a neighbourhood that holds whatever may matter to them.
    private static async Task<List<StoredWay>> WaysAsync(NpgsqlConnection connection, Guid[] asked, double farthest,
        double straight, CancellationToken stop)
    {
        var roads = (await RoadNetworks.OfAsync(connection, RoadProfile.Walk, stop)).Network;
        var origins = await WayReader.OriginsNearAsync(connection, asked, straight, stop);
        var (ways, ids) = (new List<StoredWay>(), asked.ToHashSet());
        foreach (var kind in FacilityKinds.Schools)
        {
            var schools = await WayReader.SchoolsNearAsync(connection, kind, origins, straight, stop);
            if (!schools.Exists(s => ids.Contains(s.Id))) continue;
            ways.AddRange(SchoolWays.Find(roads, schools.ConvertAll(s => s.School), origins.ConvertAll(o => o.Origin), farthest,
                s => ids.Contains(schools[s].Id), stop)
                .Select(way => new StoredWay(schools[way.School], origins[way.Origin], way)));
        }
        return ways;
    }

    // How far a walk can lead in a straight line; with some air, as PostGIS measures it.
    private static async Task<double> StraightMetresAsync(NpgsqlConnection connection, double farthest, CancellationToken stop) =>
        farthest / Math.Min(1, (await RoadNetworks.OfAsync(connection, RoadProfile.Walk, stop)).Network.LeastCostPerMetre) * 1.01 + 1;
}
