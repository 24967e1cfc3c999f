using System.Globalization;
using HazardMap.Service.Sample;
using HazardMap.Service.Tests.Sample;
using HazardMap.Service.Tests.Worlds;

namespace HazardMap.Service.Tests.Fuzz;

/// <summary>A county with a water, a school and a person; for a long run the whole Wenshan sample around them.</summary>
public sealed class TrafficRegister : ServedRegister
{
    /// <summary>How many requests the environment asks for; null: the short form.</summary>
    internal static int? Asked { get; } = Environment.GetEnvironmentVariable("HAZARDMAP_FUZZ") is { Length: > 0 } given
        ? int.Parse(given, CultureInfo.InvariantCulture) : null;

    protected override async Task FillAsync()
    {
        if (Asked is not null) await new SampleLoader(Database).WriteAsync(BuiltSamples.Wenshan, CancellationToken.None);
        await ExecuteAsync($"""
            insert into register.divisions (code, name, level, boundary, centre, source)
            values ('532601', '文山市', 'County', 'MULTIPOLYGON(((103.9 23.1, 104.6 23.1, 104.6 23.7, 103.9 23.7, 103.9 23.1)))',
              'POINT(104.24 23.37)', 'test') on conflict do nothing;
            insert into register.hazards (id, code, name, kind, shape, division_code, source)
            values ('{Traffic.Hazard}', 'FUZZ', '村口坑塘', 'Pond', 'POINT(104.2 23.3)', '532601', 'test');
            insert into register.facilities (id, code, name, kind, location, division_code, aged_5_to_14, source)
            values ('{Traffic.Facility}', 'FUZZ', '小学', 'School', 'POINT(104.201 23.301)', '532601', 200, 'test');
            insert into register.people (id, name, phone, division_code, source)
            values ('{Traffic.Person}', '河长', '13800005678', '532601', 'test');
            """);
    }
}
