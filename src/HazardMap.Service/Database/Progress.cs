using System.Diagnostics;
using System.Globalization;

namespace HazardMap.Service.Database;

/// <summary>What a long command is doing, with the seconds since it began, on stderr: stdout carries only results.</summary>
internal static class Progress
{
    private static readonly DateTime Began = Process.GetCurrentProcess().StartTime;

    /// <summary>One line.</summary>
    public static void Say(string doing) =>
        Console.Error.WriteLine(string.Create(CultureInfo.InvariantCulture, $"[{(DateTime.Now - Began).TotalSeconds,6:0.0} s] {doing}"));
}
