using System.Text.RegularExpressions;

namespace HazardMap.Service.Exchange.Ledger;

/// <summary>
/// What the headers of other people's files mean besides the register's own names: decorations and units are taken off, and a header
/// that is not read is told what it looks like.
/// </summary>
internal static partial class LedgerHeaders
{
    private static readonly HashSet<string> Neutral = new(StringComparer.OrdinalIgnoreCase)
    {
        "必填", "选填", "必填项", "全称", "单选", "文本", "数字", "required", "optional", "text", "wgs84", "wgs-84",
            "cgcs2000", "epsg:4326",
        "epsg:4490", "2000坐标", "国家2000", "度", "°", "十进制", "十进制度", "小数", "degrees", "degree", "deg",
            "decimaldegrees", "dd", "有/无",
        "有无", "是/否", "是否", "yes/no", "1/0", "人", "个", "名",
    };

    private static readonly (string Form, string En, string Zh)[] Likenesses =
    [
        (@"^(gps|地理|位置|中心|点位)?(经纬度|纬经度|经度[/,、和及]?纬度|坐标|位置)(点|信息|坐标|数据)?$"
            + "|^(lon|lng|long|longitude)[/,&和]?(lat|latitude)$|^(lat|latitude)[/,&和]?(lon|lng|longitude)$"
            + "|^(gps|coordinates?|coords?|position|location|latlong)$",
            "longitude and latitude in one cell: split it into two columns, Longitude (经度) and Latitude (纬度)",
            "经度和纬度在同一单元格：请拆分为“经度”和“纬度”两列"),
        (@"^(x|坐标x|x坐标.*|cgcs2000-?x|.*-x|纵坐标x?|北坐标.*|北向|北|n坐标|northing.*|north|x[(/].*)$",
            "a northing in metres (X of Chinese survey): name it Latitude (纬度), the easting Longitude (经度), "
                + "and say the grid, such as --crs EPSG:4544",
            "测量坐标北坐标（X，米）：请将该列改名为“纬度”，东坐标改名为“经度”，"
                + "并指明坐标系，如 --crs EPSG:4544"),
        (@"^(y|坐标y|y坐标.*|cgcs2000-?y|.*-y|横坐标y?|东坐标.*|东向|东|e坐标|easting.*|east|y[(/].*)$",
            "an easting in metres (Y of Chinese survey): name it Longitude (经度), the northing Latitude (纬度), "
                + "and say the grid, such as --crs EPSG:4544",
            "测量坐标东坐标（Y，米）：请将该列改名为“经度”，北坐标改名为“纬度”，"
                + "并指明坐标系，如 --crs EPSG:4544"),
        (@"^.*(经|纬|lon|lng|lat).*(gcj|火星|高德|腾讯)",
            "a position of a Chinese web map: name it 经度 or 纬度 and say --crs gcj02",
            "互联网地图坐标：请改名为“经度”“纬度”，并加 --crs gcj02"),
        (@"^.*(经|纬|lon|lng|lat).*(bd-?09|百度|baidu)", "a position of Baidu's map: name it 经度 or 纬度 and say --crs bd09",
            "百度地图坐标：请改名为“经度”“纬度”，并加 --crs bd09"),
        (@"^.*(西安|北京|xi.?an|beijing).*(80|54)|^(80|54)坐标",
            "a position of Xi'an 1980 or Beijing 1954: have the survey office transform it to CGCS2000",
            "西安80或北京54坐标：请由测绘部门转换为 CGCS2000 后导入"),
        (@"^(经度|纬度|longitude|latitude|lon|lat)[/(_-]?(度|分|秒|degrees?|minutes?|seconds?)\)?$",
            "degrees, minutes and seconds in columns of their own: join them in one cell, such as 104°18′30″, under 经度 or 纬度",
            "度、分、秒分列：请合并为一个单元格，如 104°18′30″，列名为“经度”“纬度”"),
        (@"^(序号|序|号|行号|no\.?|nr\.?|#|index|row|id|fid|oid|objectid|gid)$",
            "a running number, which is no code: a code stays with its row", "序号不是编号：编号须固定不变"),
    ];

    /// <summary>As headers are compared: full-width forms, case, blanks, underscores, stars and invisible characters don't
    /// matter.</summary>
    public static string Simplify(string header) =>
        Blanks().Replace(InvisibleText.Plain(header), "").Trim('*', '※', ':', '：', '.', '、').ToUpperInvariant();

    /// <summary>The name and the unit or remark of a header such as <c>水深(cm)</c>, <c>名称（必填）</c>,
    /// <c>水深/米</c>.</summary>
    public static (string Name, string Remark)? Split(string simplified) =>
        Remark().Match(simplified) is { Success: true } match
            ? (match.Groups["name"].Value.TrimEnd('*'), Unit().Replace(match.Groups["remark"].Value, "")) : null;

    /// <summary>Whether a header names a division by a word that also stands beside the column of codes.</summary>
    public static bool IsSecondary(string header) => Simplify(header) is "所在乡镇" or "所属乡镇" or "乡镇";

    /// <summary>Whether a remark changes nothing about what the cells say.</summary>
    public static bool IsNeutral(string remark) => Neutral.Contains(remark);

    /// <summary>Whether a row's cell says no more than a unit.</summary>
    public static bool IsUnit(string cell) => InvisibleText.Plain(cell).Trim('(', ')', ' ') is var plain
        && (Neutral.Contains(plain) || NumberText.Metres(plain) is not null);

    /// <summary>What a header looks like that is not read, with the remedy; <see langword="null"/>: nothing in particular.</summary>
    public static (string En, string Zh)? Likeness(string header)
    {
        var simplified = Simplify(header);
        foreach (var (form, en, zh) in Likenesses)
            if (Regex.IsMatch(simplified, form, RegexOptions.IgnoreCase | RegexOptions.ExplicitCapture, TimeSpan.FromSeconds(1)))
                return (en, zh);
        return LedgerSet.KnownColumns.Where(c => c.Zh.Length > 1
            && simplified.Contains(Simplify(c.Zh.Split('(')[0]), StringComparison.Ordinal))
            .Select(c => ((string, string)?)($"if it is {c.Name}, name it so or {c.Zh}",
            $"如为“{c.Zh}”，请改用该列名")).FirstOrDefault();
    }

    [GeneratedRegex(@"[\s_]+", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Blanks();

    [GeneratedRegex(@"^(?<name>[^(\[【/]+?)([(\[【](?<remark>[^)\]】]*)[)\]】]|/(?<remark>[^/]+))$", RegexOptions.ExplicitCapture,
        1000)]
    private static partial Regex Remark();

    [GeneratedRegex("^(单位|UNIT)[:：]?", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Unit();
}
