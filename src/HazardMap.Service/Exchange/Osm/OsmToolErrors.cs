using System.Text.RegularExpressions;

namespace HazardMap.Service.Exchange.Osm;

/// <summary>What osmium, osm2pgsql and bzip2 say when they fail, each cause with its own sentence and its own remedy.</summary>
internal static class OsmToolErrors
{
    /// <summary>Code of the refusal of blocks that are packed in a way that osm2pgsql does not read.</summary>
    public const string Compression = "ExtractCompression";

    // The first that fits counts: what causes other messages comes first.
    private static readonly Cause[] Causes =
    [
        new("No space left on device|disk_full|Disk quota exceeded", "DiskFull",
            "the disk is full. Make room where temporary files ({0}) and the database are (df -h), then import it again",
            "磁盘已满。请在临时目录（{0}）和数据库所在磁盘腾出空间（df -h）后重新导入"),
        new("bad_alloc|[Oo]ut of memory|Cannot allocate memory|^exit code 137$", "MemoryFull",
            "there was too little memory. Close other programs, or cut a smaller extract: osmium extract --bbox=W,S,E,N FILE",
            "内存不足。请关闭其他程序，或裁剪更小的区域：osmium extract --bbox=西,南,东,北 文件"),
        new("[Cc]onnection to (server|database)|Connecting to database|could not connect|terminating connection|"
                + "server closed the connection", "DatabaseAway",
            "the database could not be reached or went away. Try again when it runs (./hazardmap status)",
            "无法连接数据库，或连接中断。请在数据库恢复运行后重试（./hazardmap status）"),
        new("permission denied for (database|schema)|must be owner of|permission denied to create", "NotAllowed",
            "the database account may not make the staging schema import_osm. Grant it: GRANT CREATE ON DATABASE",
            "数据库账户无权创建暂存模式 import_osm。请授权：GRANT CREATE ON DATABASE"),
        new("Permission denied|Open failed", "FileUnreadable",
            "the file can't be opened. Give the reading account the right to read it (chmod a+r FILE)",
            "无法打开文件。请授予读取权限（chmod a+r 文件）"),
        new("unexpected EOF|truncated|unclosed token|no element found|Unexpected end|ends unexpectedly", "ExtractTruncated",
            "the file is cut off. Download or copy it again and compare its size or checksum (.md5) with the source's",
            "文件被截断。请重新下载或复制，并与来源核对大小或校验和（.md5）"),
        new("BZ2|[Dd]ata integrity|CRC|gzip|inflate|uncompress|incorrect data check|invalid (block|distance|stored)", "ExtractDamaged",
            "the packed data is damaged. Download or copy it again and compare its checksum (.md5) with the source's",
            "压缩数据已损坏。请重新下载或复制，并与来源核对校验和（.md5）"),
        new("blobs not supported|unknown compression", Compression,
            "its blocks are packed in a way that is not read here. Write it anew: "
                + "osmium cat FILE -f pbf,pbf_compression=zlib -o new.osm.pbf",
            "其数据块的压缩方式无法读取。请转换：osmium cat 文件 -f pbf,pbf_compression=zlib -o new.osm.pbf"),
        new("[Rr]equired feature not supported|unsupported feature", "ExtractFeature",
            "it needs a feature of the format that is not read here. Write it anew with the program that made it, as a plain .osm.pbf",
            "该文件使用了无法读取的格式特性。请用原程序另存为普通的 .osm.pbf"),
        new("PBF error|BlobHeader|blob", "ExtractDamaged",
            "a block of the .osm.pbf can't be read: the file is damaged or no .osm.pbf. "
                + "Download it again and compare its checksum (.md5) with the source's",
            ".osm.pbf 中有数据块无法读取：文件已损坏或并非 .osm.pbf。"
                + "请重新下载，并与来源核对校验和（.md5）"),
        new("Invalid location", "EmptyExtract", "it holds no node with a position: there is nothing to import",
            "其中没有带坐标的节点，没有可导入的内容"),
        new("too long", "TextTooLong",
            "a tag, a role or a user's name is longer than OpenStreetMap allows (255 characters). Shorten it in the editor, save again",
            "有标签、角色或用户名超过 OpenStreetMap 允许的长度（255 个字符）。"
                + "请在编辑器中缩短后重新保存"),
        new("not ordered|out of order", "ExtractUnordered",
            "its objects are not in order, and sorting did not help. Sort it by hand: osmium sort FILE -o sorted.osm.pbf",
            "其对象未按顺序排列，自动排序未能解决。请手工排序：osmium sort 文件 -o sorted.osm.pbf"),
        new("[Nn]egative", "ExtractNumbers",
            "objects have negative numbers. Number them anew: osmium renumber FILE -o renumbered.osm.pbf",
            "存在负数编号的对象。请重新编号：osmium renumber 文件 -o renumbered.osm.pbf"),
        new(@"\.lua|Lua|flex", "MappingBroken",
            "geodata/osm/mapping.lua or extract.lua fails on it. Undo changes to them (git checkout geodata/osm)",
            "geodata/osm/mapping.lua 或 extract.lua 执行失败。请撤销对它们的改动（git checkout geodata/osm）"),
    ];

    /// <summary>The refusal of <paramref name="fileName"/> because of what a tool said on stderr.</summary>
    /// <param name="fileName">The user's file.</param>
    /// <param name="program">The tool.</param>
    /// <param name="exitCode">Its exit code; above 128 a signal has ended it.</param>
    /// <param name="said">What it wrote to stderr.</param>
    public static RefusalException Refusal(string fileName, string program, int exitCode, string said)
    {
        var (cause, line) = Find(said, exitCode);
        var (code, en, zh) = cause is null
            ? ("ExtractUnreadable", "it can't be read. Look at it with: osmium fileinfo -e FILE; save or download it again",
                "无法读取。请用 osmium fileinfo -e 文件 查看，并重新保存或下载")
            : (cause.Code, cause.En, cause.Zh);
        var place = Path.GetTempPath();
        return new RefusalException(code,
            $"{fileName}: {en.Replace("{0}", place, StringComparison.Ordinal)}. ({program}: {line}) Nothing was changed.",
            $"{fileName}：{zh.Replace("{0}", place, StringComparison.Ordinal)}。（{program}：{line}）未作任何更改。", fileName);
    }

    // osm2pgsql puts a time and ERROR before what matters, the others say it plainly.
    private static (Cause? Cause, string Line) Find(string said, int exitCode)
    {
        var lines = said.Split('\n', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries);
        var errors = Array.FindAll(lines, l => l.Contains("ERROR:", StringComparison.Ordinal));
        if (errors.Length > 0) lines = errors;
        if (lines.Length == 0) lines = [$"exit code {exitCode}"];
        foreach (var cause in Causes)
            if (Array.Find(lines, l => Regex.IsMatch(l, cause.Pattern, RegexOptions.ExplicitCapture, TimeSpan.FromSeconds(1))) is { } line)
                return (cause, Plain(line));
        return (null, Plain(lines[^1]));
    }

    private static string Plain(string line)
    {
        line = line.Split("ERROR:")[^1].Replace("bzip2:", "", StringComparison.Ordinal).Trim().TrimEnd('.', ';');
        return line.Length > 300 ? line[..300] : line;
    }

    private sealed record Cause(string Pattern, string Code, string En, string Zh);
}
