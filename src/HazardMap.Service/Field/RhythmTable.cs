using System.Security.Cryptography;
using System.Text;
using HazardMap.Field;
using HazardMap.Service.Database;
using Npgsql;

namespace HazardMap.Service.Field;

/// <summary>Keeps the rhythm that the register goes by equal to the newest file of <c>geodata/visits</c>.</summary>
internal static class RhythmTable
{
    private const int MostBytes = 1_000_000;

    /// <summary>The file that counts: the highest version.</summary>
    public static string Path => Directory.GetFiles(ContentPath.Of("geodata/visits"), "rhythm-*.json")
        .OrderByDescending(p => p.Length).ThenByDescending(p => p, StringComparer.Ordinal).First();

    /// <summary>Whether the register goes by it.</summary>
    public static async Task<bool> IsCurrentAsync(NpgsqlConnection connection, CancellationToken stop)
    {
        var (text, _) = Read();
        return await connection.ScalarAsync<bool>(
            "select exists (select from register.field_rhythm where sha256 = $1)", stop, HashOf(text));
    }

    /// <summary>Enters it, in one statement.</summary>
    /// <exception cref="RefusalException">The file is no rhythm.</exception>
    public static async Task FillAsync(NpgsqlConnection connection, CancellationToken stop)
    {
        var (text, rhythm) = Read();
        var visits = rhythm.Visits.ToList();
        int?[] Rounds(Func<IReadOnlyList<Round>, TimeOnly> of) =>
            [.. visits.Select(v => v.Value.Rounds.Count == 2 ? of(v.Value.Rounds) is var at ? at.Hour * 60 + at.Minute : 0 : (int?)null)];
        await connection.ExecuteAsync(EmbeddedSql.Of(typeof(RhythmTable), "FillRhythm"), stop,
            rhythm.Version, rhythm.TimeZone, HashOf(text),
            visits.ConvertAll(v => v.Key.ToString()).ToArray(), visits.ConvertAll(v => v.Value.Days).ToArray(),
            visits.ConvertAll(v => v.Value.Months).ToArray(), visits.ConvertAll(v => v.Value.SeasonDays?.First).ToArray(),
            visits.ConvertAll(v => v.Value.SeasonDays?.Last).ToArray(), Rounds(r => r[0].From), Rounds(r => r[0].To),
            Rounds(r => r[1].From), Rounds(r => r[1].To),
            rhythm.Rectifications.DeadlineDays.Keys.Select(k => k.ToString()).ToArray(),
            rhythm.Rectifications.DeadlineDays.Values.ToArray(),
            rhythm.Rectifications.ClimbDaysAfterDeadline.Keys.Select(k => k.ToString()).ToArray(),
            rhythm.Rectifications.ClimbDaysAfterDeadline.Values.ToArray());
    }

    private static (string Text, Rhythm Rhythm) Read()
    {
        var path = Path;
        var name = System.IO.Path.GetFileName(path);
        if (new FileInfo(path).Length > MostBytes)
            throw new RefusalException("InvalidRhythm", $"{name} is larger than 1 MB: that is no rhythm.",
                $"{name} 超过 1 MB，不是节律文件。");
        var text = File.ReadAllText(path);
        return (text, Rhythm.Parse(text, name));
    }

    private static string HashOf(string text) => Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(text)));
}
