namespace HazardMap.OData.Tests.Access;

/// <summary>
/// Every way on which a request can touch a property or a row. A path that is added to the library belongs in here: it is
/// then tried with every masked property and from every area.
/// </summary>
public static class AccessPaths
{
    /// <summary>Conditions on a property {p}; each would tell its value bit by bit.</summary>
    public static readonly string[] Conditions =
    [
        "{p} eq 'SECRET'", "'SECRET' lt {p}", "{p} ne null", "not ({p} eq null)", "{p} in ('a','b')",
        "startswith({p},'SEC')", "contains({p},'CRET')",
        "endswith({p},'f')", "length({p}) gt 3", "indexof({p},'E') eq 1", "matchesPattern({p},'^S')", "concat({p},'x') eq 'SECRETx'",
        "substring({p},1) eq 'ECRET'", "tolower({p}) eq 'x'", "trim({p}) eq 'x'", "cast({p},Edm.String) eq 'x'",
        "case({p} eq 'SECRET':true,true:false)",
        "1 eq 2 or {p} eq 'SECRET'", "false and {p} eq 'SECRET'", "{p} eq {p}",
    ];

    /// <summary>Where a condition {c} on {s}'s own property can stand.</summary>
    public static readonly string[] Own =
    [
        "{s}?$filter={c}", "{s}/$count?$filter={c}", "{s}?$count=true&$top=0&$filter={c}", "{s}?$apply=filter({c})",
        "{s}?$apply=filter({c})/aggregate($count as C)",
        "{s}?$compute={c} as C&$select=C", "{s}?$filter=@c&@c={c}", "{s}({k})?$compute={c} as C&$select=C", "{s}?$orderby={c}",
        "{s}?$apply=compute({c} as C)",
    ];

    /// <summary>Where a property {p} itself can stand.</summary>
    public static readonly string[] Values =
    [
        "{s}?$orderby={p}", "{s}?$orderby={p} desc", "{s}?$orderby=length({p})", "{s}?$apply=groupby(({p}))",
        "{s}?$apply=groupby(({p}),aggregate($count as C))",
        "{s}?$apply=aggregate({p} with max as M)", "{s}?$apply=aggregate({p} with min as M)",
        "{s}?$apply=aggregate({p} with countdistinct as M)",
        "{s}?$apply=compute(length({p}) as L)/aggregate(L with sum as M)", "{s}?$apply=concat(groupby(({p})),aggregate($count as C))",
        "{s}?$apply=groupby((rollup({p})),aggregate($count as C))", "{s}?$apply=orderby({p})/top(1)", "{s}?$apply=topcount(1,length({p}))",
        "{s}?$compute={p} as X&$select=X", "{s}?$compute=concat({p},'') as X&$orderby=X", "{s}?$filter=$it/{p} eq 'x'",
        "{s}?$filter=@p eq 'x'&@p={p}",
    ];

    /// <summary>From {t} through the navigation {n} to one entity's {p}.</summary>
    public static readonly string[] ThroughOne =
    [
        "{t}?$filter={n}/{p} eq 'x'", "{t}/$count?$filter=startswith({n}/{p},'S')", "{t}?$orderby={n}/{p}", "{t}?$apply=groupby(({n}/{p}))",
        "{t}?$apply=aggregate({n}/{p} with max as M)", "{t}?$apply=filter({n}/{p} eq 'x')", "{t}?$compute={n}/{p} as X&$select=X",
        "{t}?$expand={n}($compute=length({p}) as X;$select=X)",
    ];

    /// <summary>From {t} through the navigation {n} to many entities' {p}.</summary>
    public static readonly string[] ThroughMany =
    [
        "{t}?$filter={n}/any(x:x/{p} eq 'x')", "{t}?$filter={n}/all(x:x/{p} eq 'x')", "{t}?$filter={n}/$count($filter={p} eq 'x') gt 0",
        "{t}?$orderby={n}/$count($filter={p} eq 'x')", "{t}?$expand={n}($filter={p} eq 'x')", "{t}?$expand={n}($orderby={p})",
        "{t}?$expand={n}($compute=length({p}) as X;$select=X)", "{t}?$expand={n}($count=true;$top=0;$filter={p} ne null)",
        "{t}({k})/{n}?$filter={p} eq 'x'", "{t}({k})/{n}/$count?$filter={p} eq 'x'", "{t}({k})/{n}?$orderby={p}",
        "{t}({k})/{n}?$apply=groupby(({p}))",
    ];

    /// <summary>Ways to read rows of {s}; {m} is a text property that is not masked, {f} a number.</summary>
    public static readonly string[] Reading =
    [
        "{s}", "{s}?$select=*", "{s}?$count=true", "{s}?$filter=startswith({m},'SOU') or contains({m},'OUT')", "{s}?$filter=true",
        "{s}?$orderby={m} desc", "{s}?$top=1&$orderby={m} desc",
        "{s}?$skip=1", "{s}?$search=SOUTH", "{s}?$search=SECRET", "{s}?$search=NOT zzz", "{s}?$apply=groupby(({m}))",
        "{s}?$apply=aggregate({m} with max as M)",
        "{s}?$apply=filter(true)", "{s}?$compute=concat({m},'') as X&$select=X", "{s}?$expand=*", "{s}?$expand=*($expand=*)",
        "{s}?$apply=groupby((rollup({m})),aggregate($count as C))",
    ];

    /// <summary>Ways to read through a navigation {n} of {t}.</summary>
    public static readonly string[] ReadingThrough =
    [
        "{t}?$expand={n}", "{t}?$expand={n}($select=*)", "{t}?$expand={n}($expand=*)", "{t}({k})/{n}", "{t}({k})?$expand={n}",
        "{t}?$expand={n}/$ref", "{t}({k})/{n}/$ref",
        "{t}?$select={n}/*", "{t}?$select=*,{n}",
    ];
}
