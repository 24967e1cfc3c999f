using System.Diagnostics;
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
    private readonly Dictionary<string, double> seconds = new(StringComparer.Ordinal);

    /// <summary>Whether there is nothing in the register yet.</summary>
    public static async Task<bool> IsRegisterEmptyAsync(NpgsqlDataSource database, CancellationToken stop) =>
        !await database.ScalarAsync<bool>("select exists (select from register.divisions) or exists (select from register.hazards)", stop);

    /// <summary>Builds and writes the sample of a prefecture.</summary>
    /// <exception cref="RefusalException">Its divisions are in the register already.</exception>
    public static async Task<SampleLoaded> LoadAsync(NpgsqlDataSource database, SamplePlan plan, CancellationToken stop)
    {
        var watch = Stopwatch.StartNew();
        var sample = SampleRegister.Build(plan);
        var built = watch.Elapsed.TotalSeconds;
        var loader = new SampleLoader(database);
        await loader.WriteAsync(sample, stop);
        return new SampleLoaded(plan.Code, sample.Divisions.Count, sample.Hazards.Count, sample.Facilities.Count,
            sample.Responsibilities.Count, built, watch.Elapsed.TotalSeconds - built, loader.seconds);
    }

    /// <summary>Writes a sample that is built.</summary>
    public async Task WriteAsync(SampleRegister sample, CancellationToken stop)
    {
        await using var connection = await database.OpenConnectionAsync(stop);
        await using var transaction = await connection.BeginAsAsync("sample", stop);
        await RefuseTwiceAsync(connection, sample.Plan, stop);
        await WriteGroundAsync(connection, sample, stop);
        await WriteRegisterAsync(connection, sample, stop);
        await WriteFieldAsync(connection, sample.Field, stop);
        await TimedAsync("commit", () => transaction.CommitAsync(stop));
        // Planners see the new rows at once, not when autovacuum comes by.
        await TimedAsync("analyze", () => connection.ExecuteAsync(
            "analyze register.divisions, register.hazards, register.facilities, register.hazard_risks, register.responsibilities", stop));
    }

    private static async Task RefuseTwiceAsync(NpgsqlConnection connection, SamplePlan plan, CancellationToken stop)
    {
        if (await connection.ScalarAsync<bool>("select exists (select from register.divisions where code = $1)", stop, plan.Code))
            throw new RefusalException("SampleAlreadyThere", $"The register has {plan.Code} {plan.Name} already; the sample goes into a register without it.",
                $"台账中已有 {plan.Code} {plan.Name}，示例数据只能载入没有该地区的台账。", plan.Code);
    }

    private async Task WriteGroundAsync(NpgsqlConnection connection, SampleRegister sample, CancellationToken stop)
    {
        await CopyAsync(connection, "divisions (code, name, level, parent_code, boundary, centre, population, children, elders, is_synthetic, source)",
            sample.Divisions, (row, d) => row.Text(d.Code).Text(d.Name).Word(d.Level).Text(d.ParentCode).Shape(d.Boundary).Shape(d.Centre)
                .Whole(d.Population).Whole(d.Children).Whole(d.Elders).Flag(true).Text(d.Source), stop);
        await CopyAsync(connection, "rivers (name, kind, geom, source)", sample.Frame.Rivers,
            (row, r) => row.Text(null).Text(r.Kind).Shape(r.Line).Text("GSHHG/WDBII 2.3.7, LGPL-3.0-or-later"), stop);
        await CopyAsync(connection, "places (name, name_latin, kind, population, location, source)", sample.Frame.Places,
            (row, p) => row.Text(p.NameZh ?? p.Name).Text(p.Name).Text(p.Kind).Whole(p.Population).Shape(Ewkb.Factory.CreatePoint(p.At)).Text("GeoNames, CC BY 4.0"), stop);
    }

    private async Task WriteRegisterAsync(NpgsqlConnection connection, SampleRegister sample, CancellationToken stop)
    {
        await CopyAsync(connection, "hazards (id, code, name, kind, shape, division_code, depth_metres, flow, bank, access, has_sign, has_ring, has_rope, has_pole, has_camera, owner_unit, status, last_inspected_at, next_inspection_due_at, is_synthetic, source)",
            sample.Hazards, (row, h) => row.Id(h.Id).Text(h.Code).Text(h.Name).Word(h.Kind).Shape(h.Shape).Text(h.DivisionCode).Number(h.Ledger.DepthMetres)
                .Word(h.Ledger.Flow).Word(h.Ledger.Bank).Word(h.Ledger.Access).Flag(h.Ledger.HasSign).Flag(h.Ledger.HasRing).Flag(h.Ledger.HasRope)
                .Flag(h.Ledger.HasPole).Flag(h.Ledger.HasCamera).Text(h.Ledger.OwnerUnit).Word(h.Ledger.Status).Time(h.Ledger.LastInspectedAt)
                .Time(h.Ledger.NextInspectionDueAt).MadeUp(), stop);
        await CopyAsync(connection, "facilities (id, code, name, kind, location, division_code, capacity, under5, aged_5_to_14, aged_60_plus, counts_estimated, status, is_synthetic, source)",
            sample.Facilities, (row, f) => row.Id(f.Id).Text(f.Code).Text(f.Name).Word(f.Kind).Shape(f.At).Text(f.DivisionCode).Whole(f.Capacity)
                .Whole(f.Under5).Whole(f.Aged5To14).Whole(f.Aged60Plus).Flag(true).Word(f.Status).MadeUp(), stop);
        await CopyAsync(connection, "people (id, name, unit, post, level, division_code, is_synthetic, source)", sample.Posts,
            (row, p) => row.Id(p.Id).Text(p.Name).Text(p.Unit).Text(p.Post).Word(p.Level).Text(p.DivisionCode).MadeUp(), stop);
        await CopyAsync(connection, "responsibilities (id, person_id, hazard_id, facility_id, role, division_code, valid_from, valid_to, is_synthetic, source)", sample.Responsibilities,
            (row, r) => row.Id(r.Id).Id(r.PersonId).Id(r.HazardId).Id(r.FacilityId).Word(r.Role).Text(r.DivisionCode).Day(r.ValidFrom).Day(r.ValidTo).MadeUp(), stop);
    }

    private async Task WriteFieldAsync(NpgsqlConnection connection, FieldRecords field, CancellationToken stop)
    {
        await CopyAsync(connection, "inspections (id, hazard_id, division_code, at, inspector_id, result, has_sign, has_ring, has_rope, has_pole, notes, position, is_synthetic, source)", field.Inspections,
            (row, i) => row.Id(i.Id).Id(i.HazardId).Text(i.DivisionCode).Time(i.At).Id(i.InspectorId).Word(i.Result).Flag(i.HasSign).Flag(i.HasRing)
                .Flag(i.HasRope).Flag(i.HasPole).Text(i.Notes).Shape(i.Position).MadeUp(), stop);
        await CopyAsync(connection, "rectifications (id, hazard_id, division_code, found_at, description, due_on, state, assigned_to_id, done_by_id, verified_by_id, is_synthetic, source)", field.Rectifications,
            (row, r) => row.Id(r.Id).Id(r.HazardId).Text(r.DivisionCode).Time(r.FoundAt).Text(r.Description).Day(r.DueOn).Word(r.State)
                .Id(r.AssignedToId).Id(r.DoneById).Id(r.VerifiedById).MadeUp(), stop);
        await CopyAsync(connection, "incidents (id, hazard_id, division_code, occurred_on, age_band, outcome, is_synthetic, source)", field.Incidents,
            (row, i) => row.Id(i.Id).Id(i.HazardId).Text(i.DivisionCode).Day(i.OccurredOn).Text(i.AgeBand).Text(i.Outcome).MadeUp(), stop);
    }

    private Task CopyAsync<T>(NpgsqlConnection connection, string target, IEnumerable<T> records, Action<CopyRow, T> write, CancellationToken stop) =>
        TimedAsync(target[..target.IndexOf(' ', StringComparison.Ordinal)], async () =>
        {
            await using var copy = await connection.BeginBinaryImportAsync($"copy register.{target} from stdin (format binary)", stop);
            copy.Timeout = TimeSpan.FromMinutes(5);
            var row = new CopyRow(copy);
            foreach (var record in records)
            {
                await copy.StartRowAsync(stop);
                write(row, record);
            }
            await copy.CompleteAsync(stop);
        });

    private async Task TimedAsync(string what, Func<Task> work)
    {
        var watch = Stopwatch.StartNew();
        await work();
        seconds[what] = Math.Round(watch.Elapsed.TotalSeconds, 3);
    }
}
