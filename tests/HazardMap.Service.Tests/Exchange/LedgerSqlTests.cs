using HazardMap.Service.Database;
using HazardMap.Service.Exchange;
using HazardMap.Service.Exchange.Ledger;
using HazardMap.Service.Tests.Worlds;
using Xunit.Abstractions;

namespace HazardMap.Service.Tests.Exchange;

/// <summary>The statements that are composed from a set's description:
/// printed, so that they can be read, and understood by the schema.</summary>
public sealed class LedgerSqlTests(EmptyRegister register, ITestOutputHelper output) : IClassFixture<EmptyRegister>
{
    [Theory, InlineData("Hazards"), InlineData("Facilities"), InlineData("Divisions"), InlineData("Settlements")]
    public async Task Each_composed_statement_can_be_explained(string name)
    {
        var set = LedgerSet.Of(Enum.Parse<ImportKind>(name));
        var sql = new LedgerSql(set);
        await using var connection = await register.Database.OpenConnectionAsync();
        await using var transaction = await connection.BeginTransactionAsync();
        foreach (var step in Steps(set, sql)) await connection.ExecuteAsync(step, CancellationToken.None);
        foreach (var (what, statement) in new[]
                 {
                     ("mangled", sql.Mangled), ("lacking", sql.Lacking), ("insert", sql.Insert), ("update", sql.Update),
                     ("outcomes", LedgerSql.Outcomes), ("export", sql.Export(isText: true)),
                     ("export with shapes", sql.Export(isText: false)),
                 })
        {
            output.WriteLine($"-- {name}: {what}\n{statement}\n");
            object[] values = statement.Contains("$2", StringComparison.Ordinal) ? [0, 9] : [];
            await connection.ExecuteAsync("explain " + statement, CancellationToken.None, values);
        }
    }

    // What an import does before it judges and merges.
    private static IEnumerable<string> Steps(LedgerSet set, LedgerSql sql)
    {
        yield return sql.Stage;
        yield return sql.SettleCodes;
        yield return sql.Known;
        if (set.Placement.LiesInDivision) yield return EmbeddedSql.Of(typeof(LedgerSql), "LedgerDivisions");
        yield return LedgerSql.Placed;
        if (set.Placement.Prepare is { } prepare) yield return EmbeddedSql.Of(typeof(LedgerSql), prepare);
        yield return "set local hazardmap.same_metres = '0.001'; set local hazardmap.source = 'test'";
        yield return sql.Judge;
    }
}
