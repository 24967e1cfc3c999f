namespace HazardMap.OData;

/// <summary>The canonical functions: who takes how many arguments, and which file knows the rest.</summary>
internal sealed partial class Translator
{
    private static readonly Dictionary<string, (int Least, int Most)> Arity = new(StringComparer.OrdinalIgnoreCase)
    {
        ["geo.distance"] = (2, 2), ["geo.intersects"] = (2, 2), ["geo.length"] = (1, 1), ["cast"] = (1, 2), ["isof"] = (1, 2),
        ["contains"] = (2, 2), ["startswith"] = (2, 2), ["endswith"] = (2, 2), ["matchesPattern"] = (2, 3), ["concat"] = (2, 2),
        ["indexof"] = (2, 2), ["length"] = (1, 1), ["substring"] = (2, 3), ["tolower"] = (1, 1), ["toupper"] = (1, 1), ["trim"] = (1, 1),
        ["round"] = (1, 1), ["floor"] = (1, 1), ["ceiling"] = (1, 1), ["now"] = (0, 0), ["mindatetime"] = (0, 0), ["maxdatetime"] = (0, 0),
        ["year"] = (1, 1), ["month"] = (1, 1), ["day"] = (1, 1), ["hour"] = (1, 1), ["minute"] = (1, 1), ["second"] = (1, 1),
        ["fractionalseconds"] = (1, 1), ["date"] = (1, 1), ["time"] = (1, 1), ["totaloffsetminutes"] = (1, 1), ["totalseconds"] = (1, 1),
    };

    /// <summary>Names of the functions that are built, for the description of the service.</summary>
    public static IEnumerable<string> FunctionNames => Arity.Keys;

    private Operand Function(Expression.Call call, bool exact)
    {
        if (++_functionDepth > options.MaxFunctionDepth)
            throw ODataRefusalException.Over(nameof(ODataOptions.MaxFunctionDepth), options.MaxFunctionDepth,
                "Functions are nested too deep.", call.Name, "TooDeep");
        var operand = Canonical(call, exact);
        _functionDepth--;
        return operand;
    }

    private Operand Canonical(Expression.Call call, bool exact)
    {
        var (name, nodes) = (call.Name, call.Arguments);
        if (name is "hassubset" or "hassubsequence")
            throw ODataRefusalException.NotBuilt($"{name} needs collections of values; there are none here.", name);
        if (!Arity.TryGetValue(name, out var arity)) throw ODataRefusalException.Bad($"{name} is not a function of OData.", name);
        if (nodes.Count < arity.Least || nodes.Count > arity.Most)
            throw arity.Least == arity.Most
                ? ODataRefusalException.Bad($"{name} takes {arity.Most} arguments, not {nodes.Count}.", name)
                : ODataRefusalException.Bad($"{name} takes {arity.Least} to {arity.Most} arguments, not {nodes.Count}.", name);
        return name switch
        {
            "geo.distance" or "geo.intersects" or "geo.length" => Geo(name, nodes, exact),
            "cast" => Cast(nodes),
            "isof" => IsOf(nodes),
            "contains" or "startswith" or "endswith" => TextTest(name, nodes),
            "matchespattern" => MatchesPattern(nodes),
            "length" or "indexof" or "substring" or "tolower" or "toupper" or "trim" or "concat" => TextFunction(name, nodes),
            "round" or "floor" or "ceiling" => Rounding(name, Value(nodes[0])),
            "now" => Now(),
            "mindatetime" => new Operand("'0001-01-01T00:00:00Z'::timestamptz", ODataType.DateTimeOffset, Nullable: false),
            "maxdatetime" => new Operand("'9999-12-31T23:59:59.999999Z'::timestamptz", ODataType.DateTimeOffset, Nullable: false),
            _ => TimeFunction(name, nodes),
        };
    }

    private Operand Now()
    {
        UsesClock = true;
        return new Operand("now()", ODataType.DateTimeOffset, Nullable: false);
    }

    /// <summary>Half away from zero, as OData says; PostgreSQL rounds floating point numbers half to even.</summary>
    private Operand Rounding(string name, Operand operand)
    {
        RefuseNotNumber(operand);
        var type = operand.Type is ODataType.Decimal ? ODataType.Decimal : ODataType.Double;
        var a = As(operand, type);
        var sql = name switch
        {
            "round" => $"round({a}::numeric)::{type.SqlName()}",
            "floor" => $"floor({a})",
            _ => $"ceil({a})",
        };
        return Operand.Of(sql, type, operand) with { MayBeNaN = operand.MayBeNaN };
    }

    /// <summary>The first branch whose condition is true; results of one type, numbers of the widest.</summary>
    private Operand Case(Expression.Case node)
    {
        var conditions = node.Branches.Select(x => Predicate(x.Condition, exact: true)).ToList();
        var results = node.Branches.Select(x => Value(x.Result)).ToList();
        var known = results.Find(x => !x.IsLiteral) ?? results.Find(x => !x.IsNull) ?? results[0];
        results = [.. results.Select(x => Literals.Beside(x, known))];
        foreach (var result in results.Where(x => !x.IsNull)) RefuseUncomparable(result, known);
        var type = known.Type.IsNumber() ? results.Where(x => !x.IsNull).Select(x => x.Type).Aggregate(Promoted) : known.Type;
        var branches = conditions.Zip(results, (condition, result) => $" when {condition} then {ResultSql(result, type)}");
        return new Operand($"(case{string.Concat(branches)} end)", type, Nullable: true) { EnumType = known.EnumType, MayBeNaN =
            results.Exists(x => x.MayBeNaN) };
    }

    private string ResultSql(Operand result, ODataType type) => result.IsNull || !type.IsNumber() ? Render(result, type) : As(result, type);
}
