using System.Globalization;

namespace HazardMap.OData.Tests.Oracle;

/// <summary>Makes pairs of an OData condition and the SQL that a person would write for it, nulls spelt out.</summary>
public sealed class OracleFilters(Random random)
{
    private static readonly (string OData, string Sql)[] Numbers =
    [
        ("Height", "l.height"), ("Steps", "l.steps::float8"), ("RangeNm", "l.range_nm::float8"), ("Visitors", "l.visitors::float8"),
        ("Price", "l.price::float8"), ("Harbour/Depth", "h.depth::float8"), ("year(BuiltOn)", "date_part('year', l.built_on)"),
        ("length(Note)", "char_length(l.note)::float8"), ("indexof(Name,'t')", "(position('t' in l.name) - 1)::float8"),
        ("hour(LastSeenAt)", "date_part('hour', l.last_seen_at at time zone 'utc')"), ("Height add Steps", "(l.height + l.steps)"),
        ("Height sub RangeNm", "(l.height - l.range_nm)"), ("RangeNm mul 3", "(l.range_nm * 3)::float8"),
        ("Height div 4", "(l.height / 4)"),
        ("Steps div 7", "trunc(l.steps / 7.0)::float8"), ("Steps mod 7", "(l.steps - 7 * trunc(l.steps / 7.0))::float8"),
        ("floor(Height)", "floor(l.height)"), ("ceiling(Height)", "ceil(l.height)"), ("-Steps", "(0 - l.steps)::float8"),
        ("Keepers/$count", "(select count(*) from coast.keepers k where k.lighthouse_id = l.id)::float8"),
        ("geo.distance(Place,geography'SRID=4326;Point(104.5 23.5)')", "st_distance(l.place, st_makepoint(104.5, 23.5)::geography)"),
        ("geo.distance(Outline,geography'SRID=4326;LineString(104.1 23.1,104.9 23.9)')",
            "st_distance(l.outline, st_makeline(st_makepoint(104.1, 23.1), st_makepoint(104.9, 23.9))::geography)"),
        ("geo.length(Outline)", "st_length(l.outline)"), ("month(LastSeenAt)", "date_part('month', l.last_seen_at at time zone 'utc')"),
        ("Steps divby 7", "(l.steps::numeric / 7)::float8"), ("round(Price)", "(sign(l.price) * floor(abs(l.price) + 0.5))::float8"),
        ("totalseconds(Blink)", "date_part('epoch', l.blink)"),
        ("fractionalseconds(LastSeenAt)", "(to_char(l.last_seen_at, 'US')::float8 / 1000000)"),
        ("minute(OpensAt)", "to_char(l.opens_at, 'MI')::float8"), ("second(LastSeenAt)", "to_char(l.last_seen_at, 'SS')::float8"),
        ("day(BuiltOn)", "to_char(l.built_on, 'DD')::float8"),
        ("cast(Visitors,Edm.Int32)", "(case when abs(l.visitors) < 2147483648 then l.visitors end)::float8"),
        ("cast(Height,Edm.Decimal)", "l.height"),
        ("case(Steps gt 200:Steps,Lit:Height)", "(case when l.steps > 200 then l.steps::float8 when l.lit then l.height end)"),
        ("case(Lit:1,not Lit:2,true:Steps)", "coalesce(2 - l.lit::int, l.steps)::float8"),
        ("Steps mul 1000 sub Visitors", "(l.steps::float8 * 1000 - l.visitors)"),
        ("Keepers/$count($filter=Age gt 30)",
            "(select count(*) filter (where k.age > 30) from coast.keepers k where k.lighthouse_id = l.id)::float8"),
        ("Keepers/$count($filter=not (Age gt 30))",
            "(select count(*) - count(*) filter (where k.age > 30) from coast.keepers k where k.lighthouse_id = l.id)::float8"),
        ("Harbour/Lighthouses/$count", "(select count(*) from coast.lighthouses o where o.harbour_code = h.code)::float8"),
        ("totalseconds(LastSeenAt sub 2021-06-01T00:00:00Z)",
            "date_part('epoch', l.last_seen_at) - date_part('epoch', timestamptz '2021-06-01Z')"),
        ("totalseconds(BuiltOn sub 1900-01-01)", "((l.built_on - date '1900-01-01') * 86400.0)::float8"),
        ("totalseconds(Blink mul 3 div 2)", "(date_part('epoch', l.blink) * 1.5)"),
        ("Price mod 7", "(l.price - 7 * trunc(l.price / 7))::float8"),
        ("RangeNm mul RangeNm mul 100", "(l.range_nm::float8 * l.range_nm * 100)"),
    ];

    private static readonly (string OData, string Sql)[] Texts =
    [
        ("Name", "l.name"), ("Note", "l.note"), ("CallSign", "l.call_sign"), ("Harbour/Name", "h.name"), ("HarbourCode", "l.harbour_code"),
        ("tolower(Note)", "lower(l.note)"), ("toupper(Name)", "upper(l.name)"), ("concat(Name,Note)", "l.name || l.note"),
        ("substring(Name,6)", "substring(l.name from 7)"), ("substring(Name,2,3)", "substring(l.name from 3 for 3)"),
        ("trim(Note)", "btrim(l.note)"),
        ("substring(Note,-2)", "right(l.note, 2)"), ("substring(Name,-3,2)", "left(right(l.name, 3), 2)"),
        ("substring(Name,1,100)", "right(l.name, -1)"), ("substring(Note,50)", "left(l.note, 0)"),
        ("cast(Steps,Edm.String)", "l.steps::text"), ("cast(BuiltOn,Edm.String)", "l.built_on::text"),
        ("case(Lit:Name,true:Note)", "(case when l.lit then l.name else l.note end)"),
        ("cast(Kind,Edm.String)", "l.kind"),
        ("cast(date(LastSeenAt),Edm.String)", "to_char(l.last_seen_at at time zone 'utc', 'YYYY-MM-DD')"),
    ];

    private static readonly string[] Words = ["", "fog", "Fog horn", "雾号", "a%b_c\\d", "o'clock", "%", "_", "Light 1", "light", "t",
        "H00", "C1", "ß", "😀", " "];

    private static readonly (string OData, string Sql)[] Comparisons = [("gt", ">"), ("ge", ">="), ("lt", "<"), ("le", "<=")];

    public (string OData, string Sql) Condition(int depth)
    {
        if (depth > 0 && random.Next(3) > 0)
        {
            var (a, b) = (Condition(depth - 1), Condition(depth - 1));
            return random.Next(3) switch
            {
                0 => ($"({a.OData} and {b.OData})", $"({a.Sql} and {b.Sql})"),
                1 => ($"({a.OData} or {b.OData})", $"({a.Sql} or {b.Sql})"),
                _ => ($"not ({a.OData})", $"not ({a.Sql})"),
            };
        }
        return random.Next(9) switch
        {
            0 or 1 => Number(),
            2 => Text(),
            3 => Pick([("Lit", "l.lit"), ("Lit eq true", "(l.lit is not null and l.lit)"), ("Lit ne true", "(l.lit is null or not l.lit)"),
                ("Kind eq 'Tower'", "l.kind = 'Tower'"), ("Kind in ('Beacon','Tower')", "l.kind <> 'Lightship'"),
                ("Kind lt 'Beacon'", "l.kind <> 'Beacon'"),
                ("Kind has 'Tower'", "l.kind = 'Tower'"), ("Kind eq cast(1,Coast.LighthouseKind)", "l.kind = 'Lightship'"),
                ("matchespattern(Name,'t [0-9]{2}$')", "l.name similar to '%t [0-9][0-9]'"),
                ("isof(Outline,Edm.GeographyPoint)", "(l.outline is not null and st_geometrytype(l.outline::geometry) = 'ST_Point')"),
                ("Harbour eq null", "h.code is null"),
                ("HarbourCode in (CallSign,'H003',null)", "(l.harbour_code is null or l.harbour_code in (l.call_sign, 'H003'))"),
                ("Lit in (true,null)", "l.lit is not false")]),
            4 => Null(),
            5 => Time(),
            6 => Shape(),
            7 => Keepers(),
            _ => Pair(),
        };
    }

    private (string OData, string Sql) Number()
    {
        var (odata, sql) = Pick(Numbers);
        var value = random.Next(4) switch { 0 => random.Next(-30, 50), 1 => random.Next(0, 3000), 2 => random.Next(0, 100000), _ =>
            random.Next(0, 2000) / 10.0 };
        var literal = value.ToString("0.###", CultureInfo.InvariantCulture);
        if (random.Next(6) == 0) return ($"{odata} eq {literal}", $"({sql} is not null and {sql} = {literal}::float8)");
        if (random.Next(6) == 0) return ($"{odata} ne {literal}", $"({sql} is null or {sql} <> {literal}::float8)");
        if (random.Next(8) == 0)
            return ($"({odata}) in ({(int)value % 30000},1,2)", $"({sql} is not null and {sql} in ({(int)value % 30000}, 1, 2))");
        var (word, sign) = Pick(Comparisons);
        return random.Next(4) == 0
            ? ($"{literal} {word} {odata}", $"({sql} is not null and {literal}::float8 {sign} {sql})")
            : ($"{odata} {word} {literal}", $"({sql} is not null and {sql} {sign} {literal}::float8)");
    }

    private (string OData, string Sql) Text()
    {
        var (odata, sql) = Pick(Texts);
        var word = Words[random.Next(Words.Length)];
        var (inUrl, inSql) = ($"'{word.Replace("'", "''", StringComparison.Ordinal)}'",
            $"'{word.Replace("'", "''", StringComparison.Ordinal)}'::text");
        return random.Next(7) switch
        {
            0 => ($"{odata} eq {inUrl}", $"({sql} is not null and {sql} = {inSql})"),
            1 => ($"{odata} ne {inUrl}", $"({sql} is null or {sql} <> {inSql})"),
            2 => ($"contains({odata},{inUrl})", $"(position({inSql} in {sql}) > 0)"),
            3 => ($"startswith({odata},{inUrl})", $"(left({sql}, char_length({inSql})) = {inSql})"),
            4 => ($"endswith({odata},{inUrl})",
                $"(right({sql}, char_length({inSql})) = {inSql} or char_length({inSql}) = 0 and {sql} is not null)"),
            5 => ($"{odata} in ({inUrl},'fog')", $"({sql} is not null and ({sql} = {inSql} or {sql} = 'fog'))"),
            _ => ($"{odata} ge {inUrl}", $"({sql} is not null and {sql} >= {inSql})"),
        };
    }

    private (string OData, string Sql) Null()
    {
        var (odata, sql) = random.Next(2) == 0 ? Pick(Numbers) : Pick(Texts);
        return random.Next(3) switch
        {
            0 => ($"{odata} eq null", $"({sql}) is null"),
            1 => ($"{odata} ne null", $"({sql}) is not null"),
            _ => ($"{odata} gt null", "false"),
        };
    }

    private (string OData, string Sql) Time()
    {
        var day = new DateOnly(1850, 1, 1).AddDays(random.Next(70000)).ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);
        var moment = new DateTime(2020, 1, 1, 0, 0, 0, DateTimeKind.Utc).AddSeconds(random.Next(100000000))
            .ToString("yyyy-MM-ddTHH:mm:ssZ", CultureInfo.InvariantCulture);
        var (word, sign) = Pick(Comparisons);
        return random.Next(4) switch
        {
            0 => ($"BuiltOn {word} {day}", $"(l.built_on is not null and l.built_on {sign} '{day}'::date)"),
            1 => ($"LastSeenAt {word} {moment}", $"(l.last_seen_at is not null and l.last_seen_at {sign} '{moment}'::timestamptz)"),
            2 => ($"OpensAt {word} 12:30:00", $"(l.opens_at is not null and l.opens_at {sign} '12:30'::time)"),
            _ => ($"Blink {word} duration'PT10H'", $"(l.blink is not null and l.blink {sign} interval '10 hours')"),
        };
    }

    private (string OData, string Sql) Shape()
    {
        var (west, south) = (104 + random.Next(900) / 1000.0, 23 + random.Next(900) / 1000.0);
        var size = random.Next(1, 300) / 1000.0;
        var ring = string.Create(CultureInfo.InvariantCulture,
            $"{west} {south},{west + size:0.###} {south},{west + size:0.###} {south + size:0.###},{west} "
                + $"{south + size:0.###},{west} {south}");
        var point = string.Create(CultureInfo.InvariantCulture, $"{west} {south}");
        var metres = random.Next(0, 60000);
        var other = string.Create(CultureInfo.InvariantCulture, $"{104 + random.Next(900) / 1000.0} {23 + random.Next(900) / 1000.0}");
        var (literal, wkt) = random.Next(7) switch
        {
            0 => ($"Point({point})", $"POINT({point})"),
            1 => ($"LineString({point},{other})", $"LINESTRING({point},{other})"),
            2 => ($"Polygon(({ring}))", $"POLYGON(({ring}))"),
            3 => ($"MultiPoint(({point}),({other}))", $"MULTIPOINT(({point}),({other}))"),
            4 => ($"MultiLineString(({point},{other}),({other},104.5 23.5))", $"MULTILINESTRING(({point},{other}),({other},104.5 23.5))"),
            5 => ($"MultiPolygon((({ring})),((105 24,105.01 24,105.01 24.01,105 24)))",
                $"MULTIPOLYGON((({ring})),((105 24,105.01 24,105.01 24.01,105 24)))"),
            _ => ($"GeometryCollection(Point({other}),Polygon(({ring})))", $"GEOMETRYCOLLECTION(POINT({other}),POLYGON(({ring})))"),
        };
        var column = random.Next(2) == 0 ? ("Place", "l.place") : ("Outline", "l.outline");
        return random.Next(8) switch
        {
            4 => ($"geo.distance(geography'SRID=4326;{literal}',{column.Item1}) lt {metres}",
                $"({column.Item2} is not null and st_distance('{wkt}'::geography, {column.Item2}) < {metres})"),
            5 => ($"{metres} ge geo.distance({column.Item1},geography'{literal}')",
                $"({column.Item2} is not null and st_distance({column.Item2}, '{wkt}'::geography) <= {metres})"),
            6 => ($"geo.intersects(geography'SRID=4326;{literal}',{column.Item1})",
                $"_st_distanceuncached({column.Item2}, '{wkt}'::geography, 0, true) < 0.00001"),
            7 => ($"(geo.distance(Place,Outline) lt {metres} or geo.distance(Place,Harbour/Basin) lt {metres})",
                $"(coalesce(st_distance(l.place, l.outline), 1e9) < {metres} or coalesce(st_distance(l.place, h.basin), 1e9) < {metres})"),
            0 => ($"geo.intersects(Place,geography'SRID=4326;Polygon(({ring}))')",
                $"_st_distanceuncached(l.place, 'POLYGON(({ring}))'::geography, 0, true) < 0.00001"),
            1 => ($"geo.intersects(Outline,geography'SRID=4326;Polygon(({ring}))')",
                $"_st_distanceuncached(l.outline, 'POLYGON(({ring}))'::geography, 0, true) < 0.00001"),
            2 => ($"geo.distance(Place,geography'SRID=4326;Point({point})') lt {metres}",
                $"st_distance(l.place, 'POINT({point})'::geography) < {metres}"),
            _ => ($"geo.distance(Outline,geography'SRID=4326;Point({point})') le {metres}",
                $"(l.outline is not null and st_distance(l.outline, 'POINT({point})'::geography) <= {metres})"),
        };
    }

    private (string OData, string Sql) Keepers()
    {
        var age = random.Next(25, 45);
        return random.Next(3) switch
        {
            0 => ($"Keepers/any(k:k/Age gt {age})",
                $"(select count(*) from coast.keepers k where k.lighthouse_id = l.id and k.age > {age}) > 0"),
            1 => ($"Keepers/all(k:k/Age gt {age})",
                $"(select count(*) from coast.keepers k where k.lighthouse_id = l.id and (k.age is null or k.age <= {age})) = 0"),
            _ => ("Keepers/any()", "(select count(*) from coast.keepers k where k.lighthouse_id = l.id) > 0"),
        };
    }

    private (string OData, string Sql) Pair()
    {
        var (a, b) = (Pick(Numbers), Pick(Numbers));
        var (word, sign) = Pick(Comparisons);
        return random.Next(3) switch
        {
            0 => ($"({a.OData}) eq ({b.OData})",
                $"({a.Sql} is null and {b.Sql} is null or {a.Sql} is not null and {b.Sql} is not null and {a.Sql} = {b.Sql})"),
            1 => ($"({a.OData}) ne ({b.OData})",
                $"not ({a.Sql} is null and {b.Sql} is null or {a.Sql} is not null and {b.Sql} is not null and {a.Sql} = {b.Sql})"),
            _ => ($"({a.OData}) {word} ({b.OData})", $"({a.Sql} is not null and {b.Sql} is not null and {a.Sql} {sign} {b.Sql})"),
        };
    }

    /// <summary>A number that may be null.</summary>
    public (string OData, string Sql) AnyNumber() => Pick(Numbers);

    private (string OData, string Sql) Pick((string OData, string Sql)[] choices) => choices[random.Next(choices.Length)];
}
