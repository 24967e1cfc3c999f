namespace HazardMap.OData;

/// <summary>
/// A translated expression: SQL text, or a literal that becomes a parameter when it is rendered, so that it can still be
/// converted to the type of what it is compared with.
/// </summary>
internal sealed record Operand(string Sql, ODataType Type, bool Nullable)
{
    public bool IsLiteral { get; private init; }

    public object? Value { get; private init; }

    public EnumType? EnumType { get; init; }

    /// <summary>The property this is, when it is nothing but a property.</summary>
    public Property? Property { get; init; }

    /// <summary>The set whose entity this is the key of.</summary>
    public EntitySet? EntityOf { get; init; }

    /// <summary>Whether NaN can occur.</summary>
    public bool MayBeNaN { get; init; }

    public bool IsNull => IsLiteral && Value is null;

    public static Operand Literal(object? value, ODataType type) =>
        new("", type, value is null) { IsLiteral = true, Value = value };

    public static Operand Of(string sql, ODataType type, params ReadOnlySpan<Operand> sources)
    {
        var nullable = false;
        foreach (var source in sources) nullable |= source.Nullable;
        return new Operand(sql, type, nullable);
    }
}
