namespace HazardMap.Service.Commands;

/// <summary>
/// <c>[assembly: Command&lt;ImportCommand&gt;]</c> makes a command known, in the command's own file. Looking through all types of the
/// assembly instead would cost every start 22 ms.
/// </summary>
[AttributeUsage(AttributeTargets.Assembly, AllowMultiple = true)]
internal sealed class CommandAttribute<T> : CommandAttribute
    where T : ICommand, new()
{
    /// <inheritdoc />
    public override ICommand Create() => new T();
}

/// <summary>Any of them.</summary>
internal abstract class CommandAttribute : Attribute
{
    /// <summary>The command that the attribute names.</summary>
    public abstract ICommand Create();
}
