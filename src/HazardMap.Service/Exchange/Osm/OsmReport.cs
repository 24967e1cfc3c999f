using HazardMap.Service.Database;
using Npgsql;

namespace HazardMap.Service.Exchange.Osm;

/// <summary>Reads the report of an OSM import from what its transaction has staged.</summary>
internal sealed class OsmReport(NpgsqlConnection connection)
{
    private const int Shown = 200;

    public async Task FillAsync(ImportReport report, CancellationToken stop)
    {
        report.Crs = new { used = "EPSG:4326", concluded = "OpenStreetMap extracts are always WGS84" };
        report.Kinds.AddRange(await RowsAsync("Outcomes",
            r => new KindCount(r.GetString(0), r.GetString(1), r.GetInt32(2), r.GetInt32(3), r.GetInt32(4)), stop));
        report.Tags = await RowsAsync("ReadTags", r => new TagCount(r.GetString(0), r.GetString(1), r.GetInt32(2)), stop);
        report.Read = report.Tags.Sum(t => t.Read);
        report.Gathered = (await RowsAsync("Gathered", r => new GatheredHomes(r.GetInt32(0), r.GetInt32(1)), stop))[0];
        report.SkippedReasons.AddRange(await RowsAsync("Skipped",
            r => new SkippedReason(r.GetString(0), r.GetString(1), r.GetString(2), OsmReasons.Chinese(r.GetString(2)), r.GetInt32(3),
                r.GetFieldValue<string[]>(4)), stop));
        report.Gone = await RowsAsync("Gone", r => new GoneObjects(r.GetString(0), r.GetInt32(1), r.GetFieldValue<string[]>(2)), stop);
        var overwritten = await RowsAsync("Overwritten", r => new OverwrittenField(r.GetString(0), r.GetString(1), r.GetString(2),
            r.IsDBNull(3) ? null : r.GetString(3), r.IsDBNull(4) ? null : r.GetString(4)), stop);
        report.Overwritten = new(overwritten.Count, [.. overwritten.Take(Shown)]);
        report.RecutEdgesRemoved = (await RowsAsync("Recut", r => r.GetInt32(0), stop))[0];
        report.Network =
            new(StringComparer.Ordinal) { ["walk"] = await NetworkAsync("walk", stop), ["drive"] = await NetworkAsync("drive", stop) };
        if (overwritten.Count > 0)
            report.Note($"Hand corrections overwritten: {overwritten.Count}. The extract says something new about the same fields: "
                + "see \"overwritten\"; what stood there before is in the history.",
                $"被覆盖的人工更正：{overwritten.Count} 处。数据对同一字段有了新的说法："
                    + "见 overwritten；原值保留在历史记录中。");
        if (report.Gone.Count > 0)
            report.Note("Some objects of an earlier version of this extract are not in it any more. They were left as they are; "
                + "close or delete them if they are gone.",
                "此数据的旧版本中有部分对象已不在新版本中。它们保持原状；"
                    + "如确已消失，请关闭或删除。");
    }

    private async Task<NetworkShape> NetworkAsync(string mode, CancellationToken stop) =>
        (await RowsAsync("Network", r => new NetworkShape(r.GetInt64(0), r.GetInt64(1), r.GetInt64(2), Math.Round(r.GetDouble(3), 3),
            Math.Round(r.GetDouble(4), 4), Math.Round(r.GetDouble(5), 4)), stop, mode))[0];

    private Task<List<T>> RowsAsync<T>(string file, Func<NpgsqlDataReader, T> read, CancellationToken stop, params object?[] values) =>
        connection.RowsAsync(EmbeddedSql.Of<OsmReport>(file), read, stop, values);
}
