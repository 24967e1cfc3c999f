namespace HazardMap.OData.Tests.Differential;

/// <summary>What can be asked about an entity set: its properties by sort of value, and where they lead.</summary>
/// <param name="Set">The entity set's name.</param>
/// <param name="Key">Its key property.</param>
/// <param name="Many">Navigations to many, with what they lead to.</param>
/// <param name="One">Navigations to one, with what they lead to.</param>
public sealed record Subject(string Set, string Key, (string Name, string Set)[] Many, (string Name, string Set)[] One)
{
    public string[] Wholes { get; init; } = [];
    public string[] Decimals { get; init; } = [];
    public string[] Doubles { get; init; } = [];
    public string[] Texts { get; init; } = [];
    public string[] Booleans { get; init; } = [];
    public string[] Dates { get; init; } = [];
    public string[] Moments { get; init; } = [];
    public string[] Times { get; init; } = [];
    public string[] Spans { get; init; } = [];
    public string[] Kinds { get; init; } = [];

    /// <summary>Properties of the subject itself that are never null.</summary>
    public string[] NeverNull { get; init; } = [];

    public string[] Numbers => [.. Wholes, .. Decimals, .. Doubles];

    public string[] All => [.. Numbers, .. Texts, .. Booleans, .. Dates, .. Moments, .. Times, .. Spans, .. Kinds];

    public static Subject Of(string set) => set switch { "Harbours" => Harbours, "Keepers" => Keepers, _ => Lighthouses };

    public static readonly Subject Lighthouses = new("Lighthouses", "Id", [("Keepers", "Keepers")], [("Harbour", "Harbours")])
    {
        Wholes = ["Steps", "RangeNm", "Visitors", "Version"], Decimals = ["Price"], Doubles = ["Height"], Texts = ["Name", "Note",
            "HarbourCode", "CallSign"],
        Booleans = ["Lit"], Dates = ["BuiltOn"], Moments = ["LastSeenAt"], Times = ["OpensAt"], Spans = ["Blink"], Kinds = ["Kind"],
        NeverNull = ["Name", "Kind", "Version"],
    };

    public static readonly Subject Harbours = new("Harbours", "Code", [("Lighthouses", "Lighthouses"), ("Parts", "Harbours")],
        [("Whole", "Harbours")])
    {
        Decimals = ["Depth"], Texts = ["Code", "Name", "PartOf"], Dates = ["OpenedOn"], NeverNull = ["Code", "Name"],
    };

    public static readonly Subject Keepers = new("Keepers", "Id", [], [("Lighthouse", "Lighthouses")])
    {
        Wholes = ["Age"], Texts = ["Name"], NeverNull = ["Name"],
    };
}
