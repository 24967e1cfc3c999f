using HazardMap.OData;
using HazardMap.Register;
using HazardMap.Service.Database;
using HazardMap.Service.Field.Sets;
using HazardMap.Service.Register;
using NetTopologySuite.Geometries;

namespace HazardMap.Service.Field;

/// <summary>
/// "All as before": an inspection of a water of the lowest level in one tap, with position, that sees what the last one saw. Many at once
/// are a <c>$batch</c>; each is an inspection of its own.
/// </summary>
internal static class AllAsBefore
{
    /// <summary>The action's name.</summary>
    public const string Name = "AllAsBefore";

    private const string Known = """
        select h.code, coalesce(r.level = 'Blue', false) and register.is_in_force(h.status),
               h.has_sign, h.has_ring, h.has_rope, h.has_pole, h.has_camera
        from register.hazards h left join register.hazard_risks r on r.hazard_id = h.id where h.id = $1
        """;

    private static readonly string[] Ones = ["HasSign", "HasRing", "HasRope", "HasPole", "HasCamera"];

    /// <summary>Adds it to waters. The position is two numbers: generators of typed clients know no geography in actions.</summary>
    public static void Describe(EntitySetBuilder set) => set.Change(Name, RecordAsync,
        FunctionParameter.Of<DateTimeOffset>("At"), FunctionParameter.Of<DateTimeOffset>("DeviceAt"),
        FunctionParameter.Of<double>("ClockSkewSeconds"),
        FunctionParameter.Of<double>("Longitude"), FunctionParameter.Of<double>("Latitude"),
        FunctionParameter.Of<double>("AccuracyMetres"), FunctionParameter.Of<Guid>("InspectorId"), FunctionParameter.Of<string>("Notes"));

    private static async Task RecordAsync(ChangeCall call, CancellationToken stop)
    {
        var water = await call.Connection.RowAsync(Known, row => (Code: row.GetString(0), IsBlue: row.GetBoolean(1),
            Ones: Enumerable.Range(2, Ones.Length).Select(i => (object?)row.ValueOrNull<bool>(i)).ToArray()), stop, call.Key);
        if (!water.IsBlue)
            throw Refusals.Broken("NotBlue",
                $"{water.Code} is not a blue water in force: look at it and POST an inspection of what is seen.",
                $"{water.Code} 不是在管的蓝色水域：请到场查看，并按所见新增巡查。", "RiskLevel");
        var position = Position(call, water.Code);
        var values = call.Arguments.Where(x => x.Value is not null && x.Key is not ("Longitude" or "Latitude"))
            .ToDictionary(x => x.Key, x => x.Value, StringComparer.Ordinal);
        values["Position"] = Ewkb.Write(position);
        values.TryAdd("At", DateTime.UtcNow);
        values["HazardId"] = call.Key;
        values["Result"] = nameof(InspectionResult.Safe);
        foreach (var (name, value) in Ones.Zip(water.Ones)) values[name] = value;
        await call.InsertAsync(Inspections.Set, values, stop);
    }

    private static Point Position(ChangeCall call, string water) =>
        call.Arguments.GetValueOrDefault("Longitude") is double and >= -180 and <= 180 and var longitude
            && call.Arguments.GetValueOrDefault("Latitude") is double and >= -90 and <= 90 and var latitude
            ? Ewkb.Factory.CreatePoint(new Coordinate(longitude, latitude))
            : throw Refusals.Broken("PositionNeeded",
                $"{water}: all as before needs the position where somebody stood, Longitude and Latitude in degrees.",
                $"{water}：“一切如前”须附巡查位置：经度 Longitude 与纬度 Latitude（度）。", "Longitude");
}
