namespace HazardMap.Service.Exchange.Ledger;

/// <summary>A column of the register's table that follows from a row's position,
/// in SQL over <c>t</c> (the register) and <c>l</c> (the ledger).</summary>
/// <param name="Column">The column.</param>
/// <param name="Stated">Its value as the ledger states it.</param>
/// <param name="IsMoved">Whether that differs from what the register has by more than rounding.</param>
internal sealed record PlacedColumn(string Column, string Stated, string IsMoved);

/// <summary>Where the positions of a set's ledger go, and what is known of them.</summary>
internal sealed record LedgerPlacement
{
    private const string SameMetres = "current_setting('hazardmap.same_metres')::float8";

    /// <summary>The register's table.</summary>
    public required string Table { get; init; }

    /// <summary>Its primary key.</summary>
    public string Key { get; init; } = "id";

    /// <summary>A statement that works positions out into <c>ledger_placed</c> (number, ...) first;
    /// null: the ledger's rows have all.</summary>
    public string? Prepare { get; init; }

    /// <summary>What <see cref="Prepare"/> made, joined to the ledger as <c>p</c>; else empty.</summary>
    public string Joined => Prepare is null ? "" : " join ledger_placed p using (number)";

    /// <summary>The statement that reads where each row should be, beside this file.</summary>
    public string Evidence { get; init; } = "Evidence";

    /// <summary>The statements that judge rows by more than their cells, each beside this file.</summary>
    public required IReadOnlyList<string> Judges { get; init; }

    /// <summary>Where a known row is, as a point.</summary>
    public required string KnownPlace { get; init; }

    /// <summary>Whether a known row is a point, so that two columns of a ledger can move it.</summary>
    public string KnownIsPoint { get; init; } = "true";

    /// <summary>Whether a new row must have a position.</summary>
    public bool NeedsPosition { get; init; } = true;

    /// <summary>The columns that follow from the position.</summary>
    public required IReadOnlyList<PlacedColumn> Columns { get; init; }

    /// <summary>What an export writes as the shape of a row.</summary>
    public required string Shape { get; init; }

    /// <summary>Whether one row may stand on another of the same ledger, which then goes in first.</summary>
    public bool StandsOnOthers { get; init; }

    /// <summary>Whether a row names a division that it lies in.</summary>
    public bool LiesInDivision => !StandsOnOthers;

    /// <summary>A water is its shape; two columns move it only while it is a point.</summary>
    public static readonly LedgerPlacement Hazards = new()
    {
        Table = "register.hazards",
        Judges = ["JudgePlaces", "JudgeHazards"],
        KnownPlace = "t.location::geometry",
        KnownIsPoint = "geometrytype(t.shape) = 'POINT'",
        Columns =
        [
            new("shape", "l.shape::geography",
                "l.shape is not null and not (l.from_columns and geometrytype(t.shape) <> 'POINT') "
                    + $"and not {IsSame("t.shape", "l.shape")}"),
        ],
        Shape = "t.shape",
    };

    /// <summary>A facility is a point.</summary>
    public static readonly LedgerPlacement Facilities = new()
    {
        Table = "register.facilities",
        Judges = ["JudgePlaces", "JudgeFacilities"],
        KnownPlace = "t.location::geometry",
        Columns = [new("location", "l.shape::geography", $"l.shape is not null and not {IsSame("t.location", "l.shape")}")],
        Shape = "t.location",
    };

    /// <summary>A settlement is a point; without a division it lies in the smallest that holds it.</summary>
    public static readonly LedgerPlacement Settlements = new()
    {
        Table = "register.settlements",
        Judges = ["JudgeSettlements", "JudgePlaces", "JudgeFacilities"],
        KnownPlace = "t.location::geometry",
        Columns = [new("location", "l.shape::geography", $"l.shape is not null and not {IsSame("t.location", "l.shape")}")],
        Shape = "t.location",
    };

    private const string BoundaryIsMoved = "p.boundary is not null and (t.boundary is null or not "
        + "register.is_same_shape(t.boundary::geometry, p.boundary, " + SameMetres + "))";

    /// <summary>An area is a division's boundary, a point its centre; without either it takes its parent's centre.</summary>
    public static readonly LedgerPlacement Divisions = new()
    {
        Table = "register.divisions",
        Key = "code",
        Prepare = "PlaceDivisions",
        Evidence = "EvidenceOfDivisions",
        Judges = ["JudgeDivisions"],
        // An area is compared with the area that is known, a point with the centre.
        KnownPlace = "case when st_dimension(st_geomfromewkb(l.raw)) = 2 then st_centroid(t.boundary::geometry) "
            + "else t.centre::geometry end",
        NeedsPosition = false,
        Columns =
        [
            new("boundary", "p.boundary::geography", BoundaryIsMoved),
            new("centre", "p.centre::geography",
                $"p.has_stated and not {IsSame("t.centre", "p.centre")} or not p.has_stated and {BoundaryIsMoved}"),
        ],
        Shape = "coalesce(t.boundary, t.centre)",
        StandsOnOthers = true,
    };

    private static string IsSame(string known, string stated) => $"register.is_same_shape({known}::geometry, {stated}, {SameMetres})";
}
