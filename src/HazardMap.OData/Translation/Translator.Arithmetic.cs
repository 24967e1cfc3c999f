namespace HazardMap.OData;

internal sealed partial class Translator
{
    private Operand Arithmetic(Expression.Binary node)
    {
        _mayFail = true;
        var (left, right) = (Value(node.Left), Value(node.Right));
        if (IsTime(left) || IsTime(right)) return TimeArithmetic(node.Operator, left, right);
        RefuseNotNumber(left);
        RefuseNotNumber(right);
        var byInteger = node.Operator == BinaryOperator.DivBy;
        var type = Promoted(left, right);
        if (byInteger && type.IsInteger()) type = ODataType.Decimal;
        var (a, b) = (As(left, type), As(right, type));
        return Operand.Of(node.Operator switch
        {
            BinaryOperator.Add => $"({a} + {b})",
            BinaryOperator.Sub => $"({a} - {b})",
            BinaryOperator.Mul => $"({a} * {b})",
            BinaryOperator.Div or BinaryOperator.DivBy => IsPlainDivision(type, byInteger, right) ? $"({a} / {b})" : Divided(a, b, type),
            // PostgreSQL has no remainder of floating point numbers; numeric has, and converts exactly.
            BinaryOperator.Mod when type == ODataType.Double => $"mod({a}::numeric, {b}::numeric)::float8",
            _ => $"mod({a}, {b})",
        }, type, left, right) with { MayBeNaN = type == ODataType.Double || byInteger || left.MayBeNaN || right.MayBeNaN };
    }

    /// <summary>Division of whole numbers and decimals by zero fails in OData too; by a literal that is not zero nothing fails.</summary>
    private static bool IsPlainDivision(ODataType type, bool byInteger, Operand divisor) =>
        type != ODataType.Double && !byInteger || divisor is { IsLiteral: true, Value: { } value }
            && Convert.ToDouble(value, System.Globalization.CultureInfo.InvariantCulture) != 0;

    /// <summary>Division by zero: PostgreSQL fails where OData wants INF, -INF or NaN.</summary>
    private static string Divided(string a, string b, ODataType type) =>
        $"(case when {b} <> 0 then {a} / {b} when {b} = 0 and {a} > 0 then 'Infinity'::{type.SqlName()}"
        + $" when {b} = 0 and {a} < 0 then '-Infinity'::{type.SqlName()} when {b} = 0 and {a} = 0 then 'NaN'::{type.SqlName()} end)";

    private static ODataType Promoted(Operand left, Operand right) => (left.IsNull, right.IsNull) switch
    {
        (true, true) => ODataType.Int32,
        (true, false) => Promoted(right.Type, right.Type),
        (false, true) => Promoted(left.Type, left.Type),
        _ => Promoted(left.Type, right.Type),
    };

    /// <summary>
    /// Numeric promotion (OData 4.01 URL Conventions, 5.1.1.16): at least 32 bits, the wider of two, and floating point wins
    /// over decimal.
    /// </summary>
    public static ODataType Promoted(ODataType left, ODataType right)
    {
        if (left is ODataType.Single or ODataType.Double || right is ODataType.Single or ODataType.Double) return ODataType.Double;
        var wider = left > right ? left : right;
        return wider == ODataType.Int16 ? ODataType.Int32 : wider;
    }

    /// <summary>The operand in the type it is calculated in; PostgreSQL widens columns by itself but for 16 bits.</summary>
    private string As(Operand operand, ODataType type)
    {
        if (operand.IsLiteral) return Render(operand, type);
        return operand.Type == type || operand.Type == ODataType.Int32 && type == ODataType.Int64
            ? operand.Sql : $"{operand.Sql}::{type.SqlName()}";
    }

    private static bool IsTime(Operand operand) =>
        operand.Type is ODataType.Date or ODataType.DateTimeOffset or ODataType.Duration or ODataType.TimeOfDay;

    private static void RefuseNotNumber(Operand operand)
    {
        if (!operand.Type.IsNumber() && !operand.IsNull)
            throw ODataRefusalException.Bad($"Arithmetic needs numbers, not {operand.Type}.", operand.Property?.Name);
    }

    private Operand TimeArithmetic(BinaryOperator kind, Operand left, Operand right)
    {
        var (a, b) = (TimeSql(left, right), TimeSql(right, left));
        var (leftType, rightType) = (left.IsNull ? ODataType.Duration : left.Type, right.IsNull ? ODataType.Duration : right.Type);
        return (kind, leftType, rightType) switch
        {
            (BinaryOperator.Add, ODataType.DateTimeOffset, ODataType.Duration) => Operand.Of($"({a} + {b})", leftType, left, right),
            (BinaryOperator.Sub, ODataType.DateTimeOffset, ODataType.Duration) => Operand.Of($"({a} - {b})", leftType, left, right),
            (BinaryOperator.Add, ODataType.Date, ODataType.Duration) => Operand.Of($"({a} + {b})::date", leftType, left, right),
            (BinaryOperator.Sub, ODataType.Date, ODataType.Duration) => Operand.Of($"({a} - {b})::date", leftType, left, right),
            // Seconds, not days and hours: an interval of days is compared and written as such.
            (BinaryOperator.Sub, ODataType.DateTimeOffset, ODataType.DateTimeOffset) =>
                Between(a, b, $"({a} - {b})"),
            (BinaryOperator.Sub, ODataType.Date, ODataType.Date) => Between(a, b, $"make_interval(days => {a} - {b})"),
            (BinaryOperator.Add, ODataType.Duration, ODataType.Duration) => Operand.Of($"({a} + {b})", leftType, left, right),
            (BinaryOperator.Sub, ODataType.Duration, ODataType.Duration) => Operand.Of($"({a} - {b})", leftType, left, right),
            (BinaryOperator.Mul, ODataType.Duration, { } factor) when factor.IsNumber() =>
                Operand.Of($"({a} * {As(right, ODataType.Double)})", leftType, left, right),
            (BinaryOperator.Mul, { } factor, ODataType.Duration) when factor.IsNumber() =>
                Operand.Of($"({As(left, ODataType.Double)} * {b})", rightType, left, right),
            (BinaryOperator.Div or BinaryOperator.DivBy, ODataType.Duration, { } divisor) when divisor.IsNumber() =>
                Operand.Of($"({a} / {As(right, ODataType.Double)})", leftType, left, right),
            _ => throw ODataRefusalException.Bad($"{kind.ToString().ToLowerInvariant()} is not defined for {left.Type} and {right.Type}."),
        };
    }

    /// <summary>From one moment to another; from or to infinity there is no duration.</summary>
    private static Operand Between(string a, string b, string duration) =>
        new($"(case when isfinite({a}) and isfinite({b}) then {duration} end)", ODataType.Duration, Nullable: true);

    private string TimeSql(Operand operand, Operand other)
    {
        if (operand.IsNull) return Render(operand, ODataType.Duration);
        operand = Literals.Beside(operand, other);
        return Render(operand);
    }
}
