using System.Reflection;
using System.Runtime.CompilerServices;
using System.Text;
using HazardMap.OData;
using HazardMap.Register;
using HazardMap.Service.Database;

namespace HazardMap.Service.Tests;

/// <summary>
/// One dialect of C#. Field names and the Async suffix are kept by analyzers (.editorconfig: IDE1006, MA0137, MA0138, MA0156),
/// and a token that is not passed on by CA2016; here is what no analyzer looks at.
/// </summary>
public sealed class DialectTests
{
    private const int Columns = 140;

    private static readonly string[] Kept = ["CA2016", "IDE1006", "MA0137", "MA0138", "MA0156"];

    [Fact]
    public void No_line_is_longer_than_140_columns()
    {
        var tooLong = Sources.WithEnding(".cs", ".ts", ".vue", ".sql", ".mjs")
            .SelectMany(file => file.Lines.Select((line, i) => (Place: $"{file.Path}:{i + 1}", Width: ColumnsOf(line))))
            .Where(line => line.Width > Columns).Select(line => $"{line.Place} has {line.Width} columns").ToList();
        Assert.True(tooLong.Count == 0, $"{tooLong.Count} lines:\n{string.Join('\n', tooLong)}");
    }

    [Fact]
    public void A_cancellation_token_is_called_stop()
    {
        var others = Ours().SelectMany(a => a.GetTypes()).Where(t => !IsMadeByCompiler(t)).SelectMany(Members)
            .SelectMany(m => m.GetParameters().Where(IsToken).Where(p => p.Name != "stop")
                .Select(p => $"{m.DeclaringType}.{m.Name}: {p.Name}")).ToList();
        Assert.True(others.Count == 0, string.Join('\n', others));
    }

    [Fact]
    public void The_analyzers_that_keep_the_dialect_are_errors()
    {
        var settings = File.ReadAllLines(Repository.PathOf(".editorconfig"));
        Assert.All(Kept, rule => Assert.Contains($"dotnet_diagnostic.{rule}.severity = error", settings, StringComparer.Ordinal));
    }

    /// <summary>
    /// Columns as tools that count bytes count them: a Chinese character, two columns wide on the screen, counts for three, so that
    /// no reader's count is above ours.
    /// </summary>
    private static int ColumnsOf(string line) => Encoding.UTF8.GetByteCount(line);

    private static Assembly[] Ours() =>
        [typeof(HazardKind).Assembly, typeof(ODataOptions).Assembly, typeof(Migrator).Assembly, typeof(DialectTests).Assembly];

    private static bool IsMadeByCompiler(MemberInfo member) =>
        member.IsDefined(typeof(CompilerGeneratedAttribute)) || member.DeclaringType is { } outer && IsMadeByCompiler(outer);

    /// <summary>Methods and constructors of our own: an override or implementation of another's member keeps its names (CA1725).</summary>
    private static IEnumerable<MethodBase> Members(Type type)
    {
        const BindingFlags All =
            BindingFlags.Public | BindingFlags.NonPublic | BindingFlags.Instance | BindingFlags.Static | BindingFlags.DeclaredOnly;
        if (typeof(Delegate).IsAssignableFrom(type)) return [];
        var foreign = type.IsInterface ? [] : type.GetInterfaces().Where(i => !Ours().Contains(i.Assembly))
            .SelectMany(i => type.GetInterfaceMap(i).TargetMethods).ToHashSet();
        return type.GetMethods(All).Where(m => !foreign.Contains(m) && Ours().Contains(m.GetBaseDefinition().Module.Assembly))
            .Concat<MethodBase>(type.GetConstructors(All));
    }

    private static bool IsToken(ParameterInfo parameter) =>
        (Nullable.GetUnderlyingType(parameter.ParameterType) ?? parameter.ParameterType) == typeof(CancellationToken);
}
