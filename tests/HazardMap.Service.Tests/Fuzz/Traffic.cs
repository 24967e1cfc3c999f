namespace HazardMap.Service.Tests.Fuzz;

/// <summary>Requests to the whole service that are right: method and path, headers, an empty line, the body.</summary>
internal static class Traffic
{
    public const string Hazard = "0198c0de-0000-7000-8000-000000000001";
    public const string Facility = "0198c0de-0000-7000-8000-000000000002";
    public const string Person = "0198c0de-0000-7000-8000-000000000003";

    public static readonly string[] Reads =
    [
        "GET odata/Hazards?$filter=geo.distance(Location,geography'SRID=4326;Point(104.24 23.37)') lt 5000 and DepthMetres gt 1.5"
            + "&$orderby=RiskScore desc,Code&$top=20&$count=true",
        "GET odata/Hazards?$filter=geo.intersects(Shape,geography'SRID=4326;Polygon((104 23,105 23,105 24,104 24,104 23))')&$top=50",
        "GET odata/Hazards?$filter=year(CreatedAt) eq 2026 and LastInspectedAt lt 2026-07-01T00:00:00Z and contains(Name,'水')&$top=5",
        "GET odata/Hazards?$filter=NextInspectionDueAt sub CreatedAt gt duration'P30D' or date(UpdatedAt) ge 2026-01-01&$top=5",
        "GET odata/Hazards?$orderby=geo.distance(Location,geography'SRID=4326;Point(104.2 23.3)')&$top=5&$expand=Division,Responsibilities",
        "GET odata/Hazards?$apply=filter(DepthMetres gt 2)/groupby((Kind,RiskLevel),aggregate($count as N,DepthMetres with max as M))",
        "GET odata/Hazards?$apply=groupby((rollup($all,DivisionCode,Kind)),aggregate(RiskScore with sum as S))&$orderby=S desc",
        "GET odata/Hazards?$compute=DepthMetres mul 2 as D,year(CreatedAt) as Y&$select=Code,D,Y&$filter=D gt 3&$top=5",
        "GET odata/Hazards?$search=水 AND NOT 井&$select=Code,Name&$top=5", "GET odata/Hazards?$filter=Id in @l&@l=[\"a\",1]",
        $"GET odata/Hazards({Hazard})?$expand=Inspections($orderby=At desc;$top=3),Rectifications,Division($select=Name)",
        $"GET odata/Hazards({Hazard})/HazardMap.ExplainRisk(at=2026-07-01T12:00:00Z)", $"GET odata/Hazards({Hazard})/Name/$value",
        $"GET odata/Hazards({Hazard})/HazardMap.WhatIf(Access='Fenced',DepthMetres=1.5,HasSign=true)",
        "GET odata/Divisions('532601')/HazardMap.WorstHazards(top=10)", "GET odata/Divisions('532601')/HazardMap.FourOnes()",
        "GET odata/RiskRules('2026-1')/HazardMap.Profile(at=2026-07-01T12:00:00Z)", "GET odata/Divisions/$count?$filter=Level eq 'County'",
        $"GET odata/Facilities({Facility})/HazardMap.WayToSchoolHazards(withinMetres=100)", "GET odata/$metadata?$format=json",
        "GET odata/Facilities?$filter=Under5 add Aged5To14 gt 100 and Kind eq 'School'&$top=10&$skip=5", "GET odata/openapi.json",
        "GET odata/Inspections?$filter=At gt 2026-01-01T00:00:00Z and hour(At) lt 12&$expand=Hazard($select=Code)&$top=5",
        "GET odata/Incidents?$filter=OccurredOn ge 2020-01-01 and OccurredOn lt 2026-12-31&$apply=aggregate($count as N)",
        "GET odata/Responsibilities?$filter=ValidFrom le 2026-07-01 and ValidTo eq null&$expand=Person&$top=3", "GET odata/People?$top=3",
        "GET odata/Hazards?$top=3&$skiptoken=WyJhYSJd", "GET odata/Hazards?$deltatoken=abc", "GET odata/CoverageRuns?$orderby=Id desc",
        "GET odata/Hazards?$top=2\nPrefer: track-changes,maxpagesize=2\nAccept: application/json;odata.metadata=full;q=0.5",
    ];

    public static readonly string[] Writes =
    [
        $"PATCH odata/Hazards({Hazard})\nIf-Match: *\n\n" + """{"Name":"坑塘","DepthMetres":2.5,"Flow":"Still","HasSign":true,"""
            + """ "LastInspectedAt":"2026-09-01T00:00:00Z","Location":{"type":"Point","coordinates":[104.2,23.3]}}""",
        $"PATCH odata/Hazards({Hazard})\nIf-Match: *\nPrefer: return=representation\n\n" + """
            {"Shape":{"type":"Polygon","coordinates":[[[104.2,23.3],[104.21,23.3],[104.21,23.31],[104.2,23.31],[104.2,23.3]]]},
             "Status":"Rectifying","Bank":null,"LastInspectedAt":"2026-06-30T08:00:00+08:00"}
            """,
        "POST odata/Hazards\nPrefer: return=representation\n\n"
            + """{"Code":"FZ1","Name":"新坑塘","Kind":"Pond","DivisionCode":"532601","""
            + """ "Location":{"type":"Point","coordinates":[104.25,23.35]},"DepthMetres":1.25,"OwnerUnit":"村委会"}""",
        "POST odata/Hazards\n\n"
            + """{"Code":"FZ2","Name":"河","Kind":"River","DivisionCode":"532601","Shape":{"type":"MultiLineString","""
            + """ "coordinates":[[[104.2,23.3],[104.3,23.4]],[[104.31,23.4],[104.32,23.41]]]}}""",
        "POST odata/Facilities\n\n"
            + """{"Code":"FZ3","Name":"小学","Kind":"School","DivisionCode":"532601","Aged5To14":200,"Under5":0,"""
            + """ "Location":{"type":"Point","coordinates":[104.24,23.36]},"Capacity":300}""",
        $"PATCH odata/Facilities({Facility})\nIf-Match: *\n\n" + """{"Aged5To14":180,"Aged60Plus":0,"Status":"Open"}""",
        $"POST odata/Hazards({Hazard})/Inspections\n\n" + """{"At":"2026-06-30T08:00:00Z","Result":"Safe","HasSign":true,"Notes":"好","""
            + """ "Position":{"type":"Point","coordinates":[104.2,23.3]}}""",
        "POST odata/Rectifications\n\n" + $$"""{"HazardId":"{{Hazard}}","FoundAt":"2026-06-30T08:00:00Z","Description":"无警示牌","""
            + """ "DueOn":"2026-07-30"}""",
        "POST odata/Incidents\n\n" + $$"""{"HazardId":"{{Hazard}}","OccurredOn":"2026-06-01","AgeBand":"Aged5To14","Outcome":"Rescued"}""",
        "POST odata/People\n\n" + """{"Name":"河长","Phone":"13800005678","Unit":"水务局","Level":"County","DivisionCode":"532601"}""",
        "POST odata/Responsibilities\n\n" + $$"""{"PersonId":"{{Person}}","HazardId":"{{Hazard}}","Role":"Leader","""
            + """ "ValidFrom":"2026-01-01","ValidTo":"2026-12-31"}""",
        $"PUT odata/Hazards({Hazard})/OwnerUnit\nIf-Match: *\n\n" + """{"value":"村委会"}""",
        $"PUT odata/Hazards({Hazard})/DepthMetres/$value\nIf-Match: *\nContent-Type: text/plain\n\n3.25",
        "PATCH odata/Divisions('532601')\nIf-Match: *\n\n" + """{"Name":"文山市","Population":500000,"ValidFrom":"2000-01-01"}""",
        "POST odata/CoverageRuns\n\n" + """{"Name":"f","Kind":"School","Mode":"Straight","Unit":"Metres","Bands":"1000 3000 5000","""
            + """ "Demand":"Children","Beta":1.5,"DrawAreas":false}""",
        "PATCH odata/Hazards\n\n" + $$"""{"@context":"#$delta","value":[{"Id":"{{Hazard}}","@etag":"*","DepthMetres":2.5},"""
 
                  + """{"Code":"FZ4","Name":"井","Kind":"Well","DivisionCode":"532601","Location":{"type":"Point","""
            + """ "coordinates":[104.3,23.3]}}]}""",
        $"DELETE odata/Hazards({Facility})\nIf-Match: *\n\n", "DELETE odata/Responsibilities(0198c0de-0000-7000-8000-00000000000f)\n\n",
    ];

    public static readonly string[] Batches =
    [
        "POST odata/$batch\n\n" + """{"requests":[{"id":"1","atomicityGroup":"g","method":"post","url":"Hazards","body":{"Code":"FB1","""
            + """ "Name":"塘","Kind":"Pond","DivisionCode":"532601","Location":{"type":"Point","coordinates":[104.25,23.35]}}},"""
            + """{"id":"2","atomicityGroup":"g","method":"patch","url":"$1","headers":{"If-Match":"*"},"body":{"DepthMetres":1.5}},"""
            + """{"id":"3","dependsOn":["g"],"method":"get","url":"$1?$select=Name,RiskScore"}]}""",
        "POST odata/$batch\nPrefer: continue-on-error\n\n" + """{"requests":[{"id":"a","method":"get","url":"Hazards?$top=2"},"""
            + $$"""{"id":"b","method":"patch","url":"Hazards({{Hazard}})","headers":{"If-Match":"*"},"body":{"HasRing":true} },"""
            + """{"id":"c","method":"get","url":"Facilities/$count?$filter=Kind eq 'School'"}]}""",
        "POST odata/$batch\nContent-Type: multipart/mixed;boundary=b\n\n--b\r\nContent-Type: application/http\r\n\r\n"
            + "GET Hazards?$top=1 HTTP/1.1\r\n\r\n\r\n--b\r\nContent-Type: multipart/mixed;boundary=c\r\n\r\n--c\r\n"
            + $"Content-Type: application/http\r\nContent-ID: 1\r\n\r\nPATCH Hazards({Hazard}) HTTP/1.1\r\nIf-Match: *\r\n"
            + "Content-Type: application/json\r\n\r\n{\"Name\":\"坑塘\"}\r\n--c--\r\n--b--\r\n",
    ];

    public static readonly string[] Own =
    [
        "GET api/coverage?kind=School&within=1500&demand=children&level=Township", "GET api/status", "GET api/roads", "GET api/session",
        "POST api/session\n\n{\"user\":\"admin\",\"password\":\"12345678\"}", "GET api/changes\nLast-Event-ID: 1-2", "GET login?code=abc",
        "GET health/ready", "GET metrics", "GET api/coverage?kind=SwimmingPool&within=5000.5&demand=pupils",
    ];

    public static readonly string[] Tiles =
    [
        "GET tiles/hazards/14/12938/7110.mvt", "GET tiles/hazards/9/404/222.mvt",
        "GET tiles/hazards/7/101/55.mvt?properties=OwnerUnit,Bank",
        "GET tiles/facilities/12/3234/1777.mvt", "GET tiles/divisions/8/202/111.mvt", "GET tiles/hazards.json", "GET tiles/layers.json",
        "GET tiles/hazards/style.json", "GET tiles/rivers/10/808/444.mvt", "GET tiles/basemap/6/50/27.mvt",
        "GET tiles/roads/14/12938/7110.mvt",
    ];

    public static readonly string[] Pieces =
    [
        "\"", "'", "{", "}", "[", "]", ",", ":", "null", "true", "1e999", "-0", "\\u0000", "\\ud800", "\\udc00\\ud800", "NaN", "INF",
        "\"@odata.type\":1,", "\"@id\":\"Hazards(1)\",", "[[[[1]]]]", "\"\"", "\0", "$", "(", ")", "((", "/", "%", "%00", "%27", "%ff",
        "%c0%af",
        "%ed%a0%80", "%e6%b0", "%f0%9f%98%80", "雾", "😀", "\ud800", "&", "?", ";", "#", "..", "//", "\r\n", "\n", "--b", "eq",
        " or ", "not ",
        "geography'", "Point(", "SRID=0;", "duration'P1D'", "0001-01-01", "9999-12-31", "-1", "99999999999999999999", "@odata.bind",
        "$filter=", "$apply=groupby((Kind))", "$expand=*", "$levels=max", "$count", "$value", "If-Match: *\n", "Content-Type: text/plain\n",
        "Content-Encoding: gzip\n", "Accept: text/html\n", "Accept-Charset: gbk\n", "Prefer: respond-async\n", "OData-Version: 3.0\n",
    ];
}
