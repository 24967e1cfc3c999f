using System.Runtime.CompilerServices;

namespace HazardMap.OData;

/// <summary>
/// Reads common expressions (OData 4.01 URL Conventions, section 5.1.1). Names of operators and functions are taken in any
/// case; a parameter alias is replaced by what it stands for right here, so that nothing later knows of aliases.
/// </summary>
internal sealed partial class ExpressionParser(Cursor cursor, Aliases aliases, ODataOptions options)
{
    private static readonly (string Word, BinaryOperator Operator)[][] Levels =
    [
        [("or", BinaryOperator.Or)],
        [("and", BinaryOperator.And)],
        [("eq", BinaryOperator.Eq), ("ne", BinaryOperator.Ne)],
        [("gt", BinaryOperator.Gt), ("ge", BinaryOperator.Ge), ("lt", BinaryOperator.Lt), ("le", BinaryOperator.Le)],
        [("add", BinaryOperator.Add), ("sub", BinaryOperator.Sub)],
        [("mul", BinaryOperator.Mul), ("divby", BinaryOperator.DivBy), ("div", BinaryOperator.Div), ("mod", BinaryOperator.Mod)],
    ];

    private int _count;

    public static Expression Whole(string text, string option, Aliases aliases, ODataOptions options)
    {
        var cursor = new Cursor(text, option);
        var expression = new ExpressionParser(cursor, aliases, options).Read();
        cursor.NeedEnd();
        return expression;
    }

    public Expression Read() => Level(0);

    /// <summary>One level of precedence: operands of the next, joined from the left.</summary>
    private Expression Level(int level)
    {
        if (level == Levels.Length) return Unary();
        var left = Level(level + 1);
        while (Operator(level) is { } found) left = Counted(new Expression.Binary(found, left, Level(level + 1)));
        return left;
    }

    private BinaryOperator? Operator(int level)
    {
        foreach (var (word, found) in Levels[level])
        {
            if (cursor.TryWord(word)) return found;
        }
        return null;
    }

    private Expression Unary()
    {
        RuntimeHelpers.EnsureSufficientExecutionStack();
        cursor.SkipSpace();
        if (cursor.Next == '-' && !char.IsAsciiDigit(cursor.After(1)) && cursor.After(1) != 'I')
        {
            cursor.Place++;
            return Counted(new Expression.Unary(UnaryOperator.Negate, Unary()));
        }
        if (IsOperatorNot()) return Counted(new Expression.Unary(UnaryOperator.Not, Unary()));
        return Membership();
    }

    /// <summary><c>has</c> and <c>in</c> bind closer than any other operator (URL Conventions, 5.1.1.16):
    /// <c>not Kind in ('A','B')</c>.</summary>
    private Expression Membership()
    {
        var left = Primary();
        while (true)
        {
            if (cursor.TryWord("in")) left = Counted(new Expression.In(left, Members()));
            else if (cursor.TryWord("has")) left = Counted(new Expression.Binary(BinaryOperator.Has, left, Primary()));
            else return left;
        }
    }

    /// <summary><c>not</c> before an operand; a property may have that name too.</summary>
    private bool IsOperatorNot() => cursor.After(3) is ' ' or '\t' or '(' && cursor.TryWord("not");

    private Expression Members()
    {
        cursor.SkipSpace();
        if (cursor.Next != '(') return Unary();
        var items = new List<Expression>();
        cursor.Need('(');
        if (cursor.Try(')')) return new Expression.List(items);
        do
        {
            items.Add(Read());
            // Values in a list are no parts of the expression: the length of the URL bounds them.
            if (items[^1] is Expression.Literal) _count--;
        }
        while (cursor.Try(','));
        cursor.Need(')');
        // in (@list): the alias is the list.
        return items is [Expression.List list] ? list : new Expression.List(items);
    }

    private Expression Primary()
    {
        cursor.SkipSpace();
        switch (cursor.Next)
        {
            case '(':
                cursor.Need('(');
                var inner = Read();
                cursor.Need(')');
                return inner;
            case '@':
                cursor.Place++;
                return Path(aliases.Resolve(cursor.Name()));
            case '$':
                return Path(Dollar());
            case '[' or '{':
                return JsonLiterals.Read(cursor, options);
        }
        if (LiteralParser.Try(cursor, options) is { } literal) return Counted(literal);
        return Path(Named());
    }

    private Expression Dollar()
    {
        if (cursor.TryWord("$it")) return new Expression.Special("$it");
        if (cursor.TryWord("$this")) return new Expression.Special("$this");
        if (cursor.TryWord("$root")) return new Expression.Special("$root");
        if (cursor.TryWord("$count")) return CountOf(source: null);
        throw cursor.Unexpected("a name, a value or a parenthesis");
    }

    /// <summary>A function, the name of a type, or the first name of a path.</summary>
    private Expression Named()
    {
        var name = cursor.TryName(qualified: true) ?? throw cursor.Unexpected("a name, a value or a parenthesis");
        if (cursor.Next == '(') return Counted(Call(name.ToLowerInvariant()));
        if (name.Contains('.', StringComparison.Ordinal)) return new Expression.TypeName(name);
        return Counted(new Expression.Member(null, name));
    }

    private Expression Call(string name)
    {
        cursor.Need('(');
        if (name == "case") return Case();
        var arguments = new List<Expression>();
        if (!cursor.Try(')'))
        {
            do arguments.Add(Read());
            while (cursor.Try(','));
            cursor.Need(')');
        }
        return new Expression.Call(name, arguments);
    }

    private Expression.Case Case()
    {
        var branches = new List<(Expression, Expression)>();
        do
        {
            var condition = Read();
            cursor.Need(':');
            branches.Add((condition, Read()));
        }
        while (cursor.Try(','));
        cursor.Need(')');
        return new Expression.Case(branches);
    }

    private T Counted<T>(T expression)
    {
        if (++_count > options.MaxNodes)
            throw ODataRefusalException.Over(nameof(ODataOptions.MaxNodes), options.MaxNodes,
                "The expressions have too many parts.", cursor.Option);
        return expression;
    }
}
