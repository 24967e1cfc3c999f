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
    [Theory, InlineData("Hazards"), InlineData("Facilities"), InlineData("Divisions")]
    public async Task Each_composed_statement_can_be_explained(string name)
    {
        var set = LedgerSet.Of(Enum.Parse<ImportKind>(name));
        var sql = new LedgerSql(set);
        await using var connection = await register.Database.OpenConnectionAsync();
        await using var transaction = await connection.BeginTransactionAsync();
        await connection.ExecuteAsync(sql.Stage, CancellationToken.None);
        await connection.ExecuteAsync(sql.Known, CancellationToken.None);
        if (set.Placement.Prepare is { } prepare)
            await connection.ExecuteAsync(EmbeddedSql.Of(typeof(LedgerSql), prepare), CancellationToken.None);
        await connection.ExecuteAsync("set local hazardmap.same_metres = '0.001'; set local hazardmap.source = 'test'",
            CancellationToken.None);
        foreach (var (what, statement) in new[]
                 {
                     ("lacking", sql.Lacking), ("judge", sql.Judge), ("insert", sql.Insert), ("update", sql.Update),
                     ("outcomes", sql.Outcomes), ("export", sql.Export(isText: false)), ("export as text", sql.Export(isText: true)),
                     ("settle codes", sql.SettleCodes), ("mangled", sql.Mangled),
                 })
        {
            output.WriteLine($"-- {name}: {what}\n{statement}\n");
            await connection.ExecuteAsync("explain " + statement, CancellationToken.None);
        }
    }
}
