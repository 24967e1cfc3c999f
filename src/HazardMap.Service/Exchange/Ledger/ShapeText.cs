using NetTopologySuite.Geometries;
using NetTopologySuite.IO;

namespace HazardMap.Service.Exchange.Ledger;

/// <summary>Reads the shape of a line or an area from a cell: well-known text, longitude first, in the file's own coordinates.</summary>
internal static class ShapeText
{
    /// <summary>The shape of a cell that is not empty.</summary>
    public static Geometry? Read(string cell, out CellProblem? problem)
    {
        problem = null;
        var text = InvisibleText.Strip(cell).Trim();
        if (text.StartsWith("SRID=", StringComparison.OrdinalIgnoreCase))
        {
            var semicolon = text.IndexOf(';', StringComparison.Ordinal);
            if (text[..Math.Max(semicolon, 0)].ToUpperInvariant() is not ("SRID=4326" or "SRID=4490"))
                return Fail(text, "its SRID is neither 4326 nor 4490: leave SRID out and say --crs",
                    "其 SRID 不是 4326 或 4490：请去掉 SRID 并用 --crs 指明", out problem);
            text = text[(semicolon + 1)..];
        }
        if (text.Contains("COLLECTION", StringComparison.OrdinalIgnoreCase))
            return Fail(text, "a collection is not accepted: give a point, line, polygon or one of their multi forms",
                "不接受几何集合：请提供点、线、面或其多重形式", out problem);
        try
        {
            var shape = new WKTReader().Read(text);
            if (!shape.IsEmpty && shape.Coordinates.All(c => double.IsFinite(c.X) && double.IsFinite(c.Y))) return shape;
            return Fail(text, "it is empty or not finite", "为空或含非有限数", out problem);
        }
        catch (Exception wrong) when (wrong is ParseException or ArgumentException or FormatException or InvalidOperationException)
        {
            return Fail(text, "expected well-known text such as POLYGON((104.3 23.4, ...)), rings closed; a sheet cuts cells off at 32,767 "
                + "characters: import the shape as GeoJSON, or empty the cell",
                "应为 WKT，如 POLYGON((104.3 23.4, ...))，环须闭合；"
                + "表格软件会在 32,767 个字符处截断单元格：请以 GeoJSON 导入形状，或将单元格留空",
                out problem);
        }
    }

    private static Geometry? Fail(string text, string why, string whyZh, out CellProblem? problem)
    {
        problem = new("ShapeRefused", $"'{CellProblem.Quote(text)}': {why}", $"'{CellProblem.Quote(text)}'：{whyZh}");
        return null;
    }
}
