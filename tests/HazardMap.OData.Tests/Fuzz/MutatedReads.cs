namespace HazardMap.OData.Tests.Fuzz;

/// <summary>Questions that were right, and what is put into them.</summary>
public static class MutatedReads
{
    public static readonly string[] Seeds =
    [
        "Lighthouses?$filter=geo.distance(Place,geography'SRID=4326;Point(104.5 23.5)') lt 5000 and Height gt 3"
            + "&$orderby=Name desc,Height&$top=3",
        "Lighthouses?$filter=geo.intersects(Outline,geography'SRID=4326;Polygon((104 23,105 23,105 24,104 24,104 23))')"
            + "&$select=Name,Kind&$count=true",
        "Lighthouses?$expand=Keepers($filter=Age gt 30;$orderby=Name;$top=2;$count=true),Harbour($select=Name)&$skip=5&$top=4",
        "Lighthouses(01900000-0000-7000-8000-000000000001)/Keepers?$filter=Name in ('a','b') or not (Age eq null)",
        "Harbours('AL1')?$select=Name&$expand=Lighthouses($expand=Keepers)", "Lighthouses/$count?$filter=Keepers/any(k:k/Age mul 2 gt 50)",
        "Lighthouses?$filter=year(BuiltOn) eq 1900 and substring(Name,1,2) eq 'ig' and Kind eq 'Tower'"
            + "&$format=application/json;metadata=full",
        "Lighthouses(01900000-0000-7000-8000-000000000001)/Coast.LookOut()",
        "Lighthouses?$search=fog AND NOT \"horn\"&$orderby=Harbour/Name",
        "Lighthouses?$apply=filter(Height gt 10)/groupby((Kind,Harbour/Name),aggregate($count as N,Height with max as Top))"
            + "&$orderby=N desc&$filter=N gt 1",
        "Harbours('AL1')/Lighthouses?$apply=aggregate(Steps with sum as S,Name with countdistinct as D)",
        "Lighthouses?$apply=filter(Lit)/concat(topcount(2,Height)"
            + "/groupby((rollup($all,Kind,Lit)),aggregate($count as N)),aggregate(Harbour/Depth with sum as S,Keepers/Age with max as M))",
        "Lighthouses?$compute=case(Steps gt 3:Steps divby 2,true:0) as X,year(BuiltOn) as Y&$select=Name,X,Harbour/Name"
            + "&$filter=X gt 2 and Kind has 'Tower'&$orderby=Y desc,X",
        "Harbours?$expand=Parts($levels=max;$select=Code;$compute=Depth mul 2 as D;$filter=D gt @d;@d=1),Lighthouses/$ref($top=2),Whole"
            + "&$search=Harbour",
        "Lighthouses/$filter(@f)/$count?@f=Keepers/$count($filter=Age gt 30;$search=x) gt 1 and Name in @l&@l=[\"a\",null]",
        "$entity?$id=Harbours('AL1')&$select=Name",
        "Lighthouses?$filter=cast(Note,Edm.Int32) eq 1 or isof(Outline,Edm.GeographyPoint) or $root/Harbours('AL1')"
            + "/Depth lt Height or Blink mul 2 gt 'PT1H'",
        "Lighthouses?$filter=geo.intersects(@g,Place) or geo.length(Outline) gt 3"
            + "&@g={\"type\":\"LineString\",\"coordinates\":[[104,23],[105,24]]}",
        "Lighthouses?$compute=Height mul 2 as Twice,year(BuiltOn) as Y,case(Lit eq true:'l',true:'d') as C"
            + "&$filter=Twice gt 20 and cast(Steps,'Edm.String') ne '3'&$orderby=Y desc,C&$select=Name,Twice,Y",
        "Lighthouses?$apply=filter(Height gt 1)/compute(Height mul 2 as H2)/groupby((rollup($all,HarbourCode),Kind),"
            + "aggregate(H2 with average as A,Keepers/$count as K))/orderby(A desc)/skip(1)/top(3)",
        "Lighthouses?$apply=concat(topcount(2,Height),groupby((Kind),aggregate($count as N,Steps with min as M))"
            + "/filter(N gt 1),aggregate(Height with sum as S))&$count=true",
        "Lighthouses?$apply=expand(Keepers,filter(Age gt 3))/search(fog)/bottompercent(50,Height)/identity&$orderby=Name",
        "Lighthouses?$filter=Keepers/any(k:k/Age gt 3 and k/Lighthouse/Height lt 9) or Keepers/all(k:k/Name ne null) "
            + "or $it/Height eq $root/Harbours('AL1')/Depth&$expand=Keepers/$count",
        "Lighthouses?$expand=Harbour($expand=Lighthouses($levels=2;$select=Name;$compute=Height add 1 as H1;$search=fog)),Keepers/$ref"
            + "&$orderby=Keepers/$count,geo.distance(Place,@p)&@p=geography'SRID=4326;Point(104 23)'",
        "Lighthouses?$filter=Name matchespattern '^F' or matchesPattern(Name,'^(a+)+$') or indexof(Name,'x') eq -1 "
            + "and trim(tolower(Note)) in ('a',null) and Blink gt duration'PT1S' and round(Height) divby 2 ge 1.5",
        "Lighthouses?$filter=now() gt LastSeenAt and date(LastSeenAt) lt 2020-01-01 and totaloffsetminutes(LastSeenAt) eq 0 "
            + "and fractionalseconds(OpensAt) lt 0.5&$schemaversion=*", "Markers?$deltatoken=abc&$select=Name",
        "Lighthouses(01900000-0000-7000-8000-000000000001)/Harbour/Lighthouses/$filter(@f)/$count?@f=Height gt 2",
        "$entity?$id=Lighthouses(01900000-0000-7000-8000-000000000001)&$select=Name", "$batch", "$all?$filter=isof('Coast.Lighthouse')",
        "Lighthouses/$query?$index=0", "$crossjoin(Lighthouses,Keepers)?$filter=Lighthouses/Id eq Keepers/LighthouseId",
        "Lighthouses/01900000-0000-7000-8000-000000000001/Name/$value", "Lighthouses?$top=2&$skiptoken=WyJhYSIsbnVsbF0.e30",
        "$metadata?$format=json", "Lighthouses?$filter=contains(concat(Name,@a),@b)&@a='x'&@b='y'&$skiptoken=WyJhYSJd",
    ];

    public static readonly string[] Pieces =
    [
        "'", "''", "(", ")", "((", ",", "/", "$", "@", "%00", "%27", "%", "+", " ", "null", "true", "INF", "NaN", "-1",
        "99999999999999999999", "1e400",
        "eq", "not ", "$it", "$this", "geography'", "SRID=0;", "Point(", "POLYGON", "2024-02-30", "duration'P1D'", "Edm.String", "cast(",
        "isof(", "any(", "all(",
        "$root/", "rollup(", "concat(", "topsum(", "identity/", "as X", "with sum", "$levels=2;", "case(true:1)", "cast(null,Edm.Int32)",
        "GeometryCollection(", "[1,null]",
        "$count", "$value", "$ref", "$filter=", "&", "?", ";", ":", "雾", "😀", "\ud800", "*", "[", "]", "{\"a\":1}", "x'00'",
        "binary'AA'", "Coast.", "case(",
        "$apply=groupby((Kind))", "$expand=*", "$select=*", "$levels=max", "has", "in", "div", "mod", "divby", "max", "..", "//", "#",
    ];
}
