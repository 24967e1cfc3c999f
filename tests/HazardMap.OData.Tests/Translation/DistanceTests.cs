using HazardMap.OData.Tests.World;
using Npgsql;

namespace HazardMap.OData.Tests.Translation;

/// <summary>
/// A distance to an outline compared with a number, in every direction and on either side: what boxes and a few positions decide is
/// what PostGIS measures, and few rows have to be measured.
/// </summary>
[Collection(nameof(Coast))]
public sealed class DistanceTests(Coast coast)
{
    private const string Bay = "Polygon((104.2 23.2,104.5 23.1,104.8 23.3,104.6 23.7,104.3 23.6,104.2 23.2),"
        + "(104.4 23.3,104.4 23.4,104.5 23.4,104.4 23.3))";

    private const string Reef = "MultiLineString((104.1 23.9,104.2 23.95),(104.9 23.05,104.95 23.1))";

    public static TheoryData<string, string, string, double> Questions()
    {
        var data = new TheoryData<string, string, string, double>();
        foreach (var shape in new[] { Bay, Reef, "Point(104.5 23.5)" })
            foreach (var column in new[] { "Place", "Outline" })
                foreach (var test in new[] { "lt", "le", "gt", "ge", "eq", "ne" })
                    foreach (var metres in new[] { 0, 2_500, 30_000, 12_000_000 })
                        data.Add(shape, column, test, metres);
        return data;
    }

    [Theory, MemberData(nameof(Questions))]
    public async Task It_answers_what_PostGIS_measures(string shape, string column, string test, double metres)
    {
        var place = $"geography'SRID=4326;{shape}'";
        var plain = $"geo.distance({column},{place}) {test} {metres}";
        var expected = await CountAsync(shape, column, test, metres);
        Assert.Equal(expected, await AskAsync(plain));
        Assert.Equal(expected, await AskAsync($"geo.distance({place},{column}) {test} {metres}"));
        Assert.Equal(expected, await AskAsync($"{metres} {Mirrored(test)} geo.distance({column},{place})"));
        Assert.Equal(expected, await AskAsync($"case({plain}:true,true:false)"));
        Assert.Equal(await AllAsync() - expected, await AskAsync($"not ({plain})"));
    }

    private async Task<long> AskAsync(string filter)
    {
        var url = "Lighthouses/$count?$filter=" + Uri.EscapeDataString(filter);
        using var response = await coast.Http.GetAsync(url);
        var text = await response.Content.ReadAsStringAsync();
        Assert.True(response.IsSuccessStatusCode, $"{filter} -> {text}");
        return long.Parse(text, System.Globalization.CultureInfo.InvariantCulture);
    }

    private async Task<long> CountAsync(string shape, string column, string test, double metres)
    {
        var sign = test switch { "lt" => "<", "le" => "<=", "gt" => ">", "ge" => ">=", "eq" => "=", _ => "is distinct from" };
        await using var command = coast.Source.CreateCommand(
            $"select count(*) from coast.lighthouses where coalesce(st_distance({column}, $1::geography) {sign} $2, false)");
        command.Parameters.Add(new NpgsqlParameter { Value = "SRID=4326;" + shape });
        command.Parameters.Add(new NpgsqlParameter { Value = metres });
        return (long)(await command.ExecuteScalarAsync())!;
    }

    private async Task<long> AllAsync()
    {
        await using var command = coast.Source.CreateCommand("select count(*) from coast.lighthouses");
        return (long)(await command.ExecuteScalarAsync())!;
    }

    private static string Mirrored(string test) => test switch { "lt" => "gt", "le" => "ge", "gt" => "lt", "ge" => "le", _ => test };
}
