using Microsoft.OData.UriParser;

namespace HazardMap.OData;

internal sealed partial class Translator
{
    private Operand Binary(BinaryOperatorNode node, bool exact) => node.OperatorKind switch
    {
        BinaryOperatorKind.And or BinaryOperatorKind.Or => Logic(node, exact),
        BinaryOperatorKind.Equal or BinaryOperatorKind.NotEqual => Equality(node, exact),
        BinaryOperatorKind.GreaterThan => Order(node, ">", exact),
        BinaryOperatorKind.GreaterThanOrEqual => Order(node, ">=", exact),
        BinaryOperatorKind.LessThan => Order(node, "<", exact),
        BinaryOperatorKind.LessThanOrEqual => Order(node, "<=", exact),
        BinaryOperatorKind.Has => throw ODataRefusalException.Bad("has needs an enumeration of flags; there is none here.", "has"),
        _ => Arithmetic(node),
    };

    private Operand Logic(BinaryOperatorNode node, bool exact)
    {
        var word = node.OperatorKind == BinaryOperatorKind.And ? "and" : "or";
        return new Operand($"({Predicate(node.Left, exact)} {word} {Predicate(node.Right, exact)})", ODataType.Boolean, Nullable: true);
    }

    private Operand Unary(UnaryOperatorNode node)
    {
        if (node.OperatorKind == UnaryOperatorKind.Not)
            return new Operand($"(not {Predicate(node.Operand, exact: true)})", ODataType.Boolean, Nullable: true);
        var operand = Value(node.Operand);
        if (!operand.Type.IsNumber() && operand.Type != ODataType.Duration && !operand.IsNull)
            throw ODataRefusalException.Bad("Only numbers and durations can be negated.");
        return Operand.Of($"(- {Render(operand)})", operand.Type, operand);
    }

    private Operand Equality(BinaryOperatorNode node, bool exact)
    {
        var (left, right) = Pair(node);
        var equal = node.OperatorKind == BinaryOperatorKind.Equal;
        if (right.IsNull || left.IsNull) return Truth(NullTest(left.IsNull ? right : left, equal));
        RefuseUncomparable(left, right);
        var (a, b) = (Render(left, Common(left, right)), Render(right, Common(left, right)));
        if (left.Type.IsGeography()) (a, b) = ($"ST_AsEWKB({a})", $"ST_AsEWKB({b})");
        if (!left.Nullable && !right.Nullable) return Truth($"({a} {(equal ? "=" : "<>")} {b})");
        if (!equal) return Truth($"({a} is distinct from {b})");
        if (left.Nullable && right.Nullable) return Truth($"({a} is not distinct from {b})");
        return Truth(exact ? $"coalesce({a} = {b}, false)" : $"({a} = {b})");
    }

    private string NullTest(Operand operand, bool equal) => operand.IsLiteral
        ? (operand.IsNull == equal ? "true" : "false")
        : $"({operand.Sql} is {(equal ? "" : "not ")}null)";

    private Operand Order(BinaryOperatorNode node, string sign, bool exact)
    {
        if (!exact && Distance(node, sign) is { } within) return within;
        var (left, right) = Pair(node);
        if (left.IsNull || right.IsNull) return Truth("false");
        RefuseUncomparable(left, right);
        if (left.Type.IsGeography()) throw ODataRefusalException.Bad("Shapes have no order.", sign);
        var sql = $"({Ordinal(left, right)} {sign} {Ordinal(right, left)})";
        return Truth(exact && (left.Nullable || right.Nullable) ? $"coalesce{sql[..^1]}, false)" : sql);
    }

    /// <summary>Enumerations are ordered by their values, which is the order of their declaration.</summary>
    private string Ordinal(Operand operand, Operand other)
    {
        if (operand.Type != ODataType.Enum) return Render(operand, Common(operand, other));
        return EnumOrdinal(Render(operand), operand.EnumType ?? other.EnumType);
    }

    public string EnumOrdinal(string sql, EnumType? type) => type is null
        ? sql
        : $"array_position({parameters.Add(type.Members.ToArray(), NpgsqlTypes.NpgsqlDbType.Array | NpgsqlTypes.NpgsqlDbType.Text)}, {sql})";

    private (Operand Left, Operand Right) Pair(BinaryOperatorNode node)
    {
        var (left, right) = (Value(node.Left), Value(node.Right));
        return (Literals.AsEnum(left, right.EnumType), Literals.AsEnum(right, left.EnumType));
    }

    /// <summary>The type a literal takes: that of the other side.</summary>
    private static ODataType Common(Operand left, Operand right)
    {
        if (left.IsLiteral == right.IsLiteral) return left.Type > right.Type ? left.Type : right.Type;
        var (literal, other) = left.IsLiteral ? (left, right) : (right, left);
        return other.Type.IsInteger() && literal.Type.IsNumber() ? literal.Type : other.Type;
    }

    private static void RefuseUncomparable(Operand left, Operand right)
    {
        var same = left.Type == right.Type || left.Type.IsNumber() && right.Type.IsNumber()
            || left.Type.IsGeography() && right.Type.IsGeography();
        if (!same) throw ODataRefusalException.Bad($"{left.Type} and {right.Type} cannot be compared.", left.Property?.Name ?? right.Property?.Name);
    }

    private Operand In(InNode node, bool exact)
    {
        var left = Value(node.Left);
        if (node.Right is not CollectionConstantNode list)
            throw ODataRefusalException.NotBuilt("in is built for lists of literals.", "in");
        var items = list.Collection.Select(x => Literals.AsEnum(Restored(Literals.Of(x, options)), left.EnumType)).ToList();
        foreach (var item in items.Where(x => !x.IsNull)) RefuseUncomparable(left, item);
        var tests = items.Where(x => !x.IsNull).Select(x => Render(x, Common(left, x))).ToList();
        var sql = Render(left);
        var isIn = tests.Count == 0 ? "false" : $"{sql} in ({string.Join(", ", tests)})";
        if (items.Exists(x => x.IsNull)) return Truth($"({isIn} or {sql} is null)");
        return Truth(exact && left.Nullable ? $"coalesce({isIn}, false)" : $"({isIn})");
    }

    private Operand Restored(Operand item) =>
        item.Value is string text && Lists is not null ? Operand.Literal(Lists.Restore(text), item.Type) : item;

    private static Operand Truth(string sql) => new(sql, ODataType.Boolean, Nullable: false);
}
