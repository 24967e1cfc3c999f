using HazardMap.OData;
using HazardMap.Register;
using HazardMap.Service.Accounts;
using HazardMap.Service.Database;

namespace HazardMap.Service.Responsibility;

/// <summary>What <c>Divisions(code)/HazardMap.Duties(on=..., most=50)</c> answers.</summary>
/// <param name="On">The day.</param>
/// <param name="Waters">Waters in force in the division.</param>
/// <param name="WatersWithGaps">Those of them that lack somebody.</param>
/// <param name="Gaps">The first 500 of them by code.</param>
/// <param name="Overloaded">People with more sites than <c>most</c>, the most first.</param>
/// <param name="DoublePosts">Posts that several hold, the first 500.</param>
[TypeName("DutyReport")]
internal sealed record DutyReport(DateOnly On, int Waters, int WatersWithGaps, IReadOnlyList<DutyGap> Gaps,
    IReadOnlyList<DutyLoad> Overloaded, IReadOnlyList<DoublePost> DoublePosts);

/// <summary>A water that lacks somebody.</summary>
/// <param name="HazardId">The water.</param>
/// <param name="Code">Its code.</param>
/// <param name="Name">Its name.</param>
/// <param name="DivisionCode">Where it lies.</param>
/// <param name="Missing">The posts that nobody holds.</param>
[TypeName("DutyGap")]
internal sealed record DutyGap(Guid HazardId, string Code, string Name, string DivisionCode, IReadOnlyList<ResponsibilityRole> Missing);

/// <summary>How many sites somebody answers for.</summary>
[TypeName("DutyLoad")]
internal sealed record DutyLoad(Guid PersonId, string Name, string? Unit, int Sites);

/// <summary>A post that several hold at once.</summary>
[TypeName("DoublePost")]
internal sealed record DoublePost(Guid? HazardId, Guid? FacilityId, ResponsibilityRole Role, int People);

/// <summary>Where nobody answers, who answers for too much, and what two answer for.</summary>
internal static class DutyReports
{
    private const int Overload = 50, MostListed = 500, MostSites = 1_000_000;

    public static async Task<DutyReport> OfAsync(FunctionCall call, CancellationToken stop)
    {
        var on = call.Arguments.GetValueOrDefault("on") is DateOnly day ? day : DateOnly.FromDateTime(DateTime.UtcNow.AddHours(8));
        var most = (int)(call.Arguments.GetValueOrDefault("most") ?? Overload);
        if (most is < 1 or > MostSites)
            throw new RefusalException("BadRequest", $"most is from 1 to {MostSites}.", $"most 须为 1 至 {MostSites}。", "most");
        var code = (string)call.Key;
        var pattern = DivisionCodes.Patterns(code).ToArray();
        var seesPeople = Areas.Of(call.Http).Of(Roles.SeesPeople);
        await using var connection = await RegisterDatabase.Of(call.Http).OpenPatientlyAsync(stop);
        await using var transaction = await connection.BeginTransactionAsync(System.Data.IsolationLevel.RepeatableRead, stop);
        var waters = await connection.ScalarAsync<long>(
            "select count(*) from register.hazards where division_code like any ($1) and register.is_in_force(status)",
            stop, (object)pattern);
        var gaps = await connection.RowsAsync(EmbeddedSql.Of(typeof(DutyReports), "DutyGaps"), row => new DutyGap(
            row.GetGuid(0), row.GetString(1), row.GetString(2), row.GetString(3),
            [.. row.GetFieldValue<string[]>(4).Select(Enum.Parse<ResponsibilityRole>)]), stop, pattern, on);
        var load = !seesPeople.Has(code) ? [] : await connection.RowsAsync(EmbeddedSql.Of(typeof(DutyReports), "DutyLoads"),
            row => new DutyLoad(row.GetGuid(0), row.GetString(1), row.TextOrNull(2), row.GetInt32(3)), stop, pattern, on, most);
        var posts = await connection.RowsAsync(EmbeddedSql.Of(typeof(DutyReports), "DoublePosts"), row => new DoublePost(
            row.IsDBNull(0) ? null : row.GetGuid(0), row.IsDBNull(1) ? null : row.GetGuid(1), row.Word<ResponsibilityRole>(2),
            row.GetInt32(3)), stop, pattern, on, MostListed);
        return new DutyReport(on, (int)waters, gaps.Count, [.. gaps.Take(MostListed)], load, posts);
    }
}
