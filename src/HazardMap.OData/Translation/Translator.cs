using System.Globalization;
using System.Runtime.CompilerServices;

namespace HazardMap.OData;

/// <summary>
/// Turns expressions into SQL text with parameters. Null semantics are OData's: comparison never yields null, logic is
/// three-valued. Where only "true" counts (a conjunct of WHERE) the plain SQL operator is used, so that indexes serve it;
/// elsewhere the exact form.
/// </summary>
internal sealed partial class Translator(ODataModel model, ODataCaller caller, ODataOptions options, SqlParameters parameters)
{
    private const int MaxSqlLength = 100_000;
    private int _aliases;
    private int _nodeCount;
    private int _lambdaDepth;
    private int _functionDepth;

    public SqlParameters Parameters => parameters;

    /// <summary>Set when a condition can be answered from a spatial index.</summary>
    public bool UsesSpatialIndex { get; private set; }

    // Exact tests that an index prepares, each with the coarse test that only the index makes.
    private readonly List<(string Exact, string Coarse)> _spatialTests = [];

    /// <summary>
    /// The condition with its spatial tests coarse: whatever satisfies the condition satisfies this too, as such tests stand only
    /// where nothing but "true" counts.
    /// </summary>
    public string Coarse(string condition) =>
        _spatialTests.Aggregate(condition, (sql, test) => sql.Replace(test.Exact, test.Coarse, StringComparison.Ordinal));

    /// <summary>Every navigation that the statement goes through, once for each time it is written.</summary>
    public List<Navigation> Navigations { get; } = [];

    /// <summary>Set when the answer changes without a change of what it navigates to: with time, with a row below $root.</summary>
    public bool UsesClock { get; private set; }

    public Scope NewScope(EntitySet set) => new(set, RowsOf(set), NextAlias(), this) { IsTable = true };

    /// <summary>Rows of a set that come from somewhere else, such as an inner SELECT.</summary>
    public Scope NewScope(EntitySet set, string source) => new(set, source, NextAlias(), this);

    /// <summary>The moment whose rows are meant; null: now.</summary>
    public DateTimeOffset? AsOf { get; init; }

    private string? _moment;

    /// <summary>
    /// The rows of a set: its table or view, or the function that gives those of the moment that is asked for. The one way from a set to
    /// its rows, so no part of a question about a moment is answered with rows of another.
    /// </summary>
    public string RowsOf(EntitySet set)
    {
        if (AsOf is not { } moment) return set.QuotedSource;
        if (set.History is null)
            throw ODataRefusalException.NotBuilt($"What {set.Name} were at another moment is not known: leave out $asof.", "$asof");
        _moment ??= parameters.Add(moment.UtcDateTime, ODataType.DateTimeOffset.DbType());
        return $"{Identifier.QuotePath(set.History)}({_moment})";
    }

    public string NextAlias() => "t" + _aliases++.ToString(CultureInfo.InvariantCulture);

    /// <summary>A condition of a WHERE clause over the rows of a scope.</summary>
    public string Where(Expression expression, Scope scope) => Behind(scope, Within(scope, () => Predicate(expression, exact: false)));

    /// <summary>A value, exactly.</summary>
    public Operand Value(Expression expression, Scope scope) => Within(scope, () => Value(expression));

    /// <summary>A value, or an entity as its key.</summary>
    public Operand ValueOrKey(Expression expression, Scope scope) => Within(scope, () => ValueOrEntity(expression, exact: true));

    private string Predicate(Expression expression, bool exact)
    {
        var operand = Translate(expression, exact);
        if (operand.IsNull) return "null::boolean";
        if (operand.Type != ODataType.Boolean) throw ODataRefusalException.Bad("A condition must be true or false.", "$filter");
        return Render(operand);
    }

    private Operand Value(Expression expression) => Translate(expression, exact: true);

    /// <summary>A value; an entity is none.</summary>
    private Operand Translate(Expression expression, bool exact)
    {
        var operand = ValueOrEntity(expression, exact);
        return operand.EntityOf is null
            ? operand : throw ODataRefusalException.Bad($"An entity of {operand.EntityOf.Name} is no value: name one of its properties.");
    }

    private Operand ValueOrEntity(Expression expression, bool exact)
    {
        RuntimeHelpers.EnsureSufficientExecutionStack();
        if (++_nodeCount > options.MaxNodes) throw TooManyNodes();
        var operand = Kind(expression, exact);
        // Some operators say an operand several times, and named values are said wherever they are used:
        // text can grow much faster than the request.
        return operand.Sql.Length <= MaxSqlLength
            ? operand : throw ODataRefusalException.Bad("The expressions are too complex.", code: "TooComplex");
    }

    private Operand Kind(Expression expression, bool exact)
    {
        return expression switch
        {
            Expression.Literal literal => Literal(literal),
            Expression.Binary binary => Binary(binary, exact),
            Expression.Unary unary => Unary(unary),
            Expression.In membership => In(membership, exact),
            Expression.Member member => Member(member),
            Expression.Special or Expression.Keyed => Entity(expression),
            Expression.Call call => Function(call, exact),
            Expression.Case choice => Case(choice),
            Expression.Lambda lambda => Lambda(lambda),
            Expression.Count count => Count(count),
            Expression.List => throw ODataRefusalException.NotBuilt("A list can only stand after in.", "in"),
            Expression.TypeName type => throw ODataRefusalException.Bad($"{type.Name} is a type; it belongs into cast or isof.", type.Name),
            _ => throw ODataRefusalException.NotBuilt("This expression is not built."),
        };
    }

    private ODataRefusalException TooManyNodes() =>
        ODataRefusalException.Over(nameof(ODataOptions.MaxNodes), options.MaxNodes, "The expressions have too many parts.");

    private Operand Literal(Expression.Literal literal)
    {
        if (literal.EnumName is null) return Literals.Of(literal);
        var type = model.Enums.FirstOrDefault(x => string.Equals($"{model.Namespace}.{x.Name}", literal.EnumName, StringComparison.Ordinal))
            ?? throw ODataRefusalException.Bad($"There is no enumeration {literal.EnumName}.", literal.EnumName);
        return Literals.Member((string)literal.Value!, type);
    }

    /// <summary>SQL of an operand; a literal becomes a parameter.</summary>
    public string Render(Operand operand) => Render(operand, operand.Type);

    private string Render(Operand operand, ODataType type)
    {
        if (!operand.IsLiteral) return operand.Sql;
        if (operand.Value is null) return $"null::{type.SqlName()}";
        var value = Literals.Convert(operand.Value, operand.Type, type);
        return type.IsGeography() ? parameters.AddShape((byte[])value) : parameters.Add(value, type.DbType());
    }
}
