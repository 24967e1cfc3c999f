using HazardMap.OData;
using HazardMap.Service.Register.Sets;
using NpgsqlTypes;

namespace HazardMap.Service.Exchange.Ledger;

/// <summary>A column of a set's ledger, as the set's description has it.</summary>
/// <param name="Index">Its place among the set's columns.</param>
/// <param name="Name">Its header in English: the property's name.</param>
/// <param name="Zh">Its header in Chinese.</param>
/// <param name="Synonyms">Further headers that are read.</param>
/// <param name="Property">The property.</param>
/// <param name="Note">How it is read, and what it becomes where it is not stated.</param>
internal sealed record LedgerColumn(int Index, string Name, string Zh, IReadOnlyList<string> Synonyms, Property Property, InLedger Note)
{
    /// <summary>Its column in the register's table and in the staging table.</summary>
    public string Column => Property.Column;

    /// <summary>Every header that names it.</summary>
    public IEnumerable<string> Headers =>
        IsPlace ? [Name, Zh, .. Synonyms] : [Name, Property.Label!.Value.English, Property.Label.Value.Chinese, Zh, .. Synonyms];

    /// <summary>Whether it is longitude, latitude or the shape, which become the row's place.</summary>
    public bool IsPlace => Note.Form is CellForm.Position or CellForm.Shape;

    /// <summary>Whether a new row can't do without it.</summary>
    public bool IsNeeded => !IsPlace && Note.Form != CellForm.SampleMark
        && Property is { Nullable: false, Default: null, IsDerived: false };

    /// <summary>Whether it is the shape of a line or an area, in well-known text.</summary>
    public bool IsShape => Note.Form == CellForm.Shape;

    /// <summary>The type of the staging table's column.</summary>
    public string SqlType => Property.Type switch
    {
        ODataType.Boolean => "boolean",
        ODataType.Int32 => "integer",
        ODataType.Double => "double precision",
        ODataType.Date => "date",
        _ => "text",
    };

    /// <summary>The same for binary COPY.</summary>
    public NpgsqlDbType DbType => Property.Type switch
    {
        ODataType.Boolean => NpgsqlDbType.Boolean,
        ODataType.Int32 => NpgsqlDbType.Integer,
        ODataType.Double => NpgsqlDbType.Double,
        ODataType.Date => NpgsqlDbType.Date,
        _ => NpgsqlDbType.Text,
    };

    /// <summary>The columns of a property: two of a position, one of any other.</summary>
    public static IEnumerable<LedgerColumn> Of(Property property) => property.Note<InLedger>() switch
    {
        null => [],
        { Form: CellForm.Position } note =>
            [new(0, "Longitude", "经度", ["lon", "lng", "long", "东经"], property, note),
                new(0, "Latitude", "纬度", ["lat", "北纬"], property, note)],
        { Form: CellForm.Shape } note => [new(0, "Shape", "形状(WKT)", note.Synonyms, property, note)],
        var note => [new(0, property.Name, ChineseHeader(property, note), note.Synonyms, property, note)],
    };

    // A unit belongs into a header that people fill in: 水深(米).
    private static string ChineseHeader(Property property, InLedger note) =>
        note.Synonyms.FirstOrDefault(
            s => property.Unit is not null && s.StartsWith(property.Label!.Value.Chinese, StringComparison.Ordinal))
            ?? property.Label!.Value.Chinese;
}
