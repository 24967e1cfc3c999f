using HazardMap.OData;

namespace HazardMap.Service.Register.Sets;

/// <summary>How a cell of a ledger is read, where the property's type does not tell.</summary>
internal enum CellForm
{
    /// <summary>As the property's type says.</summary>
    Plain,

    /// <summary>A code: no spaces, and a number that a sheet made of it is refused.</summary>
    Code,

    /// <summary>Longitude and latitude in two columns.</summary>
    Position,

    /// <summary>The shape of a line or an area in one column, as well-known text.</summary>
    Shape,

    /// <summary>A day of any year: a month and a day.</summary>
    MonthDay,

    /// <summary>A day from which on something holds: of a year or a month alone it is the first.</summary>
    Since,

    /// <summary>Whether the row is sample data; written as a sentence that nobody overlooks, and never changed by a later ledger.</summary>
    SampleMark,
}

/// <summary>The note of a property that stands in the ledgers which clerks import and export.</summary>
/// <param name="Form">How its cells are read.</param>
/// <param name="Synonyms">Headers besides the property's name and its Chinese label.</param>
/// <param name="Otherwise">SQL of what becomes of a known row (<c>t</c>) whose ledger row (<c>l</c>) does not state it;
/// null: it stays.</param>
internal sealed record InLedger(CellForm Form, IReadOnlyList<string> Synonyms, string? Otherwise);

/// <summary>Puts properties into ledgers, in the order in which they are declared.</summary>
internal static class LedgerProperties
{
    /// <summary>A column of the set's ledger.</summary>
    public static PropertyBuilder Ledger(this PropertyBuilder property, params string[] synonyms) =>
        property.With(new InLedger(CellForm.Plain, synonyms, null));

    /// <summary>A column of codes.</summary>
    public static PropertyBuilder LedgerCode(this PropertyBuilder property, params string[] synonyms) =>
        property.With(new InLedger(CellForm.Code, synonyms, null));

    /// <summary>Two columns, longitude and latitude.</summary>
    public static PropertyBuilder LedgerPosition(this PropertyBuilder property) => property.With(new InLedger(CellForm.Position, [], null));

    /// <summary>A column of well-known text; it stands last, its cells are long.</summary>
    public static PropertyBuilder LedgerShape(this PropertyBuilder property) =>
        property.With(new InLedger(CellForm.Shape, ["WKT", "geom", "geometry", "几何"], null));

    /// <summary>The mark of sample data.</summary>
    public static PropertyBuilder LedgerSampleMark(this PropertyBuilder property) =>
        property.With(new InLedger(CellForm.SampleMark, [], null));

    /// <summary>A column whose value follows from others where the ledger does not state it.</summary>
    /// <param name="property">The property.</param>
    /// <param name="otherwise">SQL over <c>t</c>, the register's row, and <c>l</c>, the ledger's.</param>
    /// <param name="synonyms">Other headers.</param>
    public static PropertyBuilder LedgerOr(this PropertyBuilder property, string otherwise, params string[] synonyms) =>
        property.With(new InLedger(CellForm.Plain, synonyms, otherwise));

    /// <summary>A column of days of any year.</summary>
    public static PropertyBuilder LedgerMonthDay(this PropertyBuilder property, params string[] synonyms) =>
        property.With(new InLedger(CellForm.MonthDay, synonyms, null));

    /// <summary>A column of first days, which may be told by their year.</summary>
    public static PropertyBuilder LedgerSince(this PropertyBuilder property, params string[] synonyms) =>
        property.With(new InLedger(CellForm.Since, synonyms, null));
}
