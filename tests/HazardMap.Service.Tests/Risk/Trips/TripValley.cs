using HazardMap.Service.Risk.Runs;
using HazardMap.Service.Tests.Worlds;

namespace HazardMap.Service.Tests.Risk.Trips;

/// <summary>
/// A valley with everything that rule 2027-1 asks of a register, in metres east and north of 104.2E 23.4N, where cells of 0.05 degrees
/// meet: hamlets of every kind of knowledge, schools with boarders, a river of seven reaches, waters of which nothing is known.
/// </summary>
/// <remarks>
/// <code>
///   ...101 three hamlets, one of weight 0    ...102 only its population and a children's home   ...103 a town of buildings
///   ...104 a centre and a boundary           ...105 a centre; nobody knows who lives there      ...106 hamlets of weight 0 alone
///   ...107 was given up in 2020              far-pit is 9 km from every home                    p1 to p34 are ponds that are known
/// </code>
/// </remarks>
public class TripValley : EmptyRegister
{
    /// <summary>Functions that place things by metres, for a session.</summary>
    internal const string Tools = """
        create or replace function pg_temp.at(east double precision, north double precision) returns geography language sql as
          $$ select st_setsrid(st_point(104.2 + east / 102000, 23.4 + north / 110744), 4326)::geography $$;
        create or replace function pg_temp.line(variadic places double precision[]) returns geometry language sql as
          $$ select st_makeline(array(select pg_temp.at(places[i], places[i + 1])::geometry
             from generate_series(1, cardinality(places), 2) i order by i)) $$;
        create or replace function pg_temp.box(east double precision, north double precision, side double precision) returns geography
          language sql as $$ select st_makepolygon(pg_temp.line(east, north, east + side, north, east + side, north + side / 2,
             east, north + side / 2, east, north))::geography $$;
        """;

    private const string Homes = """
        insert into register.divisions (code, name, level, parent_code, centre, children, source, incidents_complete_since) values
          ('5326', '文山州', 'Prefecture', null, pg_temp.at(0, 0), 9000, 'test', null),
          ('532601', '文山市', 'County', '5326', pg_temp.at(0, 0), null, 'test', '2020-03-01'),
          ('532601001', '开化镇', 'Township', '532601', pg_temp.at(0, 0), null, 'test', null);
        insert into register.divisions (code, name, level, parent_code, centre, boundary, children, population, aged_1_to_4, aged_5_to_14,
          residence, valid_to, source) values
          ('532601001101', '甲村', 'Village', '532601001', pg_temp.at(-1500, 300), null, 420, 3000, null, null, null, null, 'test'),
          ('532601001102', '乙村', 'Village', '532601001', pg_temp.at(-300, 1700), null, null, 1800, null, null, null, null, 'test'),
          ('532601001103', '丙社区', 'Village', '532601001', pg_temp.at(900, 200), null, 900, null, 200, null, null, null, 'test'),
          ('532601001104', '丁村', 'Village', '532601001', pg_temp.at(2300, -900), st_multi(pg_temp.box(1600, -1500, 1900)::geometry),
            150, null, null, null, null, null, 'test'),
          ('532601001105', '戊村', 'Village', '532601001', pg_temp.at(-2600, -1500), null, null, null, null, null, null, null, 'test'),
          ('532601001106', '己村', 'Village', '532601001', pg_temp.at(400, -1800), null, 300, null, null, 260, 'Town', null, 'test'),
          ('532601001107', '庚村', 'Village', '532601001', pg_temp.at(100, 100), null, 999, null, null, null, null, '2020-01-01', 'test');
        insert into register.settlements (code, kind, location, division_code, weight, source) values
          ('a1', 'Place', pg_temp.at(-1500, 300), '532601001101', 60, 'test'), ('a2', 'Place', pg_temp.at(-2100, 700), '532601001101', 30.5,
            'test'), ('a3', 'Place', pg_temp.at(-1100, -500), '532601001101', 0, 'test'),
          ('c0', 'Place', pg_temp.at(900, 250), '532601001103', 1000, 'test'),
          ('f1', 'Place', pg_temp.at(300, -1700), '532601001106', 0, 'test'),
          ('f2', 'Place', pg_temp.at(700, -2000), '532601001106', 0, 'test'),
          ('g1', 'Building', pg_temp.at(100, 150), '532601001107', 5, 'test');
        insert into register.settlements (code, kind, location, division_code, weight, source)
        select 'c' || i, 'Building', pg_temp.at(700 + 200 * (i % 3), 100 + 180 * (i / 3)), '532601001103', i, 'test'
        from generate_series(1, 6) i;
        insert into register.facilities (code, name, kind, location, division_code, under5, aged_5_to_14, boarders, stages, status, source)
        select code, code, kind, pg_temp.at(east, north), '532601001' || division, under5, aged, boarders, stages, status, 'test'
        from (values
          ('central', 'School', 600.0, 300.0, '103', 12, 500, 120, null, 'Open'),
          ('primary', 'School', -1400, 250, '101', 0, 90, null, 'Primary', 'Open'),
          ('junior', 'School', 100, 900, '102', 0, 60, 200, 'Junior', 'Open'),
          ('given-up', 'School', -200, -300, '101', 0, 300, 40, null, 'Closed'),
          ('creche', 'Kindergarten', 1000, 350, '103', 60, 20, null, null, 'Open'),
          ('club', 'ChildrensHome', -350, 1650, '102', 25, 40, null, null, 'Open'),
          ('planned', 'ChildrensHome', 2200, -800, '104', 10, 10, null, null, 'Planned'),
          ('pool', 'SwimmingPool', 300, 500, '103', 10, 80, null, null, 'Open'),
          ('old-people', 'CareHome', 0, 0, '101', 0, 0, null, null, 'Open'))
          f (code, kind, east, north, division, under5, aged, boarders, stages, status);
        """;

    private const string Waters = """
        insert into register.hazards (code, name, kind, shape, division_code, depth_metres, flow, bank, access, has_sign, has_ring,
          has_rope, has_pole, status, last_inspected_at, source)
        select code, code, kind, shape, '532601001' || division, depth, flow, bank, access, things like '%s%', things like '%i%',
          things like '%r%', things like '%p%', status, current_date - days, 'test' from (values
          ('river', 'River', pg_temp.line(-1700, -400, -900, -350, -200, 60, 500, 20, 600, 130, 1500, -100)::geography, '101',
            2.4::float, 'Fast', 'Steep', 'Open', 'srp', 'Active', null::int),
          ('two-streams', 'Stream', st_collect(pg_temp.line(-2000, 900, -1200, 1500), pg_temp.line(100, -2200, 900, -2100))::geography,
            '101', 0.25, null, null, null, '', 'Active', null),
          ('brook', 'Stream', pg_temp.line(850, 300, 1050, 420)::geography, '103', 0.4, 'Slow', 'Gentle', 'Open', '', 'Active', null),
          ('reservoir', 'Reservoir', pg_temp.box(1200, 600, 700), '103', 9, 'Still', 'Sheer', 'Restricted', 's', 'Active', 20),
          ('lake', 'Lake', pg_temp.box(-2700, -1400, 500), '105', null, null, null, null, '', 'Active', null),
          ('fenced', 'Pond', pg_temp.at(820, 150), '103', 1.6, 'Still', 'Gentle', 'Fenced', 'si', 'Active', 30),
          ('forgotten', 'Pond', pg_temp.at(-1450, 380), '101', 1.6, 'Still', 'Gentle', 'Fenced', '', 'Active', 200),
          ('never-seen', 'Canal', pg_temp.line(-300, 1500, 200, 1550)::geography, '102', 1.1, 'Slow', 'Sheer', 'Fenced', '',
            'Rectifying', null),
          ('filled', 'Pond', pg_temp.at(1000, 260), '103', 2.5, 'Still', 'Steep', 'Open', '', 'Filled', null),
          ('closed', 'Pit', pg_temp.at(350, -1650), '106', 3.5, 'Still', 'Sheer', 'Open', '', 'Closed', 5),
          ('open', 'Weir', pg_temp.at(-1560, 330), '101', 2.2, 'Fast', 'Steep', 'Open', '', 'Active', null),
          ('well', 'Well', pg_temp.at(-310, 1640), '102', 6, null, 'Sheer', 'Open', 'irp', 'Active', null),
          ('other', 'Other', pg_temp.at(2250, -850), '104', 0.1, null, null, 'Open', 'i', 'Active', null),
          ('far-pit', 'Pit', pg_temp.at(12000, 0), '104', 9, 'Fast', 'Sheer', 'Open', '', 'Active', null))
          w (code, kind, shape, division, depth, flow, bank, access, things, status, days);
        insert into register.hazards (code, name, kind, shape, division_code, depth_metres, flow, bank, access, source)
        select 'p' || i, 'p' || i, 'Pond', pg_temp.at(-2500 + 150 * i, 2400 * sin(i)), '532601001101',
          case when i % 17 > 0 then i / 8.0 end,
          case when i % 3 > 0 then 'Still' end, case when i % 11 > 0 then (array['Gentle', 'Steep', 'Sheer'])[1 + i % 3] end,
          case when i % 4 > 0 then (array['Open', 'Restricted', 'Open'])[i % 4] end, 'test'
        from generate_series(1, 38) i;
        insert into register.incidents (hazard_id, division_code, occurred_on, age_band, outcome, source)
        select h.id, h.division_code, occurred_on::date, age_band, outcome, 'test' from (values
          ('river', '2021-07-01', 'Aged5To14', 'Died'), ('river', '2021-07-01', 'Under5', 'Died'),
          ('river', '2023-08-09', 'Aged5To14', 'Died'), ('river', '2019-08-09', 'Aged5To14', 'Died'),
          ('open', '2022-05-01', 'Aged15To59', 'Died'), ('open', '2022-06-01', 'Aged5To14', 'Rescued'),
          ('far-pit', '2024-07-07', 'Aged5To14', 'Died'))
          i (code, occurred_on, age_band, outcome) join register.hazards h using (code);
        """;

    /// <summary>Fills an empty register, and scores it.</summary>
    internal static async Task FillAsync(EmptyRegister register)
    {
        await register.ExecuteAsync(Tools + Homes + Waters);
        await RiskRun.RunAsync(register.Database, "2027-1", "test", CancellationToken.None);
    }

    protected override Task FillAsync() => FillAsync(this);
}
