using System.Globalization;
using Microsoft.OData.UriParser;
using Microsoft.OData.UriParser.Aggregation;

namespace HazardMap.OData;

/// <summary>One column of an aggregated answer; a path such as Harbour/Name becomes nested objects.</summary>
internal sealed record ApplyColumn(IReadOnlyList<string> Path, string Sql, ODataType Type, bool IsGroup);

/// <summary>
/// $apply: filters, then groupby and aggregate, as one grouped statement; $filter, $orderby, $top, $skip work on its result.
/// </summary>
internal sealed class ApplyQuery
{
    private readonly ODataRequest request;
    private readonly Translator translator;
    private readonly Scope scope;
    private readonly List<string> conditions = [];
    private readonly List<string> having = [];
    private readonly List<ApplyColumn> columns = [];

    public ApplyQuery(ODataRequest request, Resource resource)
    {
        this.request = request;
        Parameters = new SqlParameters();
        translator = new Translator(request.Caller, request.Options, Parameters)
        {
            AliasNodes = request.Parser.ParameterAliasNodes, Lists = request.Lists,
        };
        scope = translator.NewScope(resource.Set);
        conditions.AddRange(ResourceConditions.Of(resource, scope.Alias, translator));
        var clause = ODataRequest.Guarded(request.Parser.ParseApply, "$apply")
            ?? throw ODataRefusalException.Bad("$apply is empty.", "$apply");
        foreach (var step in clause.Transformations) Add(step);
        if (columns.Count == 0) throw NotBuilt("$apply without groupby or aggregate");
        foreach (var column in columns.Where(x => x.Path.Count == 1)) translator.Computed[column.Path[0]] = new Operand(column.Sql, column.Type, Nullable: true);
    }

    public SqlParameters Parameters { get; }

    public IReadOnlyList<ApplyColumn> Columns => columns;

    public string Sql(long skip, long limit)
    {
        if (ODataRequest.Guarded(request.Parser.ParseFilter, "$filter") is { } filter)
        {
            translator.Bind(filter.RangeVariable, scope);
            having.Add(translator.Where(filter.Expression));
        }
        var order = OrderBy();
        var groups = columns.Where(x => x.IsGroup).Select(x => x.Sql).ToList();
        var list = string.Join(", ", columns.Select(x => x.Sql));
        return $"select {list} from {scope.From()}{PageQuery.WhereSql(conditions)}"
            + (groups.Count > 0 ? $" group by {string.Join(", ", groups)}" : "")
            + (having.Count > 0 ? $" having {string.Join(" and ", having)}" : "")
            + (order.Count > 0 ? $" order by {string.Join(", ", order)}" : "")
            + string.Create(CultureInfo.InvariantCulture, $" limit {limit} offset {skip}");
    }

    private void Add(TransformationNode step)
    {
        if (columns.Count > 0) throw NotBuilt("A transformation after groupby or aggregate");
        switch (step)
        {
            case FilterTransformationNode filter:
                translator.Bind(filter.FilterClause.RangeVariable, scope);
                conditions.Add(translator.Where(filter.FilterClause.Expression));
                break;
            case AggregateTransformationNode aggregate:
                Aggregate(aggregate);
                break;
            case GroupByTransformationNode group:
                foreach (var property in group.GroupingProperties) Group(property, []);
                if (group.ChildTransformations is AggregateTransformationNode inner) Aggregate(inner);
                else if (group.ChildTransformations is not null) throw NotBuilt("groupby with anything but aggregate inside");
                break;
            default:
                throw NotBuilt($"The transformation {step.Kind}");
        }
    }

    private void Group(GroupByPropertyNode node, IReadOnlyList<string> before)
    {
        IReadOnlyList<string> path = [.. before, node.Name];
        foreach (var child in node.ChildTransformations) Group(child, path);
        if (node.Expression is null) return;
        var operand = Value(node.Expression);
        if (operand.Type.IsGeography()) throw ODataRefusalException.Bad($"Shapes cannot be grouped by: {node.Name}.", node.Name);
        columns.Add(new ApplyColumn(path, operand.Sql, operand.Type, IsGroup: true));
    }

    private void Aggregate(AggregateTransformationNode node)
    {
        foreach (var expression in node.AggregateExpressions) columns.Add(Column(expression));
    }

    private ApplyColumn Column(AggregateExpressionBase item)
    {
        if (item is not AggregateExpression expression) throw NotBuilt("Aggregation over a collection");
        if (expression.Method == AggregationMethod.VirtualPropertyCount)
            return new ApplyColumn([expression.Alias], "count(*)", ODataType.Int64, IsGroup: false);
        var operand = Value(expression.Expression);
        if (expression.Method == AggregationMethod.CountDistinct)
            return new ApplyColumn([expression.Alias], $"count(distinct {operand.Sql})", ODataType.Int64, IsGroup: false);
        if (expression.Method is AggregationMethod.Sum or AggregationMethod.Average && !operand.Type.IsNumber())
            throw ODataRefusalException.Bad($"{expression.Method} needs numbers, not {operand.Type}.", expression.Alias);
        var (sql, type) = expression.Method switch
        {
            AggregationMethod.Sum when operand.Type.IsInteger() => ($"sum({operand.Sql})::int8", ODataType.Int64),
            AggregationMethod.Sum => ($"sum({operand.Sql})", operand.Type),
            AggregationMethod.Average => ($"avg({operand.Sql})::float8", ODataType.Double),
            AggregationMethod.Min => ($"min({operand.Sql})", operand.Type),
            AggregationMethod.Max => ($"max({operand.Sql})", operand.Type),
            _ => throw NotBuilt($"The method {expression.Method}"),
        };
        if (type is ODataType.Boolean or ODataType.Guid or ODataType.Binary || type.IsGeography())
            throw ODataRefusalException.Bad($"{expression.Method} is not defined for {type}.", expression.Alias);
        return new ApplyColumn([expression.Alias], sql, type, IsGroup: false);
    }

    /// <summary>The parser gives the expressions of $apply no range variable of ours: whatever it is, it is the entity.</summary>
    private Operand Value(SingleValueNode node)
    {
        for (QueryNode? source = node; source is not null; source = SourceOf(source))
        {
            if (source is ResourceRangeVariableReferenceNode reference) translator.Bind(reference.RangeVariable, scope);
        }
        var operand = translator.Value(node);
        return operand.IsLiteral ? throw NotBuilt("Aggregating a literal") : operand;
    }

    private static QueryNode? SourceOf(QueryNode node) => node switch
    {
        SingleValuePropertyAccessNode property => property.Source,
        SingleNavigationNode navigation => navigation.Source,
        ConvertNode convert => convert.Source,
        _ => null,
    };

    /// <summary>The keys asked for, then the groups, so that pages do not overlap.</summary>
    private List<string> OrderBy()
    {
        var keys = new List<string>();
        for (var item = ODataRequest.Guarded(request.Parser.ParseOrderBy, "$orderby"); item is not null; item = item.ThenBy)
        {
            if (keys.Count == request.Options.MaxOrderByKeys)
                throw ODataRefusalException.Bad($"$orderby may have {request.Options.MaxOrderByKeys} keys.", "$orderby");
            translator.Bind(item.RangeVariable, scope);
            var operand = translator.Value(item.Expression);
            if (operand.IsLiteral || operand.Type.IsGeography()) throw ODataRefusalException.Bad("The result cannot be ordered by this.", "$orderby");
            keys.Add(new OrderKey(operand.Sql, operand.Type, Nullable: true, item.Direction == OrderByDirection.Descending).OrderBy(operand.Sql));
        }
        keys.AddRange(columns.Where(x => x.IsGroup).Select(x => x.Sql));
        return keys;
    }

    private static ODataRefusalException NotBuilt(string what) => ODataRefusalException.NotBuilt($"{what} is not built yet.", "$apply");
}
