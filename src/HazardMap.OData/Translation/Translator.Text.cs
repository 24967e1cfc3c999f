namespace HazardMap.OData;

/// <summary>Functions of text.</summary>
internal sealed partial class Translator
{
    private Operand TextTest(string name, IReadOnlyList<Expression> nodes)
    {
        var (text, part) = (TextOperand(nodes[0], name), TextOperand(nodes[1], name));
        var a = Render(text, ODataType.String);
        // A pattern of LIKE, so that a trigram or a text_pattern_ops index serves it; the client's wildcards are escaped.
        string Like(string before, string after) =>
            $"({a} like {parameters.Add(before + LikePattern((string)part.Value!) + after, NpgsqlTypes.NpgsqlDbType.Text)})";
        var b = part.IsLiteral && part.Value is not null ? "" : Render(part, ODataType.String);
        var sql = (name, b.Length == 0) switch
        {
            ("contains", true) => Like("%", "%"),
            ("startswith", true) => Like("", "%"),
            ("endswith", true) => Like("%", ""),
            ("contains", _) => $"(strpos({a}, {b}) > 0)",
            ("startswith", _) => $"starts_with({a}, {b})",
            _ => $"(right({a}, length({b})) = {b})",
        };
        return Operand.Of(sql, ODataType.Boolean, text, part);
    }

    /// <summary>A regular expression of PostgreSQL, run there under the time-out;
    /// flags i, m and s mean what they mean in ECMAScript.</summary>
    private Operand MatchesPattern(IReadOnlyList<Expression> nodes)
    {
        _mayFail = true;
        var (text, pattern) = (TextOperand(nodes[0], "matchespattern"), TextOperand(nodes[1], "matchespattern"));
        var (a, b) = (Render(text, ODataType.String), Render(pattern, ODataType.String));
        if (nodes.Count == 2) return Operand.Of($"({a} ~ {b})", ODataType.Boolean, text, pattern);
        if (TextOperand(nodes[2], "matchespattern") is not { IsLiteral: true, Value: string flags }
            || flags.AsSpan().IndexOfAnyExcept("ims") >= 0)
            throw ODataRefusalException.NotBuilt("Flags of matchespattern are i, m and s, given as a text.", "matchespattern");
        var letters = (flags.Contains('i', StringComparison.Ordinal) ? "i" : "")
            + (flags.Contains('m', StringComparison.Ordinal), flags.Contains('s', StringComparison.Ordinal)) switch
            {
                (true, true) => "w",
                (true, false) => "n",
                (false, true) => "s",
                _ => "p",
            };
        return Operand.Of($"regexp_like({a}, {b}, '{letters}')", ODataType.Boolean, text, pattern);
    }

    private Operand TextOperand(Expression node, string function)
    {
        var operand = Value(node);
        return operand.Type == ODataType.String || operand.IsNull
            ? operand
            : throw ODataRefusalException.Bad($"{function} needs text, not {operand.Type}.", operand.Property?.Name);
    }

    private Operand TextFunction(string name, IReadOnlyList<Expression> nodes)
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

    /// <summary>Zero-based; a negative start counts from the end (OData 4.01), a negative length is a mistake.</summary>
    private Operand Substring(Operand text, string a, IReadOnlyList<Expression> nodes)
    {
        var start = WholeNumber(nodes[1]);
        var s = $"{Render(start, ODataType.Int32)}::int4";
        var from = $"(case when {s} < 0 then greatest(length({a})::int8 + {s}, 0) else {s}::int8 end)";
        var rest = $"substr({a}, least({from} + 1, 2000000000)::int4)";
        if (nodes.Count < 3) return Operand.Of(rest, ODataType.String, text, start);
        var length = WholeNumber(nodes[2]);
        if (length.Value is < 0) throw ODataRefusalException.Bad("The length in substring is negative.", "substring");
        // The third argument of substr: PostgreSQL itself refuses a negative one from a column.
        return Operand.Of(
            $"substr({a}, least({from} + 1, 1000000000)::int4, least({Render(length, ODataType.Int32)}::int4, 1000000000))",
            ODataType.String, text, start, length);
    }

    private Operand WholeNumber(Expression node)
    {
        var operand = Value(node);
        return operand.Type.IsInteger() || operand.IsNull
            ? operand : throw ODataRefusalException.Bad($"substring needs whole numbers, not {operand.Type}.", "substring");
    }
}
