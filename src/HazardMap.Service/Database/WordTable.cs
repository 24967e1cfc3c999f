using HazardMap.Register;
using Npgsql;

namespace HazardMap.Service.Database;

/// <summary>Keeps <c>register.words</c> equal to the words of the program.</summary>
internal static class WordTable
{
    private const string Fill = """
        with told as (
          select * from unnest($1::text[], $2::text[], $3::integer[], $4::text[], $5::text[]) w (enumeration, member, place, zh, en)),
        gone as (
          delete from register.words w where not exists (
            select from told t where t.enumeration = w.enumeration and t.member = w.member))
        insert into register.words as w (enumeration, member, place, zh, en) select * from told
        on conflict (enumeration, member) do update set place = excluded.place, zh = excluded.zh, en = excluded.en
        where (w.place, w.zh, w.en) is distinct from (excluded.place, excluded.zh, excluded.en)
        """;

    private const string Differ = """
        select not exists (
          select from unnest($1::text[], $2::text[], $3::integer[], $4::text[], $5::text[]) w (enumeration, member, place, zh, en)
          full join register.words k using (enumeration, member)
          where (w.place, w.zh, w.en) is distinct from (k.place, k.zh, k.en))
        """;

    /// <summary>The enumerations of the register.</summary>
    public static IReadOnlyList<Type> Enumerations { get; } =
        [.. typeof(HazardKind).Assembly.GetTypes().Where(t => t.IsEnum && t.Namespace == typeof(HazardKind).Namespace)
            .OrderBy(t => t.Name, StringComparer.Ordinal)];

    /// <summary>Whether the table says what the program says.</summary>
    public static Task<bool> IsFilledAsync(NpgsqlConnection connection, CancellationToken stop) =>
        connection.ScalarAsync<bool>(Differ, stop, Told());

    /// <summary>Enters what is new, changes what differs, takes out what is no word any more.</summary>
    public static Task FillAsync(NpgsqlConnection connection, CancellationToken stop) => connection.ExecuteAsync(Fill, stop, Told());

    private static object[] Told()
    {
        var told = Enumerations.SelectMany(
            type => Words.Of(type).All.Select((word, place) => (Enumeration: type.Name, Word: word, Place: place))).ToList();
        return [told.ConvertAll(t => t.Enumeration).ToArray(), told.ConvertAll(t => t.Word.Member).ToArray(),
            told.ConvertAll(t => t.Place).ToArray(), told.ConvertAll(t => t.Word.Zh).ToArray(), told.ConvertAll(t => t.Word.En).ToArray()];
    }
}
