using System.Text;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace HazardMap.OData.Tests.Languages;

/// <summary>
/// What the library can say to a client, read off its source by the compiler: every expression that becomes a
/// <see cref="RefusalText"/>, and the code of the refusal it stands in.
/// </summary>
internal sealed class Sentences
{
    // Where a text becomes a sentence by itself, and where the database says what it is, in both languages.
    private static readonly string[] OnPurpose = ["RefusalText.cs", "ConstraintErrors.cs"];

    private readonly Dictionary<string, SortedSet<string>> _byCode = new(StringComparer.Ordinal);

    private Sentences(CSharpCompilation compilation)
    {
        foreach (var tree in compilation.SyntaxTrees)
        {
            var model = compilation.GetSemanticModel(tree);
            foreach (var node in tree.GetRoot().DescendantNodes().OfType<ExpressionSyntax>().Where(x => Becomes(model, x)))
                foreach (var part in Choices(node)) Add(model, part);
        }
    }

    /// <summary>Sentences with numbered places, by the code they are refused with; those that are parts of others under no code.</summary>
    public IReadOnlyDictionary<string, SortedSet<string>> ByCode => _byCode;

    public SortedSet<string> All => new(_byCode.Values.SelectMany(x => x), StringComparer.Ordinal);

    /// <summary>Places of the source where a text is put together before it becomes a sentence, so that no language can know it.</summary>
    public List<string> Unknowable { get; } = [];

    /// <summary>Reads the library's own source.</summary>
    public static Sentences Read()
    {
        var files = Directory.EnumerateFiles(Repository.PathOf("src/HazardMap.OData"), "*.cs", SearchOption.AllDirectories)
            .Where(x => !x.Contains("/bin/", StringComparison.Ordinal) && !x.Contains("/obj/", StringComparison.Ordinal));
        var references = ((string)AppContext.GetData("TRUSTED_PLATFORM_ASSEMBLIES")!).Split(Path.PathSeparator)
            .Where(x => Path.GetFileName(x) != "HazardMap.OData.dll").Select(x => MetadataReference.CreateFromFile(x));
        var options = new CSharpParseOptions(LanguageVersion.Preview);
        var trees = files.Select(x => CSharpSyntaxTree.ParseText(File.ReadAllText(x), options, x))
            .Append(CSharpSyntaxTree.ParseText("global using System; global using System.Collections.Generic; global using System.IO; "
                + "global using System.Linq; global using System.Threading; global using System.Threading.Tasks;", options));
        return new Sentences(CSharpCompilation.Create("sentences", trees, references,
            new CSharpCompilationOptions(OutputKind.DynamicallyLinkedLibrary)));
    }

    private static bool Becomes(SemanticModel model, ExpressionSyntax node)
    {
        var type = model.GetTypeInfo(node);
        return type.ConvertedType?.Name == nameof(RefusalText) && type.Type?.Name != nameof(RefusalText)
            && node is not LiteralExpressionSyntax { RawKind: (int)SyntaxKind.NullLiteralExpression };
    }

    /// <summary>Both branches of a choice.</summary>
    private static IEnumerable<ExpressionSyntax> Choices(ExpressionSyntax node) => node switch
    {
        ParenthesizedExpressionSyntax inner => Choices(inner.Expression),
        ConditionalExpressionSyntax choice => Choices(choice.WhenTrue).Concat(Choices(choice.WhenFalse)),
        _ => [node],
    };

    private void Add(SemanticModel model, ExpressionSyntax node)
    {
        var (text, places) = (new StringBuilder(), 0);
        // An interpolated string of constants is a sentence with places all the same.
        if (!Append(node, text, ref places))
        {
            text.Clear().Append(model.GetConstantValue(node).Value as string);
            if (!model.GetConstantValue(node).HasValue)
            {
                var place = node.GetLocation().GetLineSpan();
                if (!OnPurpose.Contains(Path.GetFileName(place.Path), StringComparer.Ordinal)) Unknowable.Add($"{place}: {node}");
                return;
            }
        }
        // Nothing to say, or nothing but what is filled in.
        if (text.ToString() is "" or "{0}") return;
        var code = Code(model, node) ?? "";
        if (!_byCode.TryGetValue(code, out var sentences)) _byCode[code] = sentences = new(StringComparer.Ordinal);
        sentences.Add(text.ToString());
    }

    private static bool Append(ExpressionSyntax node, StringBuilder text, ref int places)
    {
        if (node is BinaryExpressionSyntax { RawKind: (int)SyntaxKind.AddExpression } sum)
            return Append(sum.Left, text, ref places) && Append(sum.Right, text, ref places);
        if (node is not InterpolatedStringExpressionSyntax interpolated) return false;
        foreach (var content in interpolated.Contents)
        {
            if (content is InterpolatedStringTextSyntax literal) text.Append(Plain(literal.TextToken.ValueText));
            else text.Append(System.Globalization.CultureInfo.InvariantCulture, $"{{{places++}}}");
        }
        return true;
    }

    private static string Plain(string text) =>
        text.Replace("{{", "{", StringComparison.Ordinal).Replace("}}", "}", StringComparison.Ordinal);

    /// <summary>What the call that takes the sentence takes as <c>code</c>, or would without it.</summary>
    private static string? Code(SemanticModel model, ExpressionSyntax node)
    {
        if (node.FirstAncestorOrSelf<ArgumentSyntax>() is not { Parent.Parent: ExpressionSyntax call } || model.GetOperation(call) is not
            { } operation) return null;
        var arguments = operation switch
        {
            Microsoft.CodeAnalysis.Operations.IInvocationOperation x => x.Arguments,
            Microsoft.CodeAnalysis.Operations.IObjectCreationOperation x => x.Arguments,
            _ => [],
        };
        return arguments.FirstOrDefault(x => x.Parameter?.Name == "code")?.Value.ConstantValue is { HasValue: true, Value: string code }
            ? code : null;
    }
}
