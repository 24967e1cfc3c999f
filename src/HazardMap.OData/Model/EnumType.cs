using Microsoft.OData.Edm;

namespace HazardMap.OData;

/// <summary>An enumeration; the database stores the member's name as text. Members are ordered as declared.</summary>
public sealed class EnumType
{
    private readonly Dictionary<string, int> places;

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

    /// <summary>The member's own spelling for a name or a number in decimal digits; null when there is no such member.</summary>
    internal string? Find(string text)
    {
        if (places.ContainsKey(text)) return text;
        return int.TryParse(text, System.Globalization.NumberStyles.None, System.Globalization.CultureInfo.InvariantCulture, out var place)
            && place < Members.Count ? Members[place] : null;
    }
}
