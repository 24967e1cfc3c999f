using System.Text;

namespace HazardMap.Service.Database;

/// <summary>Members of an enumeration by the name that the database stores, without parsing each row anew.</summary>
internal static class MemberNames<T> where T : struct, Enum
{
    private static readonly Dictionary<string, T> Members = Enum.GetValues<T>().ToDictionary(v => v.ToString(), StringComparer.Ordinal);
    private static readonly (byte[] Name, T Member)[] Bytes = [.. Members.Select(m => (Encoding.UTF8.GetBytes(m.Key), m.Value))];

    /// <summary>By name.</summary>
    public static T Of(string name) => Members[name];

    /// <summary>By the bytes of its name.</summary>
    public static T Of(ReadOnlySpan<byte> name)
    {
        foreach (var (bytes, member) in Bytes)
            if (name.SequenceEqual(bytes)) return member;
        return Of(Encoding.UTF8.GetString(name));
    }
}
