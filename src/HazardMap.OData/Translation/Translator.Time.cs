using Microsoft.OData.UriParser;

namespace HazardMap.OData;

internal sealed partial class Translator
{
    /// <summary>Points in time are kept in UTC, so their parts are those of UTC and their offset is zero.</summary>
    private Operand TimeFunction(string name, List<QueryNode> nodes)
    {
        if (nodes.Count != 1) throw ODataRefusalException.NotBuilt($"The function {name} is not built yet.", name);
        var operand = Value(nodes[0]);
        var sql = Render(operand);
        var local = operand.Type == ODataType.DateTimeOffset ? $"({sql} at time zone 'UTC')" : sql;
        return name switch
        {
            "year" or "month" or "day" or "hour" or "minute" => Operand.Of($"extract({name} from {local})::int4", ODataType.Int32, operand),
            "second" => Operand.Of($"floor(extract(second from {local}))::int4", ODataType.Int32, operand),
            "fractionalseconds" => Operand.Of(
                $"(extract(second from {local}) - floor(extract(second from {local})))::numeric", ODataType.Decimal, operand),
            "date" => Operand.Of($"{local}::date", ODataType.Date, operand),
            "time" => Operand.Of($"{local}::time", ODataType.TimeOfDay, operand),
            "totaloffsetminutes" => Operand.Of($"(case when {sql} is not null then 0 end)", ODataType.Int32, operand),
            "totalseconds" => Operand.Of($"extract(epoch from {sql})::numeric", ODataType.Decimal, operand),
            _ => throw ODataRefusalException.NotBuilt($"The function {name} is not built yet.", name),
        };
    }
}
