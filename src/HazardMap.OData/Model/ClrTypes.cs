namespace HazardMap.OData;

/// <summary>The other half of the table of correspondences: CLR type, OData type.</summary>
internal static class ClrTypes
{
    private static readonly Dictionary<Type, ODataType> Primitives = new()
    {
        [typeof(bool)] = ODataType.Boolean,
        [typeof(short)] = ODataType.Int16,
        [typeof(int)] = ODataType.Int32,
        [typeof(long)] = ODataType.Int64,
        [typeof(float)] = ODataType.Single,
        [typeof(double)] = ODataType.Double,
        [typeof(decimal)] = ODataType.Decimal,
        [typeof(string)] = ODataType.String,
        [typeof(Guid)] = ODataType.Guid,
        [typeof(DateOnly)] = ODataType.Date,
        [typeof(DateTime)] = ODataType.DateTimeOffset, // in UTC, as the driver reads timestamptz
        [typeof(DateTimeOffset)] = ODataType.DateTimeOffset,
    };

    /// <summary>The OData type of a value of that type, null allowed or not; null: there is none.</summary>
    public static ODataType? ODataTypeOf(Type type)
    {
        var value = Nullable.GetUnderlyingType(type) ?? type;
        if (value.IsEnum) return ODataType.Enum;
        return Primitives.TryGetValue(value, out var primitive) ? primitive : null;
    }
}
