using HazardMap.Service.Database;
using HazardMap.Service.Tests.Worlds;
using Npgsql;

namespace HazardMap.Service.Tests.Database;

/// <summary>
/// Every statement in a file is understood by the migrated schema. One that stands on a temporary table begins with
/// the line <c>-- given: create temp table ...</c>; a step of several statements on staging tables names the test that
/// executes it: <c>-- executed by: OsmVillageTests</c>.
/// </summary>
public sealed class EmbeddedSqlTests(EmptyRegister register) : IClassFixture<EmptyRegister>
{
    private const string ExecutedBy = "-- executed by: ";

    public static TheoryData<string> Statements() =>
        new(typeof(EmbeddedSql).Assembly.GetManifestResourceNames().Where(n => n.EndsWith(".sql", StringComparison.Ordinal)));

    [Theory, MemberData(nameof(Statements))]
    public async Task The_schema_understands(string resource)
    {
        var text = await ReadAsync(resource);
        if (text.StartsWith(ExecutedBy, StringComparison.Ordinal))
        {
            Assert.Contains(typeof(EmbeddedSqlTests).Assembly.GetTypes(), t => t.Name == text.Split('\n', 2)[0][ExecutedBy.Length..]);
            return;
        }
        await using var connection = await register.Database.OpenConnectionAsync();
        await using var transaction = await connection.BeginTransactionAsync();
        if (text.StartsWith("-- given: ", StringComparison.Ordinal))
            await RunAsync(connection, text.Split('\n', 2)[0]["-- given: ".Length..]);
        await RunAsync(connection, $"prepare statement_under_test as {text}");
    }

    private static async Task RunAsync(NpgsqlConnection connection, string sql)
    {
        await using var command = new NpgsqlCommand(sql, connection);
        await command.ExecuteNonQueryAsync();
    }

    private static async Task<string> ReadAsync(string resource)
    {
        using var reader = new StreamReader(typeof(EmbeddedSql).Assembly.GetManifestResourceStream(resource)!);
        return await reader.ReadToEndAsync();
    }
}
