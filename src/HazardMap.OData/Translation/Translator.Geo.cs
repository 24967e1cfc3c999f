namespace HazardMap.OData;

internal sealed partial class Translator
{
    // Beyond this a search circle covers most of the globe and the index has nothing to say.
    private const double IndexedMetres = 9_000_000;

    // Of an outline's positions; more decide few rows more, and each row is measured to all of them.
    private const int Witnesses = 32;

    private Operand Geo(string name, IReadOnlyList<Expression> nodes, bool exact)
    {
        var first = Shape(nodes[0], name);
        var a = Render(first, ODataType.Geography);
        if (name == "geo.length") return Operand.Of($"ST_Length({a})", ODataType.Double, first);
        var second = Shape(nodes[1], name);
        var b = Render(second, ODataType.Geography);
        if (name == "geo.distance") return Operand.Of($"ST_Distance({a}, {b})", ODataType.Double, first, second);
        var sql = $"ST_Intersects({a}, {b})";
        if (!exact) UsesSpatialIndex = true;
        if (!exact) _spatialTests.Add((sql, $"({a} && {b})"));
        return Operand.Of(sql, ODataType.Boolean, first, second);
    }

    private Operand Shape(Expression node, string function)
    {
        var operand = Value(node);
        return operand.Type.IsGeography() || operand.IsNull
            ? operand
            : throw ODataRefusalException.Bad($"{function} needs shapes, not {operand.Type}.", operand.Property?.Name);
    }

    /// <summary>
    /// A distance compared with a number. The exact measure of a long outline takes a millisecond, so it is asked only of rows that
    /// nothing cheaper decides: what lies outside the box of the place, made wider by the radius, is farther; what is nearer than the
    /// radius to one of a few positions of the place is within. Both leave a hundredth to the exact measure, which the box (of a sphere)
    /// and the measure of outlines (nearest on a sphere, then measured on the spheroid) may differ by.
    /// </summary>
    private Operand? Distance(Expression.Binary node, string sign, bool exact)
    {
        var (call, limit, test) = (node.Left, node.Right) switch
        {
            (Expression.Call { Name: "geo.distance" } left, _) => (left, node.Right, sign),
            (_, Expression.Call { Name: "geo.distance" } right) => (right, node.Left, Mirrored(sign)),
            _ => (null, null, sign),
        };
        if (call is not { Arguments: [var one, var other] }) return null;
        var radius = Value(limit!);
        if (!radius.IsLiteral || radius.Value is null || !radius.Type.IsNumber()) return null;
        var metres = (double)Literals.Convert(radius.Value, radius.Type, ODataType.Double);
        if (!double.IsFinite(metres) || metres is < 0 or > IndexedMetres) return null;
        var (a, b) = (Shape(one, call.Name), Shape(other, call.Name));
        if (a.IsNull || b.IsNull) return Truth(test == "<>" ? "true" : "false");
        if (a.IsLiteral) (a, b) = (b, a);
        var sql = DistanceSql(a, b, test, metres, exact);
        if (!exact && test is not (">" or ">=" or "<>")) UsesSpatialIndex = true;
        return Truth(exact && test != "<>" && (a.Nullable || b.Nullable) ? $"coalesce({sql}, false)" : sql);
    }

    private string DistanceSql(Operand a, Operand b, string test, double metres, bool exact)
    {
        var (x, y) = (Render(a, ODataType.Geography), Render(b, ODataType.Geography));
        var r = parameters.Add(metres, NpgsqlTypes.NpgsqlDbType.Double);
        var measured = $"ST_Distance({x}, {y})";
        var witnesses = b is { IsLiteral: true, Value: byte[] shape } ? Positions.Some(shape, Witnesses) : null;
        // Points are measured as quickly as anything decides them: ST_DWithin finds the candidates, a hair wider than needed.
        if (witnesses is null && !exact && test[0] == '<' && test != "<>")
            return $"(ST_DWithin({x}, {y}, {r} + 0.001) and {measured} {test} {r})";
        var near = $"{x} && _ST_Expand({y}, {r} * 1.01 + 1)";
        var isWithin = witnesses is null ? null : $"ST_Distance({x}, {parameters.AddShape(witnesses)}) < {r} * 0.99 - 1";
        var isOpen = isWithin is null ? "" : $"not {isWithin} and ";
        return test switch
        {
            "<" or "<=" => $"({near} and ({(isWithin is null ? "" : isWithin + " or ")}{measured} {test} {r}))",
            "=" => $"({near} and {isOpen}{measured} = {r})",
            "<>" => $"(not ({near}) or {(isWithin is null ? "" : isWithin + " or ")}{measured} is distinct from {r})",
            _ => $"(not ({near}) or {isOpen}{measured} {test} {r})",
        };
    }

    private static string Mirrored(string sign) => sign[0] switch
    {
        '<' when sign != "<>" => ">" + sign[1..],
        '>' => "<" + sign[1..],
        _ => sign,
    };
}
