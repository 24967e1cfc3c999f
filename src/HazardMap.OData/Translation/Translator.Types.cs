namespace HazardMap.OData;

/// <summary>cast and isof.</summary>
internal sealed partial class Translator
{
    private Operand Cast(IReadOnlyList<Expression> nodes)
    {
        if (nodes is not [var node, Expression.TypeName name])
            throw ODataRefusalException.NotBuilt("cast is built for cast(expression,Type).", "cast");
        var operand = ValueOrEntity(node, exact: true);
        if (operand.EntityOf is { } set) return IsTypeOf(set, name) ? operand : Operand.Literal(value: null, operand.Type);
        if (EnumNamed(name.Name) is { } members) return ToEnum(operand, members);
        var type = PrimitiveNamed(name.Name);
        if (operand.IsNull) return Operand.Literal(value: null, type);
        if (operand is { IsLiteral: true, Value: string text } && type != ODataType.String)
            return Operand.Literal(LiteralParser.Plain(text, type, options), type);
        var sql = Render(operand);
        return new Operand(operand.Type == type ? sql : CastSql(sql, operand, type, name.Name), type,
            operand.Nullable || operand.Type != type);
    }

    private string CastSql(string sql, Operand operand, ODataType type, string name) => (operand.Type, type) switch
    {
        ({ } from, _) when from.IsNumber() && type.IsNumber() => NumberSql(sql, type),
        (ODataType.Enum, ODataType.String) => sql,
        (ODataType.Enum, _) when type.IsInteger() => $"(array_position({EnumMembers(operand.EnumType!)}, {sql}) - 1)::{type.SqlName()}",
        ({ } from, ODataType.String) when from.IsGeography() => $"('SRID=4326;' || ST_AsText({sql}, 15))",
        (_, ODataType.String) => JsonSql.PlainText(sql, operand.Type),
        (ODataType.Date, ODataType.DateTimeOffset) => $"({sql}::timestamp at time zone 'UTC')",
        (ODataType.DateTimeOffset, ODataType.Date or ODataType.TimeOfDay) => $"({sql} at time zone 'UTC')::{type.SqlName()}",
        (ODataType.String, _) => FromText(sql, type, name),
        ({ } from, _) when from.IsGeography() && type.IsGeography() =>
            type == ODataType.Geography ? sql : $"(case when {IsShape(sql, type)} then {sql} end)",
        _ => throw ODataRefusalException.Bad($"A {operand.Type} cannot be cast to {name}.", "cast"),
    };

    /// <summary>A number that does not fit is null, not an error.</summary>
    private static string NumberSql(string sql, ODataType type) => type switch
    {
        ODataType.Int16 => Within(sql, "-32768", "32767", "int2"),
        ODataType.Int32 => Within(sql, "-2147483648", "2147483647", "int4"),
        ODataType.Int64 => Within(sql, "-9223372036854775808", "9223372036854775807", "int8"),
        ODataType.Single => $"(case when abs({sql}::float8) <= 3.4e38 or abs({sql}::float8) = 'Infinity' then {sql}::float4 end)",
        _ => $"{sql}::{type.SqlName()}",
    };

    private static string Within(string sql, string least, string most, string type) =>
        $"(case when round({sql}::numeric) between {least} and {most} then round({sql}::numeric)::{type} end)";

    /// <summary>A text that is no literal of the type is null.</summary>
    private string FromText(string sql, ODataType type, string name) => type switch
    {
        ODataType.Boolean => $"(case {sql} when 'true' then true when 'false' then false end)",
        ODataType.Guid => $"(case when {sql} ~ '^[0-9A-Fa-f]{{8}}(-[0-9A-Fa-f]{{4}}){{3}}-[0-9A-Fa-f]{{12}}$' then {sql}::uuid end)",
        ODataType.Int16 or ODataType.Int32 or ODataType.Int64 =>
            $"(case when {sql} ~ '^[+-]?[0-9]{{1,30}}$' then {NumberSql($"{sql}::numeric", type)} end)",
        ODataType.Decimal or ODataType.Double or ODataType.Single =>
            $"(case when {sql} ~ '^[+-]?[0-9]{{1,200}}([.][0-9]{{1,200}})?([eE][+-]?[0-9]{{1,2}})?$' then {sql}::{type.SqlName()} end)",
        _ => throw ODataRefusalException.NotBuilt($"cast from Edm.String to {name} is not built for values of the data.", "cast"),
    };

    private Operand ToEnum(Operand operand, EnumType type)
    {
        if (operand.IsNull) return Operand.Literal(value: null, ODataType.Enum) with { EnumType = type };
        var sql = (operand.Type, operand.EnumType == type) switch
        {
            (ODataType.Enum, true) => Render(operand),
            (ODataType.String, _) => $"(case when {Render(operand)} = any({EnumMembers(type)}) then {Render(operand)} end)",
            ({ } from, _) when from.IsInteger() => $"({EnumMembers(type)})[{As(operand, ODataType.Int32)} + 1]",
            _ => throw ODataRefusalException.Bad($"A {operand.Type} cannot be cast to {type.Name}.", "cast"),
        };
        return new Operand(sql, ODataType.Enum, Nullable: true) { EnumType = type };
    }

    private EnumType? EnumNamed(string name) =>
        model.Enums.FirstOrDefault(x => string.Equals($"{model.Namespace}.{x.Name}", name, StringComparison.Ordinal));

    private static ODataType PrimitiveNamed(string name) =>
        name.StartsWith("Edm.", StringComparison.Ordinal) && Enum.TryParse<ODataType>(name[4..], out var type) && type != ODataType.Enum
            && !char.IsAsciiDigit(name[4])
            ? type
            : throw ODataRefusalException.NotBuilt($"The type {name} cannot be used here.", name);

    private bool IsTypeOf(EntitySet set, Expression.TypeName type) =>
        string.Equals(type.Name, $"{model.Namespace}.{set.TypeName}", StringComparison.Ordinal);

    /// <summary>Whether a value has a type; null has none.</summary>
    private Operand IsOf(IReadOnlyList<Expression> nodes)
    {
        if (nodes is [Expression.TypeName self]) return Truth(IsTypeOf(ScopeOf(null).Set, self) ? "true" : "false");
        if (nodes is not [var node, Expression.TypeName name])
            throw ODataRefusalException.Bad("isof takes an expression and a type.", "isof");
        var operand = ValueOrEntity(node, exact: true);
        if (operand.IsNull) return Truth("false");
        var sql = Render(operand);
        if (operand.EntityOf is { } set) return Truth(IsTypeOf(set, name) ? $"({sql} is not null)" : "false");
        if (EnumNamed(name.Name) is { } members) return Truth(operand.EnumType == members ? $"({sql} is not null)" : "false");
        var type = PrimitiveNamed(name.Name);
        if (!operand.Type.IsGeography() || !type.IsGeography()) return Truth(operand.Type == type ? $"({sql} is not null)" : "false");
        return Truth(type == ODataType.Geography ? $"({sql} is not null)" : $"coalesce({IsShape(sql, type)}, false)");
    }

    private string IsShape(string sql, ODataType type)
    {
        var shape = type.ToString()["Geography".Length..].ToUpperInvariant();
        shape = shape == "COLLECTION" ? "GEOMETRYCOLLECTION" : shape;
        return $"geometrytype({sql}) = {parameters.Add(shape, NpgsqlTypes.NpgsqlDbType.Text)}";
    }
}
