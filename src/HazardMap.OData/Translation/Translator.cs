using System.Globalization;
using System.Runtime.CompilerServices;
using Microsoft.OData.Edm;
using Microsoft.OData.UriParser;

namespace HazardMap.OData;

/// <summary>
/// Turns the parser's syntax trees into SQL text with parameters. Null semantics are OData's: comparison never yields null,
/// logic is three-valued. Where only "true" counts (a conjunct of WHERE) the plain SQL operator is used, so that indexes
/// serve it; elsewhere the exact form.
/// </summary>
internal sealed partial class Translator(ODataCaller caller, ODataOptions options, SqlParameters parameters)
{
    private readonly Dictionary<RangeVariable, Scope> scopes = [];
    private int aliases;
    private int nodeCount;
    private int lambdaDepth;

    public SqlParameters Parameters => parameters;

    /// <summary>Set when a condition can be answered from a spatial index.</summary>
    public bool UsesSpatialIndex { get; private set; }

    /// <summary>Every navigation that the statement goes through, once for each time it is written.</summary>
    public List<Navigation> Navigations { get; } = [];

    /// <summary>Set when the answer changes with time alone.</summary>
    public bool UsesClock { get; private set; }

    /// <summary>Texts in lists that were kept from the parser.</summary>
    public ListLiterals? Lists { get; init; }

    /// <summary>What $apply computed, by alias.</summary>
    public Dictionary<string, Operand> Computed { get; } = new(StringComparer.Ordinal);

    /// <summary>The parser's values of parameter aliases.</summary>
    public IDictionary<string, SingleValueNode>? AliasNodes { get; set; }

    public Scope NewScope(EntitySet set) => new(set, NextAlias(), RestrictionSql, NextAlias);

    public void Bind(RangeVariable variable, Scope scope) => scopes[variable] = scope;

    private string NextAlias() => "t" + aliases++.ToString(CultureInfo.InvariantCulture);

    /// <summary>A condition of a WHERE clause.</summary>
    public string Where(SingleValueNode node) => Predicate(node, exact: false);

    private string Predicate(QueryNode node, bool exact)
    {
        var operand = Translate(node, exact);
        if (operand.IsNull) return "null::boolean";
        if (operand.Type != ODataType.Boolean) throw ODataRefusalException.Bad("A condition must be true or false.", "$filter");
        return Render(operand);
    }

    /// <summary>A value, exactly.</summary>
    public Operand Value(QueryNode node) => Translate(node, exact: true);

    private Operand Translate(QueryNode node, bool exact)
    {
        RuntimeHelpers.EnsureSufficientExecutionStack();
        if (++nodeCount > options.MaxNodes) throw ODataRefusalException.Bad($"The expressions have more than {options.MaxNodes} parts.");
        return node switch
        {
            ConstantNode constant => Literals.Of(constant, options),
            ConvertNode convert => Convert(convert, exact),
            BinaryOperatorNode binary => Binary(binary, exact),
            UnaryOperatorNode unary => Unary(unary),
            InNode membership => In(membership, exact),
            SingleValuePropertyAccessNode property => PropertyOf(property),
            SingleValueFunctionCallNode call => Function(call, exact),
            ParameterAliasNode alias => Alias(alias, exact),
            AnyNode any => Any(any),
            AllNode all => All(all),
            CountNode count => Count(count),
            SingleValueOpenPropertyAccessNode open => Computed.GetValueOrDefault(open.Name)
                ?? throw ODataRefusalException.Bad($"There is no {open.Name}.", open.Name),
            SingleNavigationNode or ResourceRangeVariableReferenceNode => WholeEntity((SingleEntityNode)node),
            null => throw ODataRefusalException.Bad("An operand is missing."),
            _ => throw ODataRefusalException.NotBuilt($"Expressions of kind {node.Kind} are not built yet."),
        };
    }

    /// <summary>SQL of an operand; a literal becomes a parameter.</summary>
    public string Render(Operand operand) => Render(operand, operand.Type);

    private string Render(Operand operand, ODataType type)
    {
        if (!operand.IsLiteral) return operand.Sql;
        if (operand.Value is null) return $"null::{type.SqlName()}";
        var placeholder = parameters.Add(Literals.Convert(operand.Value, operand.Type, type), type.DbType());
        return type.IsGeography() ? $"ST_GeomFromEWKB({placeholder})::geography" : placeholder;
    }

    /// <summary>Numbers widen by themselves in PostgreSQL; a literal is converted here, so that a column stays bare and indexed.</summary>
    private Operand Convert(ConvertNode node, bool exact)
    {
        var source = Translate(node.Source, exact);
        if (source.IsNull || node.TypeReference is null || node.TypeReference.IsEntity()) return source;
        var type = ODataTypes.Of(node.TypeReference);
        if (source.Type == type) return source;
        if (source.IsLiteral) return Operand.Literal(Literals.Convert(source.Value!, source.Type, type), type);
        return source.Type == ODataType.Date && type == ODataType.DateTimeOffset
            ? Operand.Of($"({source.Sql}::timestamp at time zone 'UTC')", type, source)
            : source with { Type = type };
    }

    private Operand Alias(ParameterAliasNode node, bool exact) =>
        AliasNodes is not null && AliasNodes.TryGetValue(node.Alias, out var value) && value is not null
            ? Translate(value, exact)
            : Operand.Literal(value: null, ODataTypes.Of(node.TypeReference));

    private Operand PropertyOf(SingleValuePropertyAccessNode node)
    {
        var scope = ScopeOf(node.Source);
        var property = scope.Set.Find(node.Property.Name)
            ?? throw ODataRefusalException.Bad($"{scope.Set.Name} has no property {node.Property.Name}.", node.Property.Name);
        RefuseHidden(scope.Set, property);
        return new Operand(scope.Column(property), property.Type, property.Nullable || scope.Outer)
        {
            EnumType = property.EnumType, Property = property,
        };
    }

    /// <summary>A filter on what may not be read would tell it bit by bit.</summary>
    private void RefuseHidden(EntitySet set, Property property)
    {
        if (!property.Filterable || !caller.MayRead(set, property))
            throw ODataRefusalException.Bad($"{property.Name} cannot be used in expressions.", property.Name, "NotFilterable");
    }

    private Scope ScopeOf(QueryNode node) => node switch
    {
        ResourceRangeVariableReferenceNode reference when scopes.TryGetValue(reference.RangeVariable, out var scope) => scope,
        ResourceRangeVariableReferenceNode reference =>
            scopes.FirstOrDefault(x => string.Equals(x.Key.Name, reference.Name, StringComparison.Ordinal)).Value
            ?? throw ODataRefusalException.Bad($"{reference.Name} is not known here."),
        SingleNavigationNode navigation => Follow(navigation),
        _ => throw ODataRefusalException.NotBuilt($"Paths through {node.Kind} are not built yet."),
    };

    private Scope Follow(SingleNavigationNode node)
    {
        var scope = ScopeOf(node.Source);
        var navigation = scope.Set.FindNavigation(node.NavigationProperty.Name)
            ?? throw ODataRefusalException.Bad($"{scope.Set.Name} has no navigation {node.NavigationProperty.Name}.");
        Navigations.Add(navigation);
        return scope.Follow(navigation);
    }

    /// <summary>An entity itself occurs only in comparisons with null: it is null when its key is.</summary>
    private Operand WholeEntity(SingleEntityNode node)
    {
        var scope = ScopeOf(node);
        return new Operand(scope.Column(scope.Set.Key), scope.Set.Key.Type, scope.Outer);
    }
}
