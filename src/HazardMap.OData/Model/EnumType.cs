using Microsoft.OData.Edm;

namespace HazardMap.OData;

/// <summary>An enumeration; the database stores the member's name as text. Members are ordered as declared.</summary>
public sealed class EnumType
{
    private readonly Dictionary<string, int> places;
    private readonly Dictionary<string, string> chinese = new(StringComparer.Ordinal);

    internal EnumType(string namespaceName, string name, IReadOnlyList<string> members)
    {
        Name = name;
        Members = members;
        places = members.Select((member, place) => (member, place)).ToDictionary(x => x.member, x => x.place, StringComparer.Ordinal);
        Edm = new EdmEnumType(namespaceName, name);
        for (var i = 0; i < members.Count; i++) Edm.AddMember(members[i], new EdmEnumMemberValue(i));
    }

    /// <summary>Name in OData, without the namespace.</summary>
    public string Name { get; }

    /// <summary>Members in the order of their values 0, 1, 2 ...</summary>
    public IReadOnlyList<string> Members { get; }

    internal EdmEnumType Edm { get; }

    /// <summary>Says in <c>$metadata</c> what the members are called in Chinese.</summary>
    /// <param name="names">Member and name.</param>
    public EnumType Chinese(params (string Member, string Name)[] names)
    {
        foreach (var (member, name) in names)
        {
            if (!places.ContainsKey(member)) throw new InvalidOperationException($"{Name} has no member {member}.");
            chinese[member] = name;
        }
        return this;
    }

    internal string? ChineseOf(string member) => chinese.GetValueOrDefault(member);

    /// <summary>The member's own spelling for a name or a number in decimal digits; null when there is no such member.</summary>
    internal string? Find(string text)
    {
        if (places.ContainsKey(text)) return text;
        return int.TryParse(text, System.Globalization.NumberStyles.None, System.Globalization.CultureInfo.InvariantCulture, out var place)
            && place < Members.Count ? Members[place] : null;
    }
}
