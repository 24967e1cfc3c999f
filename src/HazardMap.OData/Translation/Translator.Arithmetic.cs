using Microsoft.OData.UriParser;

namespace HazardMap.OData;

internal sealed partial class Translator
{
    private Operand Arithmetic(BinaryOperatorNode node)
    {
        var (left, right) = (Value(node.Left), Value(node.Right));
        if (IsTime(left) || IsTime(right)) return TimeArithmetic(node.OperatorKind, left, right);
        RefuseNotNumber(left);
        RefuseNotNumber(right);
        var type = node.TypeReference is null ? Wider(left, right) : ODataTypes.Of(node.TypeReference);
        var (a, b) = (Render(left, NumberType(left, type)), Render(right, NumberType(right, type)));
        return Operand.Of(node.OperatorKind switch
        {
            BinaryOperatorKind.Add => $"({a} + {b})",
            BinaryOperatorKind.Subtract => $"({a} - {b})",
            BinaryOperatorKind.Multiply => $"({a} * {b})",
            BinaryOperatorKind.Divide => $"({a} / {b})",
            // PostgreSQL has no remainder of floating point numbers; numeric has, and converts exactly.
            BinaryOperatorKind.Modulo when type is ODataType.Double or ODataType.Single => $"mod({a}::numeric, {b}::numeric)::{type.SqlName()}",
            BinaryOperatorKind.Modulo => $"mod({a}, {b})",
            _ => throw ODataRefusalException.NotBuilt($"The operator {node.OperatorKind} is not built yet."),
        }, type, left, right);
    }

    private static ODataType NumberType(Operand operand, ODataType result) => operand.IsLiteral ? result : operand.Type;

    private static ODataType Wider(Operand left, Operand right) => left.Type > right.Type ? left.Type : right.Type;

    private static bool IsTime(Operand operand) =>
        operand.Type is ODataType.Date or ODataType.DateTimeOffset or ODataType.Duration or ODataType.TimeOfDay;

    private static void RefuseNotNumber(Operand operand)
    {
        if (!operand.Type.IsNumber() && !operand.IsNull)
            throw ODataRefusalException.Bad($"Arithmetic needs numbers, not {operand.Type}.", operand.Property?.Name);
    }

    private Operand TimeArithmetic(BinaryOperatorKind kind, Operand left, Operand right)
    {
        var (a, b) = (Render(left), Render(right));
        return (kind, left.Type, right.Type) switch
        {
            (BinaryOperatorKind.Add, ODataType.DateTimeOffset, ODataType.Duration) => Operand.Of($"({a} + {b})", left.Type, left, right),
            (BinaryOperatorKind.Subtract, ODataType.DateTimeOffset, ODataType.Duration) => Operand.Of($"({a} - {b})", left.Type, left, right),
            (BinaryOperatorKind.Add, ODataType.Date, ODataType.Duration) => Operand.Of($"({a} + {b})::date", left.Type, left, right),
            (BinaryOperatorKind.Subtract, ODataType.Date, ODataType.Duration) => Operand.Of($"({a} - {b})::date", left.Type, left, right),
            (BinaryOperatorKind.Subtract, ODataType.DateTimeOffset, ODataType.DateTimeOffset) =>
                Operand.Of($"({a} - {b})", ODataType.Duration, left, right),
            (BinaryOperatorKind.Subtract, ODataType.Date, ODataType.Date) =>
                Operand.Of($"make_interval(days => {a} - {b})", ODataType.Duration, left, right),
            (BinaryOperatorKind.Add, ODataType.Duration, ODataType.Duration) => Operand.Of($"({a} + {b})", left.Type, left, right),
            (BinaryOperatorKind.Subtract, ODataType.Duration, ODataType.Duration) => Operand.Of($"({a} - {b})", left.Type, left, right),
            _ => throw ODataRefusalException.Bad($"{kind} is not defined for {left.Type} and {right.Type}."),
        };
    }
}
