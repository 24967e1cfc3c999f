using System.Globalization;
using System.IO.Compression;
using System.Text;

namespace HazardMap.Service.Exchange.Osm;

/// <summary>
/// Makes of an extract as people have it one that osm2pgsql reads: OSM XML goes through <see cref="OsmXml"/>, what is not in order is
/// sorted, of several versions the newest stays, numbers of an editor become the register's. What was done stands in the report.
/// </summary>
internal sealed class OsmMending(ImportRequest request, DirectoryInfo place, ImportReport report, CancellationToken stop)
{
    private readonly string _fileName = request.FileName;
    private string _path = Path.GetFullPath(request.Path);
    private int _copies;

    /// <summary>Looks at the extract and mends it in <paramref name="place"/>, which the caller deletes.</summary>
    /// <exception cref="RefusalException">It is no extract, or it can't be mended: what is wrong where, and what helps.</exception>
    public static async Task<MendedExtract> RunAsync(
        ImportRequest request, DirectoryInfo place, ImportReport report, CancellationToken stop)
    {
        var mending = new OsmMending(request, place, report, stop);
        return await mending.RunAsync();
    }

    /// <summary>Packs an extract anew whose blocks osm2pgsql can't unpack, but osmium can.</summary>
    public static async Task<MendedExtract> RepackAsync(MendedExtract extract, DirectoryInfo place, CancellationToken stop)
    {
        var made = Path.Combine(place.FullName, "repacked.osm.pbf");
        string[] arguments = ["cat", "-F", "pbf", extract.Path, "-f", "pbf,pbf_compression=zlib", "-o", made];
        await OsmTool.RunAsync(extract.FileName, "osmium", arguments, stop);
        return extract with { Path = made };
    }

    private async Task<MendedExtract> RunAsync()
    {
        var format = await OsmFormats.OfAsync(_path, _fileName, stop);
        var xml = format == OsmFormat.Pbf ? null : await UnpackAsync(format);
        var info = await LookAsync();
        RefuseHalf(info);
        if (!info.IsOrdered) info = await SortAsync();
        if (info.HasVersions || xml is { Invisible: > 0 }) await KeepNewestAsync(info, xml);
        if (info.Least < 0) await RenumberAsync(info);
        return new MendedExtract(_fileName, _path, OsmAge.Of(info.Header ?? xml?.AsOf, _fileName, info.Newest));
    }

    private async Task<OsmXml> UnpackAsync(OsmFormat format)
    {
        OsmXml? xml = null;
        var source = _path;
        await OsmiumAsync(["cat", "-F", "osm", "-"], "osh.pbf", into =>
        {
            if (format == OsmFormat.Bzip2Xml)
            {
                xml = CopyBzip2(source, into);
                return;
            }
            using var file = File.OpenRead(source);
            using Stream text = format == OsmFormat.GzippedXml ? new GZipStream(file, CompressionMode.Decompress) : file;
            xml = OsmXml.Copy(_fileName, text, into, stop);
        });
        if (xml!.Deleted > 0)
            report.SkippedReasons.Add(new("objects", null, "marked as deleted in the editor", OsmReasons.Chinese("marked as deleted"),
                xml.Deleted, xml.DeletedExamples));
        return xml;
    }

    // bzip2 itself, for a file may be several streams one after another, as parallel packers write it: osmium stops after the first.
    private OsmXml CopyBzip2(string path, Stream into)
    {
        using var unpacking = OsmTool.Start("bzip2", ["-dc", path], []);
        using var killed = stop.Register(() => OsmTool.Kill(unpacking));
        unpacking.StandardInput.Close();
        var said = unpacking.StandardError.ReadToEndAsync(stop);
        try
        {
            return OsmXml.Copy(_fileName, unpacking.StandardOutput.BaseStream, into, stop);
        }
        catch (RefusalException) when (unpacking.WaitForExit(TimeSpan.FromSeconds(2)) && unpacking.ExitCode != 0)
        {
            throw OsmToolErrors.Refusal(_fileName, "bzip2", unpacking.ExitCode, said.GetAwaiter().GetResult());
        }
        finally
        {
            OsmTool.Kill(unpacking);
        }
    }

    private async Task<OsmFileInfo> LookAsync() =>
        OsmFileInfo.Parse(await OsmTool.RunAsync(_fileName, "osmium", ["fileinfo", "-e", "-j", "-F", "pbf", _path], stop));

    private void RefuseHalf(OsmFileInfo info)
    {
        if (info.HasPlacesInWays)
            throw new RefusalException("ExtractWithoutNodes",
                $"{_fileName} has positions in its ways (LocationsOnWays) and lacks the nodes. Make it from its source without "
                    + "osmium add-locations-to-ways, or with --keep-untagged-nodes. Nothing was changed.",
                $"{_fileName} 的坐标写在路线中（LocationsOnWays），缺少节点。"
                    + "请从来源重新生成，不要使用 osmium add-locations-to-ways，"
                    + "或加上 --keep-untagged-nodes。未作任何更改。", _fileName);
        if (info.Largest >= OsmNumbers.First || info.Least <= -OsmNumbers.PerFile)
            throw new RefusalException("ExtractNumbers", string.Create(CultureInfo.InvariantCulture,
                $"{_fileName} has object numbers from {info.Least} to {info.Largest}; ")
                    + $"{-OsmNumbers.PerFile + 1} to {OsmNumbers.First - 1} are read. "
                    + "Number what OpenStreetMap does not know anew: osmium renumber --start-id=-1 FILE -o new.osm.pbf. "
                    + "Nothing was changed.",
                string.Create(CultureInfo.InvariantCulture,
                $"{_fileName} 的对象编号为 {info.Least} 至 {info.Largest}，")
                    + $"可读取 {-OsmNumbers.PerFile + 1} 至 {OsmNumbers.First - 1}。"
                    + "请为尚未上传的对象重新编号："
                    + "osmium renumber --start-id=-1 文件 -o new.osm.pbf。未作任何更改。", _fileName);
    }

    private async Task<OsmFileInfo> SortAsync()
    {
        await OsmiumAsync(["sort", "-s", "multipass", "-F", "pbf", _path], "osh.pbf");
        report.Note($"The objects of {_fileName} were not in order; they were sorted (osmium sort).",
            $"{_fileName} 中的对象未按顺序排列，已自动排序（osmium sort）。");
        return await LookAsync();
    }

    private async Task KeepNewestAsync(OsmFileInfo before, OsmXml? xml)
    {
        await OsmiumAsync(["time-filter", "-F", "pbf", _path, "2100-01-01T00:00:00Z"], "osm.pbf");
        var left = before.Objects - (await LookAsync()).Objects - (xml?.Deleted ?? 0);
        if (left > 0)
            report.Note($"{_fileName} holds several versions of objects: the newest of each counts, {left} former versions and deleted "
                + "objects were left out (osmium time-filter).",
                $"{_fileName} 含有对象的多个版本：以最新版本为准，"
                    + $"已忽略 {left} 个旧版本或已删除的对象（osmium time-filter）。");
    }

    private async Task RenumberAsync(OsmFileInfo info)
    {
        var numbers = new OsmNumbers(OsmImport.ExtractName(_fileName));
        var source = _path;
        await OsmiumAsync(["cat", "-F", "opl", "-"], "osm.pbf", into =>
        {
            using var reading = OsmTool.Start("osmium", ["cat", "-F", "pbf", source, "-f", "opl", "-o", "-"], []);
            using var killed = stop.Register(() => OsmTool.Kill(reading));
            reading.StandardInput.Close();
            _ = reading.StandardError.ReadToEndAsync(stop);
            using var lines = new StreamWriter(into, new UTF8Encoding(false), 1 << 16, leaveOpen: true) { NewLine = "\n" };
            while (reading.StandardOutput.ReadLine() is { } line) lines.WriteLine(numbers.Rewrite(line));
        });
        await OsmiumAsync(["sort", "-s", "multipass", "-F", "pbf", _path], "osm.pbf");
        report.Note(string.Create(CultureInfo.InvariantCulture,
            $"{_fileName} has objects that OpenStreetMap does not know yet, with numbers of an editor down to {info.Least}. ")
                + $"They are kept under numbers made from the file's name: -1 is {numbers.Of(-1)}. "
                + "Import a newer version under the same name, else they come in a second time.",
            string.Create(CultureInfo.InvariantCulture,
                $"{_fileName} 含有尚未上传到 OpenStreetMap 的对象（编辑器编号，最小 {info.Least}）。")
                + $"已按文件名为其编号：-1 对应 {numbers.Of(-1)}。"
                + "更新时请使用相同文件名，否则会重复导入。");
    }

    private async Task OsmiumAsync(string[] arguments, string format, Action<Stream>? feed = null)
    {
        var made = Path.Combine(place.FullName, $"{++_copies}.osm.pbf");
        await OsmTool.RunAsync(_fileName, "osmium", [.. arguments, "-f", format, "-o", made], stop, feed: feed);
        if (Path.GetDirectoryName(_path) == place.FullName) File.Delete(_path);
        _path = made;
    }
}
