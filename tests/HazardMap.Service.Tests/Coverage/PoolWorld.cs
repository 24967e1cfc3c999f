using HazardMap.Service.Tests.Worlds;

namespace HazardMap.Service.Tests.Coverage;

/// <summary>
/// A prefecture of two counties on the equator. East: a pool at 20.0, schools 1 and 10 km from it, a village with elders.
/// West: a pool that is closed, a school beside it. Everything on one line, so that distances are plain.
/// </summary>
public sealed class PoolWorld : ServedRegister
{
    protected override async Task FillAsync()
    {
        await ExecuteAsync("""
            insert into register.divisions (code, name, level, parent_code, centre, elders, source) values
              ('99', 'All', 'Prefecture', null, 'point(20 0)', 70, 'test'), ('9901', 'East', 'County', '99', 'point(20 0)', 70, 'test'),
              ('9902', 'West', 'County', '99', 'point(19 0)', null, 'test'), ('990101', '=Town', 'Township', '9901', 'point(20 0)', 70,
                'test'),
              ('99010101', 'Village', 'Village', '990101', 'point(20.01 0)', 70, 'test');
            update register.divisions set children = 100 where code = '99010101';
            insert into register.settlements (code, name, kind, location, division_code, weight, source) values
              ('near', 'near hamlet', 'Place', 'point(20.001 0)', '99010101', 2, 'test'),
              ('next', 'next hamlet', 'Place', 'point(20.015 0)', '99010101', 1, 'test'),
              ('far', 'far hamlet', 'Place', 'point(20.05 0)', '99010101', 1, 'test');
            insert into register.facilities (code, name, kind, location, division_code, aged_5_to_14, under5, aged_60_plus, status, source)
              values
              ('P1', 'Pool', 'SwimmingPool', 'point(20 0)', '990101', 0, 0, 5, 'Open', 'test'),
              ('P2', 'Old pool', 'SwimmingPool', 'point(19 0)', '9902', 0, 0, 0, 'Closed', 'test'),
              ('S1', 'Near school', 'School', 'point(20.009 0)', '990101', 100, 0, 0, 'Open', 'test'),
              ('S2', 'Far school', 'School', 'point(20.09 0)', '9901', 300, 0, 0, 'Open', 'test'),
              ('S3', 'West school', 'School', 'point(19.001 0)', '9902', 50, 0, 0, 'Open', 'test'),
              ('S4', 'Shut school', 'School', 'point(20.001 0)', '9902', 999, 0, 0, 'Closed', 'test'),
              ('K1', 'Kindergarten', 'Kindergarten', 'point(20.001 0)', '990101', 2, 40, 0, 'Open', 'test'),
              ('H1', 'Home', 'ChildrensHome', 'point(20.002 0)', '990101', 0, 0, 0, 'Open', 'test'),
              ('C1', 'Care home', 'CareHome', 'point(19.5 0)', '9902', 0, 0, 30, 'Open', 'test')
            """);
    }
}
