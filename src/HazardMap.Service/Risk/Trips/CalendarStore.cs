using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using HazardMap.OData;
using HazardMap.Service.Database;
using HazardMap.Service.Risk.Runs;
using Npgsql;

namespace HazardMap.Service.Risk.Trips;

/// <summary>What the register knows of the calendars: their days are history like any field.</summary>
internal static class CalendarStore
{
    /// <summary>Tells the register of every calendar; where one is new or another, everything waits to be scored again.</summary>
    /// <exception cref="RefusalException">A file is no calendar; nothing was published.</exception>
    public static async Task PublishAllAsync(NpgsqlDataSource database, CancellationToken stop)
    {
        await using var connection = await database.OpenPatientlyAsync(stop);
        await using var transaction = await connection.BeginAsAsync("calendars", stop);
        var isNew = false;
        foreach (var path in CalendarFiles.Paths)
        {
            var calendar = CalendarFiles.Read(path);
            var sha256 = Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(
                CalendarFiles.TextOf(path, Path.GetFileName(path)))));
            isNew |= await connection.ScalarAsync<int>(EmbeddedSql.Of(typeof(CalendarStore), "PublishCalendar"), stop,
                Path.GetFileNameWithoutExtension(path), calendar.Division, calendar.Year, JsonSerializer.Serialize(calendar.Holidays),
                JsonSerializer.Serialize(calendar.Workdays), sha256) == 1;
        }
        if (isNew && await connection.ScalarAsync<bool>("select exists (select from register.risk_scales)", stop))
            await RiskQueue.AddEverythingAsync(connection, stop);
        await transaction.CommitAsync(stop);
    }
}
