using System.CommandLine;

namespace HazardMap.Service.Commands;

/// <summary><c>--data DIR</c>, the same on every command.</summary>
internal static class DataOption
{
    /// <summary>A new option; its default is <c>.hazardmap</c> beside the launcher.</summary>
    public static Option<string> Create() => new("--data")
    {
        Description = "Data directory of the register",
        HelpName = "DIR",
        DefaultValueFactory = _ => Path.Combine(Environment.GetEnvironmentVariable("HAZARDMAP_ROOT") ?? Environment.CurrentDirectory, ".hazardmap"),
    };
}
