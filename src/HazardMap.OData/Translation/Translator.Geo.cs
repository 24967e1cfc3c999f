using Microsoft.OData.UriParser;

namespace HazardMap.OData;

internal sealed partial class Translator
{
    // Beyond this a search circle covers most of the globe and the index has nothing to say.
    private const double IndexedMetres = 9_000_000;

    private Operand Geo(string name, List<QueryNode> nodes, bool exact)
    {
        var first = Shape(nodes[0], name);
        var a = Render(first, ODataType.Geography);
        if (string.Equals(name, "geo.length", StringComparison.OrdinalIgnoreCase))
            return Operand.Of($"ST_Length({a})", ODataType.Double, first);
        var second = Shape(nodes[1], name);
        var b = Render(second, ODataType.Geography);
        if (string.Equals(name, "geo.distance", StringComparison.OrdinalIgnoreCase))
            return Operand.Of($"ST_Distance({a}, {b})", ODataType.Double, first, second);
        if (!exact) UsesSpatialIndex = true;
        return Operand.Of($"ST_Intersects({a}, {b})", ODataType.Boolean, first, second);
    }

    private Operand Shape(QueryNode node, string function)
    {
        var operand = Value(node);
        return operand.Type.IsGeography() || operand.IsNull
            ? operand
            : throw ODataRefusalException.Bad($"{function} needs shapes, not {operand.Type}.", operand.Property?.Name);
    }

    /// <summary>
    /// <c>geo.distance(a,b) le r</c>: ST_DWithin finds the candidates in the index, the exact test decides.
    /// </summary>
    private Operand? Distance(BinaryOperatorNode node, string sign)
    {
        var (call, limit, within) = (Call(node.Left), Call(node.Right)) switch
        {
            ({ } left, _) => (left, node.Right, sign.StartsWith('<')),
            (_, { } right) => (right, node.Left, sign.StartsWith('>')),
            _ => (null, null, false),
        };
        if (call is null || !within) return null;
        var radius = Value(limit!);
        if (!radius.IsLiteral || radius.Value is null || !radius.Type.IsNumber()) return null;
        var metres = (double)Literals.Convert(radius.Value, radius.Type, ODataType.Double);
        if (!double.IsFinite(metres) || metres > IndexedMetres) return null;
        if (metres < 0) return Truth("false");
        var nodes = call.Parameters.ToList();
        var (a, b) = (Shape(nodes[0], call.Name), Shape(nodes[1], call.Name));
        if (a.IsNull || b.IsNull) return Truth("false");
        var (x, y) = (Render(a, ODataType.Geography), Render(b, ODataType.Geography));
        var r = parameters.Add(metres, NpgsqlTypes.NpgsqlDbType.Double);
        UsesSpatialIndex = true;
        // The candidates' radius is a hair wider, so that rounding can only add candidates.
        return Truth($"(ST_DWithin({x}, {y}, {r} + 0.001) and ST_Distance({x}, {y}) {(sign.EndsWith('=') ? "<=" : "<")} {r})");
    }

    private static SingleValueFunctionCallNode? Call(QueryNode node) => node switch
    {
        SingleValueFunctionCallNode { Name: "geo.distance" } call => call,
        ConvertNode convert => Call(convert.Source),
        _ => null,
    };
}
