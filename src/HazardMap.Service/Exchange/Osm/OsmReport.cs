using HazardMap.Service.Database;
using Npgsql;

namespace HazardMap.Service.Exchange.Osm;

/// <summary>Reads the report of an OSM import from what its transaction has staged.</summary>
internal sealed class OsmReport(NpgsqlConnection connection)
{
    public async Task FillAsync(ImportReport report, CancellationToken stop)
    {
        report.Crs = new { used = "EPSG:4326", concluded = "OpenStreetMap extracts are always WGS84" };
        report.Kinds.AddRange(await RowsAsync("Outcomes",
            r => new KindCount(r.GetString(0), r.GetString(1), r.GetInt32(2), r.GetInt32(3), r.GetInt32(4)), stop));
        report.Tags = await RowsAsync("ReadTags", r => new TagCount(r.GetString(0), r.GetString(1), r.GetInt32(2)), stop);
        report.Read = report.Tags.Sum(t => t.Read);
        report.SkippedReasons.AddRange(await RowsAsync("Skipped",
            r => new SkippedReason(r.GetString(0), r.GetString(1), r.GetString(2), OsmReasons.Chinese(r.GetString(2)), r.GetInt32(3),
                r.GetFieldValue<string[]>(4)), stop));
        report.Gone = await RowsAsync("Gone", r => new GoneObjects(r.GetString(0), r.GetInt32(1), r.GetFieldValue<string[]>(2)), stop);
        report.RecutEdgesRemoved = (await RowsAsync("Recut", r => r.GetInt32(0), stop))[0];
        report.Network =
            new(StringComparer.Ordinal) { ["walk"] = await NetworkAsync("walk", stop), ["drive"] = await NetworkAsync("drive", stop) };
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
