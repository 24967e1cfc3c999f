using System.CommandLine;

namespace HazardMap.Service.Commands;

/// <summary>
/// A command of the executable. The one file that implements it, in the room of its capability, is all there is to add: its
/// <see cref="CommandAttribute{T}"/> makes it known, the help lists it, the launcher passes it on.
/// </summary>
internal interface ICommand
{
    /// <summary>Under which heading the help lists it.</summary>
    CommandGroup Group { get; }

    /// <summary>
    /// The command with its options. Its description is one line, "English / 中文". A command with <see cref="DataOption"/> works on the
    /// register, so the launcher installs PostgreSQL before it.
    /// </summary>
    Command Build();
}

/// <summary>The headings of the help, in their order.</summary>
internal enum CommandGroup
{
    Serve,
    Data,
    Analysis,
    Inside,
    Accounts,

    /// <summary>For tests and tools; the help does not list it.</summary>
    Internal,
}
