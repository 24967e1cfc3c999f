namespace HazardMap.OData;

/// <summary>A common expression of OData as it was written; what its names mean is the translator's business.</summary>
internal abstract record Expression
{
    /// <summary>A value written out. Text beside an enumeration or a duration is still to be read as one.</summary>
    public sealed record Literal(object? Value, ODataType Type) : Expression
    {
        /// <summary>The enumeration in front of <c>Namespace.Type'Member'</c>.</summary>
        public string? EnumName { get; init; }
    }

    /// <summary>A list: <c>('a','b')</c> after <c>in</c>, or a JSON array.</summary>
    public sealed record List(IReadOnlyList<Expression> Items) : Expression;

    /// <summary>A name, perhaps behind another: property, navigation, variable, computed value.</summary>
    public sealed record Member(Expression? Source, string Name) : Expression
    {
        /// <summary>The whole path as written.</summary>
        public string Path => Source is Member source ? $"{source.Path}/{Name}" : Name;
    }

    /// <summary><c>$it</c>, <c>$this</c>, <c>$root</c>.</summary>
    public sealed record Special(string Name) : Expression;

    /// <summary>An entity set below <c>$root</c>, or a navigation, with a key.</summary>
    public sealed record Keyed(Expression Source, Expression Key) : Expression;

    /// <summary><c>.../$count</c>, perhaps of a filtered or searched collection.</summary>
    public sealed record Count(Expression? Source, Expression? Filter, SearchExpression? Search) : Expression;

    /// <summary><c>.../any(x:...)</c> and <c>.../all(x:...)</c>.</summary>
    public sealed record Lambda(Expression Source, bool IsAll, string? Variable, Expression? Body) : Expression;

    /// <summary>A canonical function; the name is in small letters.</summary>
    public sealed record Call(string Name, IReadOnlyList<Expression> Arguments) : Expression;

    /// <summary><c>case(condition:result,...)</c>.</summary>
    public sealed record Case(IReadOnlyList<(Expression Condition, Expression Result)> Branches) : Expression;

    /// <summary>The name of a type, in <c>cast</c> and <c>isof</c>.</summary>
    public sealed record TypeName(string Name) : Expression;

    /// <summary><c>not</c> and the minus sign.</summary>
    public sealed record Unary(UnaryOperator Operator, Expression Operand) : Expression;

    /// <summary>Everything with two sides but <c>in</c>.</summary>
    public sealed record Binary(BinaryOperator Operator, Expression Left, Expression Right) : Expression;

    /// <summary>Membership.</summary>
    public sealed record In(Expression Left, Expression Right) : Expression;
}

internal enum UnaryOperator
{
    Not,
    Negate,
}

internal enum BinaryOperator
{
    Or,
    And,
    Eq,
    Ne,
    Gt,
    Ge,
    Lt,
    Le,
    Has,
    Add,
    Sub,
    Mul,
    Div,
    DivBy,
    Mod,
}

/// <summary>A value with a name of its own, of <c>$compute</c>.</summary>
internal sealed record Computation(Expression Value, string Alias);

/// <summary>One key of <c>$orderby</c>.</summary>
internal sealed record OrderItem(Expression Value, bool Descending);

/// <summary>What <c>$search</c> looks for.</summary>
internal abstract record SearchExpression
{
    /// <summary>A word or a phrase.</summary>
    public sealed record Term(string Text) : SearchExpression;

    /// <summary>Both.</summary>
    public sealed record And(SearchExpression Left, SearchExpression Right) : SearchExpression;

    /// <summary>At least one.</summary>
    public sealed record Or(SearchExpression Left, SearchExpression Right) : SearchExpression;

    /// <summary>Not that.</summary>
    public sealed record Not(SearchExpression Operand) : SearchExpression;
}
