namespace HazardMap.OData;

internal sealed partial class Translator
{
    private Operand Binary(Expression.Binary node, bool exact) => node.Operator switch
    {
        BinaryOperator.And or BinaryOperator.Or => Logic(node, exact),
        BinaryOperator.Eq or BinaryOperator.Ne => Equality(node, exact),
        BinaryOperator.Gt => Order(node, ">", exact),
        BinaryOperator.Ge => Order(node, ">=", exact),
        BinaryOperator.Lt => Order(node, "<", exact),
        BinaryOperator.Le => Order(node, "<=", exact),
        BinaryOperator.Has => Has(node),
        _ => Arithmetic(node),
    };

    private Operand Logic(Expression.Binary node, bool exact)
    {
        var word = node.Operator == BinaryOperator.And ? "and" : "or";
        return new Operand($"({Predicate(node.Left, exact)} {word} {Predicate(node.Right, exact)})", ODataType.Boolean, Nullable: true);
    }

    private Operand Unary(Expression.Unary node)
    {
        if (node.Operator == UnaryOperator.Not)
            return new Operand($"(not {Predicate(node.Operand, exact: true)})", ODataType.Boolean, Nullable: true);
        var operand = Value(node.Operand);
        if (!operand.Type.IsNumber() && operand.Type != ODataType.Duration && !operand.IsNull)
            throw ODataRefusalException.Bad("Only numbers and durations can be negated.");
        return Operand.Of($"(- {Render(operand, operand.IsNull ? ODataType.Int32 : operand.Type)})",
            operand.IsNull ? ODataType.Int32 : operand.Type, operand);
    }

    private Operand Equality(Expression.Binary node, bool exact)
    {
        var equal = node.Operator == BinaryOperator.Eq;
        if (Distance(node, equal ? "=" : "<>", exact) is { } decided) return decided;
        var (left, right) = Pair(ValueOrEntity(node.Left, exact: true), ValueOrEntity(node.Right, exact: true));
        if (right.IsNull || left.IsNull) return Truth(NullTest(left.IsNull ? right : left, equal));
        if (left.EntityOf != right.EntityOf)
            throw ODataRefusalException.Bad("An entity can be compared with null and with an entity of its own set.");
        return Equal(left, right, equal, exact);
    }

    private Operand Equal(Operand left, Operand right, bool equal, bool exact)
    {
        RefuseUncomparable(left, right);
        if (IsNaN(left) || IsNaN(right)) return Truth(equal ? "false" : "true");
        var (a, b) = (Render(left, Common(left, right)), Render(right, Common(left, right)));
        // A shape that was read is found again, however its rings are wound where it is kept.
        if (left.Type.IsGeography()) (a, b) = (Wound(a), Wound(b));
        if (!left.Nullable && !right.Nullable) return Truth($"({a} {(equal ? "=" : "<>")} {b})");
        if (!equal) return Truth($"({a} is distinct from {b})");
        if (left.Nullable && right.Nullable) return Truth($"({a} is not distinct from {b})");
        return Truth(exact ? $"coalesce({a} = {b}, false)" : $"({a} = {b})");
    }

    private static string Wound(string shape) => $"ST_AsEWKB(ST_ForcePolygonCCW({shape}::geometry))";

    /// <summary>NaN equals nothing, itself included; PostgreSQL sees that otherwise.</summary>
    private static bool IsNaN(Operand operand) => operand is { IsLiteral: true, Value: double.NaN };

    private string NullTest(Operand operand, bool equal) => operand.IsLiteral
        ? (operand.IsNull == equal ? "true" : "false")
        : $"({operand.Sql} is {(equal ? "" : "not ")}null)";

    private Operand Order(Expression.Binary node, string sign, bool exact)
    {
        if (Distance(node, sign, exact) is { } decided) return decided;
        var (left, right) = Pair(Value(node.Left), Value(node.Right));
        if (left.IsNull || right.IsNull || IsNaN(left) || IsNaN(right)) return Truth("false");
        RefuseUncomparable(left, right);
        if (left.Type.IsGeography() || left.Type == ODataType.Binary) throw ODataRefusalException.Bad($"{left.Type} has no order.", sign);
        // To PostgreSQL NaN is the greatest number, to OData it is neither greater nor less.
        var greater = sign.StartsWith('>') ? left : right;
        var sql = $"({Ordinal(left, right)} {sign} {Ordinal(right, left)}{(greater.MayBeNaN ? $" and {greater.Sql} <> 'NaN'" : "")})";
        return Truth(exact && (left.Nullable || right.Nullable) ? $"coalesce{sql[..^1]}, false)" : sql);
    }

    /// <summary>Enumerations are ordered by their values, which is the order of their declaration.</summary>
    private string Ordinal(Operand operand, Operand other)
    {
        if (operand.Type != ODataType.Enum) return Render(operand, Common(operand, other));
        return EnumOrdinal(Render(operand), operand.EnumType ?? other.EnumType);
    }

    public string EnumOrdinal(string sql, EnumType? type) => type is null ? sql : $"array_position({EnumMembers(type)}, {sql})";

    public string EnumMembers(EnumType type) =>
        parameters.Add(type.Members.ToArray(), NpgsqlTypes.NpgsqlDbType.Array | NpgsqlTypes.NpgsqlDbType.Text);

    /// <summary>An entity has one member of an enumeration, so it has what it equals; null has nothing that could be told.</summary>
    private Operand Has(Expression.Binary node)
    {
        var (left, right) = Pair(Value(node.Left), Value(node.Right));
        if (left.IsNull || right.IsNull) return Operand.Literal(value: null, ODataType.Boolean);
        if (left.EnumType is null || left.EnumType != right.EnumType)
            throw ODataRefusalException.Bad("has needs an enumeration and one of its members.", "has");
        return Operand.Of($"({Render(left)} = {Render(right)})", ODataType.Boolean, left, right);
    }

    private static (Operand Left, Operand Right) Pair(Operand left, Operand right) =>
        (Literals.Beside(left, right), Literals.Beside(right, left));

    /// <summary>The type a literal takes: that of the other side.</summary>
    private static ODataType Common(Operand left, Operand right)
    {
        if (left.IsLiteral == right.IsLiteral) return left.Type > right.Type ? left.Type : right.Type;
        var (literal, other) = left.IsLiteral ? (left, right) : (right, left);
        if (!literal.Type.IsNumber() || literal.Type == other.Type) return other.Type;
        // A whole number that does not fit the column, a fraction beside whole numbers, infinity: compared as what it is.
        return other.Type.IsInteger() && literal.Type != ODataType.Int32 || !Fits(literal.Value!, other.Type) ? literal.Type : other.Type;
    }

    private static bool Fits(object value, ODataType type) => (value, type) switch
    {
        (int number, ODataType.Int16) => number is >= short.MinValue and <= short.MaxValue,
        (double number, ODataType.Decimal) => Math.Abs(number) < 1e27,
        // 2.1 is not a single: a column of singles is compared with the double.
        (not int, ODataType.Single) => false,
        _ => true,
    };

    private static void RefuseUncomparable(Operand left, Operand right)
    {
        var same = left.Type == right.Type || left.Type.IsNumber() && right.Type.IsNumber()
            || left.Type.IsGeography() && right.Type.IsGeography()
            || (left.Type, right.Type) is (ODataType.DateTimeOffset, ODataType.Date) && right.IsLiteral
            || (left.Type, right.Type) is (ODataType.Date, ODataType.DateTimeOffset) && left.IsLiteral;
        if (!same || left.EnumType is not null && right.EnumType is not null && left.EnumType != right.EnumType)
            throw ODataRefusalException.Bad($"{Said(left)} and {Said(right)} cannot be compared.",
                left.Property?.Name ?? right.Property?.Name);
    }

    private static string Said(Operand operand) =>
        operand.Property is { } property ? $"{property.Name} ({operand.Type})" : operand.Type.ToString();

    /// <summary>Each item is compared as eq would compare it; a list of plain values becomes one SQL list.</summary>
    private Operand In(Expression.In node, bool exact)
    {
        if (node.Right is not Expression.List list)
            throw ODataRefusalException.NotBuilt("in is built for lists of values.", "in");
        var left = Value(node.Left);
        var items = list.Items.Select(x => Pair(x is Expression.Literal literal ? Literal(literal) : Value(x), left).Left).ToList();
        if (left.IsLiteral || items.Exists(x => !x.IsLiteral))
            return Truth(items.Count == 0 ? "false" : $"({string.Join(" or ", items.Select(x => Same(left, x)))})");
        var values = items.Where(x => !x.IsNull && !IsNaN(x)).ToList();
        foreach (var item in values) RefuseUncomparable(left, item);
        var isIn = values.Count == 0 ? "false" : $"{left.Sql} in ({string.Join(", ", values.Select(x => Render(x, Common(left, x))))})";
        if (left.Type.IsGeography()) return Truth($"({string.Join(" or ", items.Select(x => Same(left, x)))})");
        if (items.Exists(x => x.IsNull)) return Truth($"({isIn} or {left.Sql} is null)");
        return Truth(exact && left.Nullable ? $"coalesce({isIn}, false)" : $"({isIn})");
    }

    private string Same(Operand left, Operand item)
    {
        (left, item) = Pair(left, item);
        return left.IsNull || item.IsNull
            ? NullTest(left.IsNull ? item : left, equal: true) : Equal(left, item, equal: true, exact: true).Sql;
    }

    private static Operand Truth(string sql) => new(sql, ODataType.Boolean, Nullable: false);
}
