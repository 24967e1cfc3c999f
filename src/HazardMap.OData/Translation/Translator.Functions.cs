using Microsoft.OData.UriParser;

namespace HazardMap.OData;

internal sealed partial class Translator
{
    private Operand Function(SingleValueFunctionCallNode call, bool exact)
    {
        var nodes = call.Parameters.ToList();
        return call.Name.ToUpperInvariant() switch
        {
            "GEO.DISTANCE" or "GEO.INTERSECTS" or "GEO.LENGTH" => Geo(call.Name, nodes, exact),
            "CAST" => Cast(nodes),
            "ISOF" => IsOf(nodes),
            "CONTAINS" or "STARTSWITH" or "ENDSWITH" or "MATCHESPATTERN" => TextTest(call.Name, nodes),
            "LENGTH" or "INDEXOF" or "SUBSTRING" or "TOLOWER" or "TOUPPER" or "TRIM" or "CONCAT" => TextFunction(call.Name, nodes),
            "ROUND" or "FLOOR" or "CEILING" => Rounding(call.Name, Value(nodes[0])),
            "NOW" => Clock("now()", ODataType.DateTimeOffset, Nullable: false),
            "MINDATETIME" => new Operand("'0001-01-01T00:00:00Z'::timestamptz", ODataType.DateTimeOffset, Nullable: false),
            "MAXDATETIME" => new Operand("'9999-12-31T23:59:59.999999Z'::timestamptz", ODataType.DateTimeOffset, Nullable: false),
            _ => TimeFunction(call.Name, nodes),
        };
    }

    private Operand Clock(string sql, ODataType type, bool Nullable)
    {
        UsesClock = true;
        return new Operand(sql, type, Nullable);
    }

    private Operand TextTest(string name, List<QueryNode> nodes)
    {
        var (text, part) = (TextOperand(nodes[0], name), TextOperand(nodes[1], name));
        var a = Render(text, ODataType.String);
        // A pattern of LIKE, so that a trigram or a text_pattern_ops index serves it; the client's wildcards are escaped.
        string Like(string before, string after) =>
            $"({a} like {parameters.Add(before + LikePattern((string)part.Value!) + after, NpgsqlTypes.NpgsqlDbType.Text)})";
        var b = part.IsLiteral && part.Value is not null ? "" : Render(part, ODataType.String);
        var sql = (name.ToUpperInvariant(), b.Length == 0) switch
        {
            ("CONTAINS", true) => Like("%", "%"),
            ("STARTSWITH", true) => Like("", "%"),
            ("ENDSWITH", true) => Like("%", ""),
            ("MATCHESPATTERN", _) => $"({a} ~ {Render(part, ODataType.String)})",
            ("CONTAINS", _) => $"(strpos({a}, {b}) > 0)",
            ("STARTSWITH", _) => $"starts_with({a}, {b})",
            _ => $"(right({a}, length({b})) = {b})",
        };
        return Operand.Of(sql, ODataType.Boolean, text, part);
    }

    private Operand TextOperand(QueryNode node, string function)
    {
        var operand = Value(node);
        return operand.Type == ODataType.String || operand.IsNull
            ? operand
            : throw ODataRefusalException.Bad($"{function} needs text, not {operand.Type}.", operand.Property?.Name);
    }

    private Operand TextFunction(string name, List<QueryNode> nodes)
    {
        var first = TextOperand(nodes[0], name);
        var a = Render(first, ODataType.String);
        if (name is "indexof" or "concat")
        {
            var second = TextOperand(nodes[1], name);
            var b = Render(second, ODataType.String);
            return name is "concat"
                ? Operand.Of($"({a} || {b})", ODataType.String, first, second)
                : Operand.Of($"(strpos({a}, {b}) - 1)", ODataType.Int32, first, second);
        }
        return name switch
        {
            "length" => Operand.Of($"length({a})", ODataType.Int32, first),
            "tolower" => Operand.Of($"lower({a})", ODataType.String, first),
            "toupper" => Operand.Of($"upper({a})", ODataType.String, first),
            "trim" => Operand.Of($"regexp_replace({a}, '^\\s+|\\s+$', '', 'g')", ODataType.String, first),
            _ => Substring(first, a, nodes),
        };
    }

    /// <summary>Zero-based; a negative start counts from the end (OData 4.01), a negative length is nothing.</summary>
    private Operand Substring(Operand text, string a, List<QueryNode> nodes)
    {
        var start = Value(nodes[1]);
        var s = $"{Render(start, ODataType.Int32)}::int4";
        var from = $"(case when {s} < 0 then greatest(length({a})::int8 + {s}, 0) else {s}::int8 end)";
        var rest = $"substr({a}, least({from} + 1, 2000000000)::int4)";
        if (nodes.Count < 3) return Operand.Of(rest, ODataType.String, text, start);
        var length = Value(nodes[2]);
        return Operand.Of($"left({rest}, greatest({Render(length, ODataType.Int32)}::int4, 0))", ODataType.String, text, start, length);
    }

    /// <summary>Half away from zero, as OData says; PostgreSQL rounds floating point numbers half to even.</summary>
    private Operand Rounding(string name, Operand operand)
    {
        RefuseNotNumber(operand);
        var type = operand.Type is ODataType.Decimal ? ODataType.Decimal : ODataType.Double;
        var a = Render(operand, type);
        var sql = name switch
        {
            "round" => $"round({a}::numeric)::{type.SqlName()}",
            "floor" => $"floor({a})::{type.SqlName()}",
            _ => $"ceil({a})::{type.SqlName()}",
        };
        return Operand.Of(sql, type, operand);
    }

    private Operand Cast(List<QueryNode> nodes)
    {
        if (nodes is not [var node, ConstantNode { Value: string typeName }])
            throw ODataRefusalException.NotBuilt("cast is built for cast(expression,Edm.Type).", "cast");
        var operand = Value(node);
        var type = PrimitiveNamed(typeName);
        if (operand.IsNull) return Operand.Literal(value: null, type);
        var numbers = operand.Type.IsNumber() && type.IsNumber();
        var toText = type == ODataType.String && !operand.Type.IsGeography() && operand.Type is not ODataType.Binary;
        var dates = operand.Type is ODataType.Date or ODataType.DateTimeOffset && type is ODataType.Date or ODataType.DateTimeOffset;
        if (operand.Type != type && !numbers && !toText && !dates)
            throw ODataRefusalException.NotBuilt($"cast from {operand.Type} to {typeName} is not built.", "cast");
        return Operand.Of($"({Render(operand)})::{type.SqlName()}", type, operand);
    }

    private static ODataType PrimitiveNamed(string name) =>
        name.StartsWith("Edm.", StringComparison.Ordinal) && Enum.TryParse<ODataType>(name[4..], out var type) && type != ODataType.Enum
            ? type
            : throw ODataRefusalException.NotBuilt($"The type {name} cannot be used here.", name);

    private Operand IsOf(List<QueryNode> nodes)
    {
        if (nodes is not [var node, ConstantNode { Value: string typeName }])
            throw ODataRefusalException.NotBuilt("isof is built for isof(expression,Edm.Type).", "isof");
        var operand = Value(node);
        var type = PrimitiveNamed(typeName);
        var sql = Render(operand);
        if (!operand.Type.IsGeography() || !type.IsGeography()) return Truth(operand.Type == type ? $"({sql} is not null)" : "false");
        if (type == ODataType.Geography) return Truth($"({sql} is not null)");
        var shape = type.ToString()["Geography".Length..].ToUpperInvariant();
        shape = shape == "COLLECTION" ? "GEOMETRYCOLLECTION" : shape;
        return Truth($"coalesce(geometrytype({sql}) = {parameters.Add(shape, NpgsqlTypes.NpgsqlDbType.Text)}, false)");
    }
}
