namespace HazardMap.OData;

internal sealed partial class Translator
{
    // Beyond this a search circle covers most of the globe and the index has nothing to say.
    private const double IndexedMetres = 9_000_000;

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
    /// <c>geo.distance(a,b) le r</c>: ST_DWithin finds the candidates in the index, the exact test decides.
    /// </summary>
    private Operand? Distance(Expression.Binary node, string sign)
    {
        var (call, limit, within) = (node.Left, node.Right) switch
        {
            (Expression.Call { Name: "geo.distance" } left, _) => (left, node.Right, sign.StartsWith('<')),
            (_, Expression.Call { Name: "geo.distance" } right) => (right, node.Left, sign.StartsWith('>')),
            _ => (null, null, false),
        };
        if (call is not { Arguments: [var one, var other] } || !within) return null;
        var radius = Value(limit!);
        if (!radius.IsLiteral || radius.Value is null || !radius.Type.IsNumber()) return null;
        var metres = (double)Literals.Convert(radius.Value, radius.Type, ODataType.Double);
        if (!double.IsFinite(metres) || metres > IndexedMetres) return null;
        if (metres < 0) return Truth("false");
        var (a, b) = (Shape(one, call.Name), Shape(other, call.Name));
        if (a.IsNull || b.IsNull) return Truth("false");
        var (x, y) = (Render(a, ODataType.Geography), Render(b, ODataType.Geography));
        var r = parameters.Add(metres, NpgsqlTypes.NpgsqlDbType.Double);
        UsesSpatialIndex = true;
        // The candidates' radius is a hair wider, so that rounding can only add candidates.
        return Truth($"(ST_DWithin({x}, {y}, {r} + 0.001) and ST_Distance({x}, {y}) {(sign.EndsWith('=') ? "<=" : "<")} {r})");
    }
}
