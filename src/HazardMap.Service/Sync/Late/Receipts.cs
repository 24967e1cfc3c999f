using System.Globalization;
using System.Net.Mime;
using System.Text;
using HazardMap.OData;
using HazardMap.Service.Accounts;
using HazardMap.Service.Database;
using Npgsql;

namespace HazardMap.Service.Sync.Late;

/// <summary>
/// What became of each request that a device may send again, written in the transaction of the change: the answer says when it was
/// received, and <c>GET /api/sync/receipts?ids=</c> tells it again, long after the answer is forgotten.
/// </summary>
internal static class Receipts
{
    /// <summary>When the request was received, in the answer.</summary>
    public const string ReceivedHeader = "HazardMap-Received-At";

    /// <summary>How long a receipt is kept.</summary>
    public static readonly TimeSpan Kept = TimeSpan.FromDays(400);

    private const int Most = 200;
    private static readonly string Write = EmbeddedSql.Of(typeof(Receipts), "WriteReceipt");
    private static readonly string Find = EmbeddedSql.Of(typeof(Receipts), "FindReceipts");

    public static void Map(IEndpointRouteBuilder routes) => routes.MapGet("/api/sync/receipts", ReadAsync).OpenToAccounts();

    /// <summary>Writes the receipt of an answer that is about to be kept.</summary>
    public static async Task RecordAsync(RepeatableAnswer answer, CancellationToken stop)
    {
        var device = DeviceHeaders.Of(answer.Asked);
        var key = Convert.ToString(answer.Key, CultureInfo.InvariantCulture);
        var at = await answer.Connection.ScalarAsync<DateTime>(Write, stop, answer.Caller.Name, answer.Request, answer.Client,
            answer.Method, answer.Set.Name, key, answer.Headers["OData-EntityId"].ToString(), answer.Status, answer.Headers.ETag.ToString(),
            answer.Headers["Merge-Conflicts"].ToString(), device.Order, device.Unsent, device.MadeAt);
        answer.Headers[ReceivedHeader] = at.ToString("yyyy-MM-ddTHH:mm:ss.fffZ", CultureInfo.InvariantCulture);
    }

    // Nobody is told of another's requests.
    private static async Task<IResult> ReadAsync(string? ids, HttpContext http, NpgsqlDataSource database, CancellationToken stop)
    {
        string[] asked = [.. (ids ?? "").Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries)
            .Distinct(StringComparer.Ordinal)];
        if (asked.Length is 0 or > Most || asked.Any(x => x.Contains('\0', StringComparison.Ordinal)))
            throw new RefusalException("BadIds", $"Name 1 to {Most} request ids in ids, separated by commas.",
                $"请在 ids 中给出 1 至 {Most} 个请求编号，以逗号分隔。", "ids");
        var told = await database.ScalarAsync<string>(Find, stop, Areas.Of(http).Actor, asked);
        return Results.Content(told, MediaTypeNames.Application.Json, Encoding.UTF8);
    }
}
