using System.Collections.Concurrent;
using System.Reflection;

namespace HazardMap.Register;

/// <summary>The words of an enumeration: by member, and by whatever a ledger calls a member.</summary>
public sealed class Words
{
    private static readonly ConcurrentDictionary<Type, Words> Known = new();
    private readonly Dictionary<string, Word> _byMember;
    private readonly Dictionary<string, Word> _byAnyName = new(StringComparer.OrdinalIgnoreCase);

    private Words(Type type)
    {
        All = [.. type.GetFields(BindingFlags.Public | BindingFlags.Static).Select(WordOf)];
        _byMember = All.ToDictionary(word => word.Member, StringComparer.Ordinal);
        foreach (var word in All)
            foreach (var name in word.Accepted.Distinct(StringComparer.OrdinalIgnoreCase))
                if (!_byAnyName.TryAdd(name, word))
                    throw new InvalidOperationException($"{type.Name}: '{name}' is {_byAnyName[name].Member} and {word.Member}.");
    }

    /// <summary>In the order of the enumeration.</summary>
    public IReadOnlyList<Word> All { get; }

    /// <summary>The words of <typeparamref name="T"/>; every member has a <see cref="WordAttribute"/>.</summary>
    public static Words Of<T>() where T : struct, Enum => Of(typeof(T));

    /// <summary>The words of an enumeration.</summary>
    /// <param name="type">The enumeration.</param>
    /// <exception cref="InvalidOperationException">A member has no word, or a word means two members.</exception>
    public static Words Of(Type type) => Known.GetOrAdd(type, static t => new Words(t));

    /// <summary>What a member is called.</summary>
    public static Word Of<T>(T member) where T : struct, Enum => Of<T>()._byMember[member.ToString()];

    /// <summary>The word that a ledger's cell names, in either language and any case; <see langword="null"/>: none.</summary>
    public Word? Find(string text) => _byAnyName.GetValueOrDefault(text);

    private static Word WordOf(FieldInfo member) => new(member.Name, member.GetCustomAttribute<WordAttribute>()
        ?? throw new InvalidOperationException($"{member.DeclaringType!.Name}.{member.Name} has no [Word]."));
}
