using System.Diagnostics;
using HazardMap.OData;
using HazardMap.Service.Database;
using Npgsql;

namespace HazardMap.Service.Sample;

/// <summary>What loading took.</summary>
/// <param name="Prefecture">Division code of the prefecture.</param>
/// <param name="Divisions">Divisions written.</param>
/// <param name="Hazards">Waters written.</param>
/// <param name="Facilities">Facilities written.</param>
/// <param name="Responsibilities">Responsibilities written.</param>
/// <param name="BuildSeconds">Building the sample.</param>
/// <param name="WriteSeconds">Writing it, with history, indexes and commit.</param>
/// <param name="SecondsByTable">Writing, by table.</param>
internal sealed record SampleLoaded(
    string Prefecture, int Divisions, int Hazards, int Facilities, int Responsibilities,
    double BuildSeconds, double WriteSeconds, IReadOnlyDictionary<string, double> SecondsByTable);

/// <summary>Writes a sample into the register: binary COPY of every table, all in one transaction.</summary>
internal sealed class SampleLoader(NpgsqlDataSource database)
{
    private readonly Dictionary<string, double> _seconds = new(StringComparer.Ordinal);

    /// <summary>Whether there is nothing in the register yet.</summary>
    public static async Task<bool> IsRegisterEmptyAsync(NpgsqlDataSource database, CancellationToken stop) =>
        !await database.ScalarAsync<bool>("select exists (select from register.divisions) or exists (select from register.hazards)", stop);

    /// <summary>Refuses, before anything is built, samples of which one is in the register already.</summary>
    /// <exception cref="RefusalException">Its divisions are in the register already.</exception>
    public static async Task RefuseTwiceAsync(NpgsqlDataSource database, IEnumerable<SamplePlan> plans, CancellationToken stop)
    {
        await using var connection = await database.OpenPatientlyAsync(stop);
        foreach (var plan in plans) await RefuseTwiceAsync(connection, plan, stop);
    }

    /// <summary>Builds and writes the sample of a prefecture.</summary>
    /// <exception cref="RefusalException">Its divisions are in the register already.</exception>
    public static async Task<SampleLoaded> LoadAsync(NpgsqlDataSource database, SamplePlan plan, CancellationToken stop)
    {
        await RefuseTwiceAsync(database, [plan], stop);
        var watch = Stopwatch.StartNew();
        var sample = SampleRegister.Build(plan);
        var built = watch.Elapsed.TotalSeconds;
        var loader = new SampleLoader(database);
        await loader.WriteAsync(sample, stop);
        return new SampleLoaded(plan.Code, sample.Divisions.Count, sample.Hazards.Count, sample.Facilities.Count,
            sample.Responsibilities.Count, built, watch.Elapsed.TotalSeconds - built, loader._seconds);
    }

    /// <summary>Writes a sample that is built.</summary>
    public async Task WriteAsync(SampleRegister sample, CancellationToken stop)
    {
        await using var connection = await database.OpenPatientlyAsync(stop);
        await using var transaction = await connection.BeginAsAsync("sample", stop);
        await RefuseTwiceAsync(connection, sample.Plan, stop);
        await WriteGroundAsync(connection, sample, stop);
        await WriteRegisterAsync(connection, sample, stop);
        await WriteFieldAsync(connection, sample.Field, stop);
        await TimedAsync("commit", () => transaction.CommitAsync(stop));
        // Planners see the new rows at once, not when autovacuum comes by.
        await TimedAsync("analyze", () => connection.ExecuteAsync(
            "analyze register.divisions, register.hazards, register.facilities, register.settlements, register.hazard_risks, "
                + "register.responsibilities", stop));
    }

    private static async Task RefuseTwiceAsync(NpgsqlConnection connection, SamplePlan plan, CancellationToken stop)
    {
        if (await connection.ScalarAsync<bool>("select exists (select from register.divisions where code = $1)", stop, plan.Code))
            throw new RefusalException("SampleAlreadyThere",
                $"The register has {plan.Code} {plan.Name} already; the sample goes into a register without it.",
                $"台账中已有 {plan.Code} {plan.Name}，示例数据只能载入没有该地区的台账。", plan.Code);
    }

    private async Task WriteGroundAsync(NpgsqlConnection connection, SampleRegister sample, CancellationToken stop)
    {
        await CopyAsync(connection, SampleTables.Divisions, sample.Divisions, stop);
        await CopyAsync(connection, SampleTables.Rivers, sample.Frame.Rivers, stop);
        await CopyAsync(connection, SampleTables.Places, sample.Frame.Places, stop);
    }

    private async Task WriteRegisterAsync(NpgsqlConnection connection, SampleRegister sample, CancellationToken stop)
    {
        await CopyAsync(connection, SampleTables.Hazards, sample.Hazards, stop);
        await CopyAsync(connection, SampleTables.Facilities, sample.Facilities, stop);
        await CopyAsync(connection, SampleTables.Settlements, sample.Settlements, stop);
        await CopyAsync(connection, SampleTables.People, sample.Posts, stop);
        await CopyAsync(connection, SampleTables.Responsibilities, sample.Responsibilities, stop);
    }

    private async Task WriteFieldAsync(NpgsqlConnection connection, FieldRecords field, CancellationToken stop)
    {
        await CopyAsync(connection, SampleTables.Inspections, field.Inspections, stop);
        await CopyAsync(connection, SampleTables.Rectifications, field.Rectifications, stop);
        await CopyAsync(connection, SampleTables.Incidents, field.Incidents, stop);
    }

    private Task CopyAsync<T>(NpgsqlConnection connection, CopyTable<T> table, IEnumerable<T> records, CancellationToken stop) =>
        TimedAsync(table.Name, () => table.WriteAsync(connection, records, stop));

    private async Task TimedAsync(string what, Func<Task> work)
    {
        var watch = Stopwatch.StartNew();
        await work();
        _seconds[what] = Math.Round(watch.Elapsed.TotalSeconds, 3);
    }
}
