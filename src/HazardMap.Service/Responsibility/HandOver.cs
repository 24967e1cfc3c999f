using System.Globalization;
using System.Text.Json;
using HazardMap.OData;
using HazardMap.Service.Accounts;
using HazardMap.Service.Database;

namespace HazardMap.Service.Responsibility;

/// <summary>
/// <c>People(id)/HazardMap.HandOver</c> with <c>{ "To": person, "On": day }</c>: all sites of one person are another's from that day on.
/// </summary>
internal static class HandOver
{
    /// <summary>Sites from the day on, and those of them where the caller may not say who answers.</summary>
    private const string Sites = """
        select count(*), count(*) filter (where not ($3::text[] is null or division_code like any ($3)))
        from register.responsibilities where person_id = $1 and (valid_to is null or valid_to > $2)
        """;

    private const string IsThere =
        "select exists (select from register.people where id = $1 and ($2::text[] is null or division_code like any ($2)))";

    public static async Task RunAsync(ActionCall call, CancellationToken stop)
    {
        var (from, to, on) = ((Guid)call.Key, Person(call.Parameters), Day(call.Parameters));
        var rights = Areas.Of(call.Http);
        if (from == to)
        {
            throw new RefusalException("SamePerson", "To is the person who hands over: name another one.",
                "接任人与移交人相同，请选择他人。", "To");
        }
        await using var connection = await RegisterDatabase.Of(call.Http).OpenPatientlyAsync(stop);
        await using var transaction = await connection.BeginAsAsync(rights.Actor, stop);
        if (!await connection.ScalarAsync<bool>(IsThere, stop, to, rights.Of(Roles.SeesPeople).Patterns))
        {
            throw new RefusalException("UnknownPerson", "To names nobody who is there: give a person's Id.",
                "接任人不存在，请填写人员标识。", "To");
        }
        var (sites, elsewhere) = await connection.RowAsync(Sites, row => (row.GetInt64(0), row.GetInt64(1)), stop,
            from, on, rights.Of(Roles.Desk).Patterns);
        if (sites == 0)
        {
            throw new RefusalException("NothingToHandOver", string.Create(CultureInfo.InvariantCulture,
                $"This person answers for nothing from {on:yyyy-MM-dd} on."), string.Create(CultureInfo.InvariantCulture,
                $"此人自 {on:yyyy-MM-dd} 起没有责任分工，无需移交。"), "On");
        }
        if (elsewhere > 0)
        {
            throw new ODataRefusalException(403, "Forbidden", $"Some of this person's sites lie outside your area: {elsewhere} of {sites}.")
            {
                Details = [new("zh", $"此人有 {elsewhere} 处（共 {sites} 处）不在您的辖区内，须由上级移交。")],
            };
        }
        await connection.ExecuteAsync(EmbeddedSql.Of(typeof(HandOver), "HandOver"), stop, from, to, on);
        await transaction.CommitAsync(stop);
    }

    private static Guid Person(JsonElement parameters) =>
        parameters.TryGetProperty("To", out var to) && to.ValueKind == JsonValueKind.String && to.TryGetGuid(out var id) ? id
        : throw new RefusalException("BadRequest", "Give To, the Id of the person who takes over.", "请填写接任人标识 To。", "To");

    private static DateOnly Day(JsonElement parameters) =>
        parameters.TryGetProperty("On", out var on) && on.ValueKind == JsonValueKind.String
            && DateOnly.TryParseExact(on.GetString(), "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var day) ? day
        : throw new RefusalException("BadRequest", "Give On, the first day of the successor, such as 2027-01-01.",
            "请填写接任日期 On，例如 2027-01-01。", "On");
}
