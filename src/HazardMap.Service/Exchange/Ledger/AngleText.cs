using System.Globalization;
using System.Text;
using System.Text.RegularExpressions;

namespace HazardMap.Service.Exchange.Ledger;

/// <summary>
/// Reads longitudes and latitudes as people write them: decimal degrees, degrees with minutes and seconds under any of their signs
/// (<c>104°18′30.5″E</c>, 东经104度18分30秒, <c>104-18-30</c>), with the half of the globe in front or behind.
/// </summary>
internal static partial class AngleText
{
    /// <summary>Degrees; or metres of a grid, as they stand.</summary>
    /// <param name="text">The cell, trimmed.</param>
    /// <param name="isLongitude">Which of the two is wanted.</param>
    /// <param name="problem">Why there is none.</param>
    /// <param name="isOdd">Whether it was written otherwise than as a plain number.</param>
    public static double? Read(string text, bool isLongitude, out CellProblem? problem, out bool isOdd)
    {
        problem = null;
        isOdd = false;
        var plain = InvisibleText.Plain(text);
        if (NumberText.TryPlain(plain, out var value)) return double.IsFinite(value) ? value : Fail(text, out problem);
        isOdd = true;
        var signs = WithPlainSigns(text);
        var half = Half().Match(signs);
        var body = half.Success ? half.Groups["body"].Value.Trim() : signs;
        if (half.Success && Side(half.Groups["half"].Value.ToUpperInvariant()) is { } side)
        {
            if (side.IsLongitude != isLongitude) return OtherAxis(text, isLongitude, out problem);
            if (Degrees(body, text, out problem) is { } angle) return angle < 0 && side.Sign < 0 ? Fail(text, out problem)
                : angle * side.Sign;
            return problem is null ? Otherwise(text, out problem) : null;
        }
        return Degrees(body, text, out problem) is { } degrees ? degrees : problem is null ? Otherwise(text, out problem) : null;
    }

    private static double? Degrees(string body, string text, out CellProblem? problem)
    {
        problem = null;
        if (Decimal().Match(body) is { Success: true } whole) return Number(whole.Groups["deg"].Value);
        var match = Parts().Match(body);
        if (!match.Success) return null;
        var (minutes, seconds) = (Number(match.Groups["min"].Value), Number(match.Groups["sec"].Value));
        if (minutes >= 60 || seconds >= 60)
        {
            problem = new("AngleRefused", $"'{CellProblem.Quote(text)}': minutes and seconds are below 60",
                $"'{CellProblem.Quote(text)}'：分、秒应小于 60");
            return null;
        }
        var size = Number(match.Groups["deg"].Value) + (minutes + seconds / 60) / 60;
        return match.Groups["sign"].Value == "-" ? -size : size;
    }

    private static double? Otherwise(string text, out CellProblem? problem)
    {
        var plain = InvisibleText.Plain(text);
        problem = NumberText.Named(plain);
        if (problem is not null) return null;
        if (NumberText.Separated(plain, isWhole: false, out var value, out problem)) return value;
        if (problem is not null) return null;
        if (TwoNumbers().IsMatch(plain))
        {
            problem = new("TwoNumbers", $"'{CellProblem.Quote(text)}' holds longitude and latitude together: split it into two columns",
                $"'{CellProblem.Quote(text)}' 同时含经度和纬度：请拆分为两列");
            return null;
        }
        return Metres().Match(plain) is { Success: true } metres ? Number(metres.Groups["n"].Value) : Fail(text, out problem);
    }

    private static double? OtherAxis(string text, bool isLongitude, out CellProblem? problem)
    {
        problem = isLongitude
            ? new("AxesSwapped", $"'{CellProblem.Quote(text)}' is a latitude in the column of longitude: swap the two cells",
                $"'{CellProblem.Quote(text)}' 是纬度，却填在经度列：请对调两个单元格")
            : new("AxesSwapped", $"'{CellProblem.Quote(text)}' is a longitude in the column of latitude: swap the two cells",
                $"'{CellProblem.Quote(text)}' 是经度，却填在纬度列：请对调两个单元格");
        return null;
    }

    private static double? Fail(string text, out CellProblem? problem)
    {
        problem = new("NotANumber", $"'{CellProblem.Quote(text)}' is not a number: write degrees, such as 104.3084 or 104°18′30″",
            $"'{CellProblem.Quote(text)}' 不是数字：请填写度数，如 104.3084 或 104°18′30″");
        return null;
    }

    private static (bool IsLongitude, int Sign)? Side(string word) => word switch
    {
        "E" or "东" or "东经" => (true, 1),
        "W" or "西" or "西经" => (true, -1),
        "N" or "北" or "北纬" => (false, 1),
        "S" or "南" or "南纬" => (false, -1),
        "经度" or "LONGITUDE" or "LON" or "LNG" => (true, 1),
        "纬度" or "LATITUDE" or "LAT" => (false, 1),
        _ => null,
    };

    // The signs of degrees, minutes and seconds that keyboards, sheets and phones put, each as one.
    private static string WithPlainSigns(string text)
    {
        var plain = new StringBuilder(text.Length);
        foreach (var c in InvisibleText.Strip(text))
            plain.Append(c switch
            {
                '°' or 'º' or '˚' or '∘' or '⁰' or 'ᵒ' or '゜' or '度' or '○' => "°",
                '\'' or '′' or '’' or '‘' or '´' or '`' or 'ʹ' or 'ʼ' or '＇' or '‵' or '分' => "'",
                '"' or '″' or '“' or '”' or '〃' or 'ʺ' or '＂' or '˝' or '‶' or '秒' => "\"",
                '−' or '–' or '—' => "-",
                _ => char.IsAscii(c) ? c.ToString() : c.ToString().Normalize(NormalizationForm.FormKC),
            });
        return Letters().Replace(plain.Replace("''", "\"").ToString().Trim(), "${d}°${m}'${s}\"");
    }

    private static double Number(string digits) =>
        digits.Length == 0 ? 0 : double.Parse(digits, NumberStyles.AllowDecimalPoint | NumberStyles.AllowLeadingSign,
            CultureInfo.InvariantCulture);

    private const RegexOptions Plainly = RegexOptions.ExplicitCapture | RegexOptions.IgnoreCase;

    // 104d18m30s: the s there is no south.
    [GeneratedRegex(@"(?<d>\d+)\s*d\s*(?<m>\d+(\.\d+)?)\s*m\s*(?<s>\d+(\.\d+)?)\s*s", Plainly, 1000)]
    private static partial Regex Letters();

    [GeneratedRegex(@"^\(?(?<half>东经|西经|北纬|南纬|[EWNS东西南北]|经度|纬度|longitude|latitude|lon|lng|lat)\)?"
        + @"[:.\s]*(?<body>[-+\d].*)$"
        + @"|^(?<body>[-+\d].*?)\s*\(?(?<half>东经|西经|北纬|南纬|[EWNS东西南北])\)?$", Plainly, 1000)]
    private static partial Regex Half();

    [GeneratedRegex(@"^(?<deg>[+-]?\d+(\.\d+)?)\s*°?$", Plainly, 1000)]
    private static partial Regex Decimal();

    [GeneratedRegex(@"^(?<sign>[+-])?(?<deg>\d{1,3})(\s*°\s*(?<min>\d{1,2}(\.\d+)?)\s*('\s*((?<sec>\d{1,2}(\.\d+)?)\s*""?)?)?"
        + @"|\s*(?<by>[-:\s.])\s*(?<min>\d{1,2})\s*\k<by>\s*(?<sec>\d{1,2}(\.\d+)?)\s*""?)$", Plainly, 1000)]
    private static partial Regex Parts();

    [GeneratedRegex(@"^[-+]?\d+\.\d+°?\s*[,;/、\s]\s*[-+]?\d+(\.\d+)?°?$|^[-+]?\d+°?\s*[,;/、\s]\s*[-+]?\d+\.\d+°?$", Plainly, 1000)]
    private static partial Regex TwoNumbers();

    [GeneratedRegex(@"^(?<n>[+-]?\d{4,}(\.\d+)?)\s*(米|m|metres|meters)$", Plainly, 1000)]
    private static partial Regex Metres();
}
