using System.Globalization;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace HazardMap.Service.Sync.Events;

/// <summary>
/// The place of an event in the order in which changes became visible: the era (another one after a restore), the transaction's number,
/// the event's number within it. Written <c>era-seq-nth</c>.
/// </summary>
internal readonly record struct EventPlace(long Era, long Seq, long Nth)
{
    public override string ToString() => string.Create(CultureInfo.InvariantCulture, $"{Era}-{Seq}-{Nth}");

    /// <summary>Whether it comes after another place of its era.</summary>
    public bool IsAfter(EventPlace other) => Seq > other.Seq || Seq == other.Seq && Nth > other.Nth;

    /// <summary>Null: it is no place.</summary>
    public static EventPlace? Read(string text)
    {
        long[] parts = [.. text.Split('-').Select(x =>
            long.TryParse(x, NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? number : -1)];
        return parts is [>= 0, >= 0, >= 0] ? new EventPlace(parts[0], parts[1], parts[2]) : null;
    }
}

/// <summary>One change of the register, or many of an entity in one transaction.</summary>
internal sealed record RegisterEvent(EventPlace Place, string Entity, string? Id, string Operation, int? Version, string? Division,
    string? FormerDivision, string? Actor, DateTime At, IReadOnlyList<string>? Fields, IReadOnlyList<string?>? Divisions, long? Many);

/// <summary>What a subscriber is told of a change.</summary>
internal sealed record ToldEvent(string Entity, string? Id, string Operation, int? Version, IReadOnlyList<string>? Fields,
    string? DivisionCode, string? Actor, DateTime At, long? Many)
{
    private static readonly JsonSerializerOptions Style = new(JsonSerializerDefaults.Web)
    {
        DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
    };

    /// <summary>As JSON on one line.</summary>
    public string Json() => JsonSerializer.Serialize(this, Style);
}
