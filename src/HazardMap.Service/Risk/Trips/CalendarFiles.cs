using System.Collections.Concurrent;
using System.Text;
using HazardMap.Risk.Trips;
using HazardMap.Service.Database;

namespace HazardMap.Service.Risk.Trips;

/// <summary>The school calendars that travel with the executable, one file a division and year.</summary>
internal static class CalendarFiles
{
    private const int MostBytes = 1_000_000;
    private static readonly UTF8Encoding Utf8 = new(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true);
    private static readonly ConcurrentDictionary<string, (string Stamp, SchoolCalendar Calendar)> Known = new(StringComparer.Ordinal);
    private static readonly ConcurrentDictionary<int, SchoolCalendar> Defaults = new();

    /// <summary>The files.</summary>
    public static IReadOnlyList<string> Paths => Directory.Exists(Folder)
        ? [.. Directory.GetFiles(Folder, "*.json").Order(StringComparer.Ordinal)] : [];

    /// <summary>What tells whether any has changed since it was asked last.</summary>
    public static string State => string.Join('\n', Paths.Select(path => $"{path} {Stamp(path)}"));

    private static string Folder => ContentPath.Of("geodata/calendar");

    /// <summary>A calendar as its file says now.</summary>
    /// <exception cref="RefusalException">It is none; the message names file, key and place.</exception>
    public static SchoolCalendar Read(string path)
    {
        var (name, stamp) = (Path.GetFileName(path), Stamp(path));
        if (Known.TryGetValue(path, out var known) && known.Stamp == stamp) return known.Calendar;
        var calendar = SchoolCalendar.Parse(TextOf(path, name), name);
        Known[path] = (stamp, calendar);
        return calendar;
    }

    /// <summary>The text of a file.</summary>
    public static string TextOf(string path, string name)
    {
        try
        {
            if (new FileInfo(path).Length > MostBytes)
                throw Refuse(name, "is larger than 1 MB: that is no calendar", "超过 1 MB，不是校历文件");
            return Utf8.GetString(File.ReadAllBytes(path)).TrimStart('\uFEFF');
        }
        catch (DecoderFallbackException)
        {
            throw Refuse(name, "is not UTF-8 text: save it in that encoding", "不是 UTF-8 文本，请以 UTF-8 编码保存");
        }
        catch (Exception unreadable) when (unreadable is IOException or UnauthorizedAccessException)
        {
            throw Refuse(name, $"cannot be read: {unreadable.Message}", $"无法读取：{unreadable.Message}");
        }
    }

    /// <summary>The calendars of a year, by the code of their division.</summary>
    public static Dictionary<string, SchoolCalendar> Of(int year) => Paths
        .Where(path => Path.GetFileNameWithoutExtension(path).EndsWith($"-{year}", StringComparison.Ordinal))
        .Select(Read).ToDictionary(c => c.Division!, StringComparer.Ordinal);

    /// <summary>Where no file is there.</summary>
    public static SchoolCalendar Default(int year) => Defaults.GetOrAdd(year, SchoolCalendar.Default);

    private static string Stamp(string path) =>
        new FileInfo(path) is { Exists: true } file ? $"{file.LastWriteTimeUtc.Ticks} {file.Length}" : "";

    private static RefusalException Refuse(string name, string what, string whatZh) =>
        new("InvalidCalendar", $"geodata/calendar/{name} {what}.", $"geodata/calendar/{name} {whatZh}。", name);
}
