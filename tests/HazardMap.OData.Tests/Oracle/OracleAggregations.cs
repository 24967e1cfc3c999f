using System.Globalization;

namespace HazardMap.OData.Tests.Oracle;

/// <summary>
/// Makes pairs of query options with <c>$apply</c> and SQL that a person would write for them; each row of the SQL is one
/// JSON object with the paths as names.
/// </summary>
public sealed class OracleAggregations(Random random)
{
    private static readonly (string OData, string Sql)[] Groups =
    [
        ("Kind", "l.kind"), ("Lit", "l.lit"), ("HarbourCode", "l.harbour_code"), ("Harbour/Depth", "h.depth"), ("RangeNm", "l.range_nm"),
        ("Harbour/Name", "h.name"), ("Note", "l.note"),
    ];

    // Sums of floating point numbers depend on the order of the rows; they are left to tests of their own.
    private static readonly (string OData, string Sql)[] Values =
    [
        ("$count", "count(*)"), ("Steps with sum", "sum(l.steps)"), ("Steps with max", "max(l.steps)"),
        ("Height with min", "min(l.height)"), ("Height with max", "max(l.height)"),
        ("Visitors with average", "avg(l.visitors)::float8"), ("Name with countdistinct", "count(distinct l.name)"),
        ("Steps mul 2 with sum", "sum(l.steps * 2)"), ("Price with sum", "sum(l.price)"),
        ("BuiltOn with min", "min(l.built_on)"), ("Note with max", "max(l.note)"), ("RangeNm with average", "avg(l.range_nm)::float8"),
        ("Harbour with countdistinct", "count(distinct h.code)"),
        ("Harbour/Depth with max", "max(h.depth)"),
        ("Keepers/$count", "coalesce(sum((select count(*) from coast.keepers k where k.lighthouse_id = l.id)), 0)"),
        ("Keepers/Age with sum", "sum((select sum(k.age) from coast.keepers k where k.lighthouse_id = l.id))"),
        ("case(Lit:Steps) with sum", "sum(l.steps) filter (where l.lit)"),
        ("Kind with min", "(array['Tower','Lightship','Beacon'])[min(case l.kind when 'Tower' then 1 when 'Lightship' then 2 else 3 end)]"),
    ];

    private readonly OracleFilters _filters = new(random);

    public (string OData, string Sql) Question()
    {
        var groups = Some(Groups, random.Next(4));
        var values = Some(Values, random.Next(1, 4));
        var (filter, where) = random.Next(2) == 0 ? _filters.Condition(1) : ("true", "true");
        var (before, source) = Taken();
        var rollup = groups.Count > 0 && random.Next(4) == 0;
        var aggregate = "aggregate(" + string.Join(',', values.Select((x, i) => $"{x.OData} as A{i}")) + ")";
        var by = string.Join(',', groups.Select(x => x.OData));
        var step = groups.Count == 0 ? aggregate : rollup ? $"groupby((rollup($all,{by})),{aggregate})" : $"groupby(({by}),{aggregate})";
        var sets = rollup
            ? Enumerable.Range(0, groups.Count + 1).Select(x => groups[..x]).ToList()
            : [groups];
        var parts = sets.Select(x => Part(x, values, source, where));
        return ($"$apply=filter({filter}){before}/{step}", string.Join(" union all ", parts));
    }

    private static string Part(List<(string OData, string Sql)> groups, List<(string OData, string Sql)> values,
        string source, string where)
    {
        var members = groups.Select(x => $"'{x.OData}', {x.Sql}").Concat(values.Select((x, i) => $"'A{i}', {x.Sql}"));
        return $"select json_build_object({string.Join(", ", members)}) j "
            + $"from {string.Format(CultureInfo.InvariantCulture, source, where)} l left join coast.harbours h on h.code = l.harbour_code"
            + (groups.Count > 0 ? $" group by {string.Join(", ", groups.Select(x => x.Sql))}" : "");
    }

    /// <summary>All of the rows, or the first by some order.</summary>
    private (string OData, string Sql) Taken()
    {
        const string all = "(select l.* from coast.lighthouses l left join coast.harbours h on h.code = l.harbour_code where ({0}) is true";
        var n = random.Next(1, 300);
        return random.Next(6) switch
        {
            0 => ($"/topcount({n},Steps)", $"{all} order by l.steps desc nulls last, l.id limit {n})"),
            1 => ($"/bottomcount({n},Height)", $"{all} order by l.height nulls first, l.id limit {n})"),
            2 => ($"/orderby(Note desc,Id)/skip({n})", $"{all} order by l.note desc nulls last, l.id offset {n})"),
            3 => ($"/filter(Steps gt 0)/topsum({n * 100},Steps)",
                "(select * from (select l.*, sum(l.steps) over (order by l.steps desc, l.id) - l.steps as before from coast.lighthouses l "
                    + "left join coast.harbours h on h.code = l.harbour_code where ({0}) is true and l.steps > 0) q "
                    + $"where before < {n * 100})"),
            _ => ("", all + ")"),
        };
    }

    private List<T> Some<T>(T[] choices, int count) => [.. choices.OrderBy(_ => random.Next()).Take(count)];
}
