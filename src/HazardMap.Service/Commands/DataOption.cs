using System.CommandLine;

namespace HazardMap.Service.Commands;

/// <summary><c>--data DIR</c>, the same on every command.</summary>
internal static class DataOption
{
    private const string Name = "--data";

    /// <summary>A new option; its default is <c>.hazardmap</c> beside the launcher.</summary>
    public static Option<string> Create() => new(Name)
    {
        Description = "Data directory of the register / 数据目录",
        HelpName = "DIR",
        DefaultValueFactory =
            _ => Path.Combine(Environment.GetEnvironmentVariable("HAZARDMAP_ROOT") ?? Environment.CurrentDirectory, ".hazardmap"),
    };

    /// <summary>Is it this option?</summary>
    public static bool Is(Option option) => option.Name == Name;
}
