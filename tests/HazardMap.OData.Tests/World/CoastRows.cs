using Npgsql;

namespace HazardMap.OData.Tests.World;

/// <summary>A few named rows that tests speak about, and some hundred seeded ones with every kind of value and null.</summary>
public static class CoastRows
{
    public static readonly Guid Pharos = new("01900000-0000-7000-8000-000000000001");
    public static readonly Guid Skerryvore = new("01900000-0000-7000-8000-000000000002");
    public static readonly Guid Empty = new("01900000-0000-7000-8000-000000000003");

    public static async Task FillAsync(NpgsqlDataSource source)
    {
        await Coast.RunAsync(source, Named);
        await Coast.RunAsync(source, Seeded);
        await Coast.RunAsync(source, "analyze");
    }

    private const string Named = """
        insert into coast.harbours values
          ('AL1', 'Alexandria', 'SRID=4326;POLYGON((29.8 31.1,30.0 31.1,30.0 31.3,29.8 31.3,29.8 31.1))', 12.50, '0331-01-01'),
          ('SC1', 'Tiree', null, null, null),
          ('CN1', '文山港 ''quoted''', 'SRID=4326;POLYGON((104 23,105 23,105 24,104 24,104 23))', 3, '1999-12-31');
        insert into coast.lighthouses values
          ('01900000-0000-7000-8000-000000000001', 'Pharos', 'Tower', 'SRID=4326;POINT(29.8853 31.2135)',
           'SRID=4326;POLYGON((29.884 31.213,29.886 31.213,29.886 31.214,29.884 31.214,29.884 31.213))', 'AL1', 103.5, 300, 30, 9000000000,
           12.34, true, 'Seven wonders', '2000-02-29', '2024-06-30 23:59:59.123456+00', '08:30:00', 'PT1H30M', '\x00ff10', 'PHA', 1),
          ('01900000-0000-7000-8000-000000000002', 'Skerryvore', 'Tower', 'SRID=4326;POINT(-7.1142 56.3231)',
           'SRID=4326;LINESTRING(-7.12 56.32,-7.11 56.33)', 'SC1', 48, 151, 23, 0, 0, false, '', '1844-02-01', '2024-01-01 00:00:00+00',
           '00:00:00', 'PT5S', '\x', 'SKE', 1),
          ('01900000-0000-7000-8000-000000000003', 'Empty', 'Beacon', 'SRID=4326;POINT(0 0)',
           null, null, null, null, null, null, null, null, null, null, null, null, null, null, null, 1);
        insert into coast.keepers values
          ('01910000-0000-7000-8000-000000000001', '01900000-0000-7000-8000-000000000001', 'Sostratus', 'hush', 60),
          ('01910000-0000-7000-8000-000000000002', '01900000-0000-7000-8000-000000000001', 'Ptolemy', null, 30),
          ('01910000-0000-7000-8000-000000000003', '01900000-0000-7000-8000-000000000002', 'Thomas', 'psst', null);
        """;

    // Deterministic: hashes of the row number, no random().
    private const string Seeded = """
        insert into coast.harbours
        select 'H' || lpad(i::text, 3, '0'), 'Harbour ' || i, null, (i % 7) * 1.25, date '1900-01-01' + i * 37
        from generate_series(1, 40) i;
        update coast.harbours h set part_of = p.code from coast.harbours p
        where h.code like 'H%' and p.code = 'H' || lpad((substr(h.code, 2)::int / 3)::text, 3, '0');
        insert into coast.lighthouses
        select ('02' || substr(md5('id' || i), 3))::uuid, 'Light ' || (i % 97), (array['Tower','Lightship','Beacon'])[1 + i % 3],
          st_setsrid(st_makepoint(104 + (h % 1000) / 1000.0, 23 + (h / 1000 % 1000) / 1000.0), 4326)::geography,
          case i % 4 when 0 then null
            when 1 then st_setsrid(st_makepoint(104 + (h % 1000) / 1000.0, 23 + (h / 1000 % 1000) / 1000.0), 4326)::geography
            when 2 then st_buffer(st_setsrid(st_makepoint(104 + (h % 1000) / 1000.0, 23 + (h / 1000 % 1000) / 1000.0), 4326), 0.003,
              3)::geography
            else st_setsrid(st_makeline(st_makepoint(104 + (h % 1000) / 1000.0, 23 + (h / 1000 % 1000) / 1000.0),
                                        st_makepoint(104.01 + (h % 1000) / 1000.0, 23.005 + (h / 1000 % 1000) / 1000.0)),
                                          4326)::geography end,
          case when i % 5 = 0 then null else 'H' || lpad((1 + i % 40)::text, 3, '0') end,
          case when i % 6 = 0 then null else (h % 2000) / 10.0 end, case when i % 7 = 0 then null else h % 500 - 20 end,
          case when i % 3 = 0 then null else h % 40 end, case when i % 8 = 0 then null else h::bigint * 1000 end,
          case when i % 9 = 0 then null else (h % 10000) / 100.0 end, case i % 3 when 0 then null when 1 then true else false end,
          (array[null, '', 'fog', 'Fog horn', '雾号', 'a%b_c\d', 'o''clock', ' pad ', 'ÄÖÜ ß', '😀'])[1 + h % 10],
          case when i % 4 = 0 then null else date '1850-01-01' + h % 60000 end,
          case when i % 5 = 1 then null
            else timestamptz '2020-01-01Z' + h % 100000000 * interval '1 second' + i * interval '1 millisecond' end,
          case when i % 6 = 1 then null else time '00:00' + h % 86400 * interval '1 second' end,
          case when i % 7 = 1 then null else h % 100000 * interval '1 second' end,
          case when i % 3 = 1 then null else decode(md5(i::text), 'hex') end, 'C' || i, 1
        from generate_series(1, 600) i, lateral (select ('x' || substr(md5('h' || i), 1, 7))::bit(28)::int as h) x;
        insert into coast.keepers
        select md5('keeper' || l.id || k)::uuid, l.id, 'Keeper ' || k, null, case when k = 2 then null else 20 + k * 7 end
        from coast.lighthouses l, generate_series(1, 3) k where l.name like 'Light %' and length(l.name) = 7;
        """;
}
