using Npgsql;

namespace HazardMap.Service.Database;

/// <summary>What a database is, looked at before anything is written there.</summary>
/// <param name="IsReadOnly">A replica, or set read-only.</param>
/// <param name="Encoding">As PostgreSQL calls it.</param>
/// <param name="Role">Who asks.</param>
/// <param name="Database">Its name.</param>
/// <param name="IsSuperuser">May do everything.</param>
/// <param name="MayCreateRoles">May create roles and set what they begin with.</param>
/// <param name="MayCreate">May create schemas.</param>
/// <param name="SeesPublic">Whether names of the schema public are found without it.</param>
/// <param name="Schemas">Those of the register's names that are there.</param>
/// <param name="OtherOwner">Somebody who owns one of them, when it is not the asker's.</param>
/// <param name="HasJournal">Whether a migration of ours has been there.</param>
/// <param name="MayReadJournal">Whether the asker may read what it wrote.</param>
internal sealed record GroundSurvey(bool IsReadOnly, string Encoding, string Role, string Database, bool IsSuperuser, bool MayCreateRoles,
    bool MayCreate, bool SeesPublic, string[] Schemas, string? OtherOwner, bool HasJournal, bool MayReadJournal)
{
    /// <summary>Looks.</summary>
    public static async Task<GroundSurvey> ReadAsync(NpgsqlConnection connection, CancellationToken stop) =>
        (await connection.RowAsync(EmbeddedSql.Of<GroundSurvey>("GroundSurvey"), row => new GroundSurvey(
            row.GetBoolean(0), row.GetString(1), row.GetString(2), row.GetString(3),
            row.GetBoolean(4), row.GetBoolean(5), row.GetBoolean(6), row.GetBoolean(7),
            row.IsDBNull(8) ? [] : row.GetFieldValue<string[]>(8), row.TextOrNull(9), row.GetBoolean(10), row.GetBoolean(11)), stop))!;

    /// <summary>The journal of what has run here; empty in a database that was never migrated.</summary>
    /// <exception cref="RefusalException">Somebody else's schema has a name of ours, or the asker may not look.</exception>
    public async Task<MigrationJournal> JournalAsync(NpgsqlConnection connection, CancellationToken stop)
    {
        if (!HasJournal) return Schemas.Length == 0 ? MigrationJournal.Empty : throw GroundRefusals.ForeignSchema(Schemas[0], Database);
        if (!MayReadJournal) throw GroundRefusals.MayNotRead(Role, Database);
        var journal = await MigrationJournal.ReadAsync(connection, stop);
        if (journal.IsEmpty && Schemas.FirstOrDefault(name => name != "journal") is { } foreign)
            throw GroundRefusals.ForeignSchema(foreign, Database);
        return journal;
    }

    /// <summary>Refuses what a migration would stumble over halfway.</summary>
    /// <exception cref="RefusalException">Says what stands in the way and who removes it.</exception>
    public async Task EnsureMigratableAsync(NpgsqlConnection connection, CancellationToken stop)
    {
        EnsureWritable();
        if (Encoding != "UTF8") throw GroundRefusals.WrongEncoding(Encoding, Database);
        if (OtherOwner is not null) throw GroundRefusals.NotTheOwner(Role, OtherOwner);
        await RegisterExtensions.EnsureAsync(connection, this, stop);
        if (!SeesPublic) throw GroundRefusals.PublicNotOnPath(Database);
        var missing = new List<string>();
        if (Schemas.Length == 0 && !MayCreate) missing.Add($"grant create on database {Database}");
        missing.AddRange(await RegisterExtensions.MissingAsync(connection, this, stop));
        missing.AddRange(await RegisterRoles.MissingAsync(connection, this, stop));
        if (missing.Count > 0) throw GroundRefusals.AdministratorNeeded(Database, missing);
    }

    /// <summary>Refuses a replica and what was set read-only.</summary>
    public void EnsureWritable()
    {
        if (IsReadOnly) throw GroundRefusals.ReadOnly(Database);
    }
}
