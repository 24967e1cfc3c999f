using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;
using HazardMap.OData;
using HazardMap.Service.Accounts;
using HazardMap.Service.Database;
using HazardMap.Service.Register;
using Npgsql;

namespace HazardMap.Service.History;

/// <summary>
/// <c>Hazards(id)/HazardMap.Revert</c> with <c>{"Field", "Version"}</c>: sets one field back to what it was at that version. It is a change
/// like every other, by whoever asks for it, with <c>If-Match</c>, rules and a version of its own.
/// </summary>
internal static class Reverts
{
    private const string Name = "Revert";

    private static readonly FunctionParameter Field = FunctionParameter.Of<string>("Field");
    private static readonly FunctionParameter Version = FunctionParameter.Of<int>("Version");

    // Shapes are kept as the database writes them, and sent as GeoJSON.
    private const string FindValue = """
        select case when $5 and jsonb_typeof(v.value) = 'string' then st_asgeojson((v.value #>> '{}')::geography, 15)
                    else coalesce(v.value, 'null')::text end
        from register.history h
        cross join lateral (select case h.operation when 'insert' then h.fields -> $3 else h.fields -> $3 -> 1 end as value) v
        where h.entity = $1 and h.entity_id = $2 and h.version <= $4
          and (h.operation = 'insert' or h.operation = 'update' and h.fields ? $3)
        order by h.id desc limit 1
        """;

    public static void Describe(EntitySetBuilder set) => set.PatchAction(Name, ChangeAsync, Field, Version);

    private static async Task<JsonObject> ChangeAsync(ActionCall call, CancellationToken stop)
    {
        var property = PropertyOf(call);
        var version = VersionOf(call);
        var database = call.Http.RequestServices.GetRequiredService<NpgsqlDataSource>();
        await NeedVersionAsync(call, version, database, stop);
        var key = Convert.ToString(call.Key, CultureInfo.InvariantCulture)!;
        var value = await database.ScalarAsync<string>(FindValue, stop, call.Set.Name, key, property.Column, version, property.IsShape)
            ?? throw Refusals.Broken("NotInHistory",
                $"History does not reach back to version {Number(version)}: what {property.Name} was then is not known. Enter it by hand.",
                $"历史记录未追溯到第 {Number(version)} 版，无法得知 {property.Name} 当时的值。请手工填写。",
                Version.Name);
        return new JsonObject { [property.Name] = JsonNode.Parse(value) };
    }

    private static Property PropertyOf(ActionCall call)
    {
        var name = call.Parameters.TryGetProperty(Field.Name, out var given) && given.ValueKind == JsonValueKind.String
            ? given.GetString()! : throw Refusals.Broken("FieldNeeded",
                "Say which field is set back: {\"Field\": \"DepthMetres\", \"Version\": 3}.",
                "请指明要恢复的字段：{\"Field\": \"DepthMetres\", \"Version\": 3}。", Field.Name);
        var property = call.Set.Find(name) ?? throw Refusals.Broken("NoSuchField",
            $"{call.Set.Name} have no field {name}.", $"{call.Set.Name} 没有字段 {name}。", Field.Name);
        // To whom it is masked it is not there to be guessed at either.
        if (!Areas.Of(call.Http).ODataCaller.MayRead(call.Set, property))
            throw Refusals.Broken(
                "NoSuchField", $"{name} can't be set back by this account.", $"此账户不能恢复 {name}。", Field.Name);
        return property.Writable ? property : throw Refusals.Broken("NotWritable",
            $"{name} is not entered but worked out or fixed, so it can't be set back by itself. Set back what it follows from.",
            $"{name} 由系统计算或不可更改，不能单独恢复。请恢复其所依据的字段。", Field.Name);
    }

    private static int VersionOf(ActionCall call) =>
        call.Parameters.TryGetProperty(Version.Name, out var given) && given.ValueKind == JsonValueKind.Number
            && given.TryGetInt32(out var version) && version > 0
            ? version : throw Refusals.Broken("VersionNeeded", "Say to which version the field is set back: a whole number from 1.",
                "请指明恢复到第几版：从 1 开始的整数。", Version.Name);

    private static async Task NeedVersionAsync(ActionCall call, int version, NpgsqlDataSource database, CancellationToken stop)
    {
        var newest = await database.ScalarAsync<int>(
            $"select version from {call.Set.Table} where {call.Set.Key.Column} = $1", stop, call.Key);
        if (version > newest)
            throw Refusals.Broken("NoSuchVersion",
                $"There is no version {Number(version)} yet: the newest is {Number(newest)}.",
                $"尚无第 {Number(version)} 版：最新为第 {Number(newest)} 版。", Version.Name);
    }

    private static string Number(int number) => number.ToString(CultureInfo.InvariantCulture);
}
