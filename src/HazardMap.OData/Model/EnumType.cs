using Microsoft.OData.Edm;

namespace HazardMap.OData;

/// <summary>An enumeration; the database stores the member's name as text. Members are ordered as declared.</summary>
public sealed class EnumType
{
    private readonly Dictionary<string, int> _places;
    private readonly Dictionary<string, MemberText> _texts = new(StringComparer.Ordinal);

    internal EnumType(string namespaceName, string name, IReadOnlyList<string> members)
    {
        Name = name;
        Members = members;
        _places = members.Select((member, place) => (member, place)).ToDictionary(x => x.member, x => x.place, StringComparer.Ordinal);
        Edm = new EdmEnumType(namespaceName, name);
        for (var i = 0; i < members.Count; i++) Edm.AddMember(members[i], new EdmEnumMemberValue(i));
    }

    /// <summary>Name in OData, without the namespace.</summary>
    public string Name { get; }

    /// <summary>Members in the order of their values 0, 1, 2 ...</summary>
    public IReadOnlyList<string> Members { get; }

    /// <summary>The CLR enum that it was declared from; null when it was declared by names alone.</summary>
    public Type? ClrType { get; internal set; }

    internal EdmEnumType Edm { get; }

    /// <summary>Says in <c>$metadata</c> what a member is called.</summary>
    /// <param name="member">The member.</param>
    /// <param name="english">In English.</param>
    /// <param name="chinese">In Chinese.</param>
    /// <param name="annotations">Further terms of the model's own namespace, such as <c>Colour</c>, with their values; null: none.</param>
    public EnumType Describe(string member, string? english, string? chinese, params (string Term, string? Value)[] annotations)
    {
        if (!_places.ContainsKey(member)) throw new InvalidOperationException($"{Name} has no member {member}.");
        _texts[member] = new MemberText(english, chinese, [.. annotations.Where(x => x.Value is not null).Select(x => (x.Term, x.Value!))]);
        return this;
    }

    internal MemberText? TextOf(string member) => _texts.GetValueOrDefault(member);

    /// <summary>The member's own spelling for a name or a number in decimal digits; null when there is no such member.</summary>
    internal string? Find(string text)
    {
        if (_places.ContainsKey(text)) return text;
        return int.TryParse(text, System.Globalization.NumberStyles.None, System.Globalization.CultureInfo.InvariantCulture, out var place)
            && place < Members.Count ? Members[place] : null;
    }
}

/// <summary>What a member of an enumeration is called, and what else <c>$metadata</c> tells of it.</summary>
internal sealed record MemberText(string? English, string? Chinese, IReadOnlyList<(string Term, string Value)> Annotations);
