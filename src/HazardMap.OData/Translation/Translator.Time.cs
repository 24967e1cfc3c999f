namespace HazardMap.OData;

internal sealed partial class Translator
{
    private static readonly ODataType[] Days = [ODataType.Date, ODataType.DateTimeOffset];
    private static readonly ODataType[] Hours = [ODataType.TimeOfDay, ODataType.DateTimeOffset];

    /// <summary>Points in time are kept in UTC, so their parts are those of UTC and their offset is zero.</summary>
    private Operand TimeFunction(string name, IReadOnlyList<Expression> nodes)
    {
        var accepted = Accepted(name);
        var operand = Value(nodes[0]);
        if (operand.IsNull) operand = Operand.Literal(value: null, accepted[0]);
        if (!accepted.Contains(operand.Type))
            throw ODataRefusalException.Bad($"{name} needs {string.Join('/', accepted)}, not {operand.Type}.",
                operand.Property?.Name ?? name);
        RefuseOtherOffset(name, nodes[0]);
        var sql = Render(operand);
        var local = operand.Type == ODataType.DateTimeOffset ? $"({sql} at time zone 'UTC')" : sql;
        return name switch
        {
            // Infinity has no year. (It has no month either, but there PostgreSQL says null by itself.)
            "year" => Operand.Of($"(case when isfinite({sql}) then extract(year from {local})::int4 end)", ODataType.Int32, operand)
                with { Nullable = true },
            "month" or "day" or "hour" or "minute" => Operand.Of($"extract({name} from {local})::int4", ODataType.Int32, operand),
            "second" => Operand.Of($"floor(extract(second from {local}))::int4", ODataType.Int32, operand),
            "fractionalseconds" => Operand.Of(
                $"(extract(second from {local}) - floor(extract(second from {local})))::numeric", ODataType.Decimal, operand),
            "date" => Operand.Of($"{local}::date", ODataType.Date, operand),
            "time" => Operand.Of($"{local}::time", ODataType.TimeOfDay, operand),
            "totaloffsetminutes" => Operand.Of($"(case when {sql} is not null then 0 end)", ODataType.Int32, operand),
            _ => Operand.Of($"extract(epoch from {sql})::numeric", ODataType.Decimal, operand),
        };
    }

    private static ODataType[] Accepted(string name) => name switch
    {
        "year" or "month" or "day" => Days,
        "hour" or "minute" or "second" or "fractionalseconds" => Hours,
        "totalseconds" => [ODataType.Duration],
        _ => [ODataType.DateTimeOffset],
    };

    /// <summary>A service that keeps UTC must refuse the parts of a literal in another zone (URL Conventions, 5.1.1.8).</summary>
    private static void RefuseOtherOffset(string name, Expression node)
    {
        if (node is Expression.Literal { Value: DateTimeOffset { Offset.Ticks: not 0 } })
            throw ODataRefusalException.Bad($"{name} of a point in time that is not in UTC: points in time are kept in UTC.", name);
    }
}
