using System.Globalization;
using System.Text.Json;
using HazardMap.OData;
using HazardMap.Service.Database;
using HazardMap.Service.Register;
using HazardMap.Sync;
using Npgsql;

namespace HazardMap.Service.Sync.Late;

/// <summary>
/// Merges what phones send late by the history of the register, and keeps what cannot be done as a conflict: a queue is never blocked.
/// </summary>
internal sealed class LateRequests : LateChanges
{
    private static readonly string Since = EmbeddedSql.Of(typeof(LateRequests), "Since");
    private static readonly string LastSeen = EmbeddedSql.Of(typeof(LateRequests), "LastSeen");
    private static readonly string Keep = EmbeddedSql.Of(typeof(LateRequests), "KeepConflict");

    /// <summary>
    /// Sets whose changes are in the history and lie in a division. Not those with personal values that can be written: what two people
    /// wrote would stand in a conflict for others to read.
    /// </summary>
    public override bool Takes(EntitySet set) => set is { Table: not null, Version: not null, Media: null }
        && set.Find("DivisionCode") is not null && set.Name != Conflicts.Set
        && !set.Properties.Any(x => x is { Personal: true, Writable: true });

    public override async Task<IReadOnlyDictionary<string, FormerValue>> SinceAsync(
        LateChange change, long version, CancellationToken stop)
    {
        var device = DeviceHeaders.Of(change.Headers).Device;
        string[] shapes = [.. change.Set.Properties.Where(x => x.IsShape).Select(x => x.Column)];
        var rows = await change.Connection.RowsAsync(Since, row => (Column: row.GetString(0),
            Former: row.TextOrNull(1), Now: row.TextOrNull(2), By: row.GetString(3), At: row.GetDateTime(4), Version: row.GetInt32(5)),
            stop, change.Set.Name, KeyText(change.Key), (int)Math.Min(version, int.MaxValue), change.Caller.Name, device, shapes);
        var former = new Dictionary<string, FormerValue>(StringComparer.Ordinal);
        foreach (var row in rows)
            former[row.Column] = new(former.GetValueOrDefault(row.Column)?.Value ?? Json(row.Former), row.By, row.At, row.Version);
        if (rows.LastOrDefault(x => x.Column == "status") is { Now: "Closed" or "Filled" } closed)
            throw Refusals.Conflict("Closed", $"It was closed by {closed.By} meanwhile.",
                $"该记录已由 {closed.By} 销号或关闭。");
        return former;
    }

    public override async Task<Guid> KeepFieldAsync(LateChange change, FieldConflict field, CancellationToken stop)
    {
        var division = await LastAsync(change.Connection, change.Set, change.Key, stop);
        return await KeepAsync(change, new Row(ConflictKind.Field, change.Set.Name, KeyText(change.Key), division?.Division)
        {
            Field = field.Property.Name, Base = field.Former.Value.GetRawText(), Mine = field.Mine.GetRawText(),
            Theirs = field.Theirs.GetRawText(), TheirVersion = field.Former.Version, TheirBy = field.Former.ChangedBy,
            TheirAt = field.Former.ChangedAt,
        }, stop);
    }

    public override async Task<KeptChange?> KeepAsync(LateChange change, ODataRefusalException refusal, CancellationToken stop)
    {
        // A change of an entity that names no version is no edit of a queue: it is refused, as it is without the preference.
        if (change.Key is not null && change.Headers.IfMatch.Count == 0 && !HttpMethods.IsPost(change.Method)) return null;
        var (set, key) = Subject(change);
        var last = await LastAsync(change.Connection, set, key, stop);
        var kind = Kind(change, set, key, last, refusal);
        var (english, chinese) = Sentences(kind, refusal, last);
        var isDeletion = kind == ConflictKind.Deleted;
        var id = await KeepAsync(change, new Row(kind, change.Set.Name, KeyText(change.Key ?? Own(change)), last?.Division)
        {
            Body = change.Body?.GetRawText(), Code = refusal.Code, Reason = english, ReasonZh = chinese,
            TheirBy = isDeletion ? last?.By : null, TheirAt = isDeletion ? last?.At : null,
            TheirVersion = isDeletion ? last?.Version : null,
        }, stop);
        return new KeptChange(id, kind.ToString(), english, [new("zh", chinese)]);
    }

    /// <summary>What the change is about: its entity, or what the entity that it creates hangs on.</summary>
    private static (EntitySet Set, object? Key) Subject(LateChange change)
    {
        if (change.Key is not null) return (change.Set, change.Key);
        if (change.Body is { } body)
        {
            foreach (var navigation in change.Set.Navigations.Where(x => !x.ToMany && x.Target.Find("DivisionCode") is not null))
                if (body.TryGetProperty(navigation.From.Name, out var key) && key.ValueKind == JsonValueKind.String)
                    return (navigation.Target, key.GetString());
        }
        return (change.Set, null);
    }

    private static string? Own(LateChange change) =>
        change.Body is { } body && body.TryGetProperty(change.Set.Key.Name, out var key) && key.ValueKind == JsonValueKind.String
            ? key.GetString() : null;

    private static ConflictKind Kind(LateChange change, EntitySet set, object? key, Seen? last, ODataRefusalException refusal)
    {
        if (refusal.Code is "UnknownBase") return ConflictKind.UnknownBase;
        if (refusal.Code is "Closed") return ConflictKind.Closed;
        if (refusal.Status == 403 || refusal.Code == "OutsideArea") return ConflictKind.OutOfReach;
        if (key is null) return ConflictKind.Refused;
        // That there is something where the sender may not look is not told to him.
        var reaches = last is not null && change.Caller.Restrict(set).Admits(property => property == "DivisionCode" ? last.Division : null);
        return !reaches ? ConflictKind.OutOfReach : last!.Operation == "delete" ? ConflictKind.Deleted : ConflictKind.Refused;
    }

    private static (string English, string Chinese) Sentences(ConflictKind kind, ODataRefusalException refusal, Seen? last)
    {
        var at = last?.At.ToString("yyyy-MM-dd HH:mm", CultureInfo.InvariantCulture) + " UTC";
        var (english, chinese) = kind switch
        {
            ConflictKind.Deleted => ($"What it is about was deleted by {last!.By} on {at}.",
                $"所涉记录已由 {last.By} 于 {at} 删除。"),
            ConflictKind.OutOfReach when refusal.Status != 403 => ("What it is about does not lie within your area, or is not there.",
                "所涉记录不在您的辖区内，或不存在。"),
            ConflictKind.UnknownBase => ("It was made on a version that there never was.",
                "提交所依据的版本从未存在。"),
            _ => (refusal.Message, refusal.In(SecondLanguage.Chinese) ?? refusal.Message),
        };
        return ($"{english} What you sent is kept for a person to decide.",
            $"{chinese}您提交的内容已保留，等待人工处理。");
    }

    private static Task<Seen?> LastAsync(NpgsqlConnection connection, EntitySet set, object? key, CancellationToken stop) =>
        key is null ? Task.FromResult<Seen?>(null) : connection.RowAsync(LastSeen, row => new Seen(row.GetString(0), row.TextOrNull(1),
            row.GetString(2), row.GetDateTime(3), row.GetInt32(4)), stop, set.Name, KeyText(key));

    private static Task<Guid> KeepAsync(LateChange change, Row row, CancellationToken stop)
    {
        var device = DeviceHeaders.Of(change.Headers);
        int? version = change.BaseVersion is { } known ? (int)Math.Min(known, int.MaxValue) : null;
        return change.Connection.ScalarAsync<Guid>(Keep, stop, row.Kind.ToString(), row.Entity, row.Key, row.Division, row.Field, row.Base,
            row.Mine, row.Theirs, version, row.TheirVersion, row.TheirBy, row.TheirAt, change.Method, change.Url, row.Body,
            row.Code, row.Reason, row.ReasonZh, device.MadeAt, device.Device, device.Request);
    }

    private static string? KeyText(object? key) => Convert.ToString(key, CultureInfo.InvariantCulture);

    private static JsonElement Json(string? text)
    {
        using var json = JsonDocument.Parse(text ?? "null");
        return json.RootElement.Clone();
    }

    private sealed record Seen(string Operation, string? Division, string By, DateTime At, int Version);

    private sealed record Row(ConflictKind Kind, string Entity, string? Key, string? Division)
    {
        public string? Field { get; init; }

        public string? Base { get; init; }

        public string? Mine { get; init; }

        public string? Theirs { get; init; }

        public int? TheirVersion { get; init; }

        public string? TheirBy { get; init; }

        public DateTime? TheirAt { get; init; }

        public string? Body { get; init; }

        public string? Code { get; init; }

        public string? Reason { get; init; }

        public string? ReasonZh { get; init; }
    }
}
