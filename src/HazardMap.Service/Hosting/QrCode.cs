using System.Globalization;
using System.Text;
using QRCoder;

namespace HazardMap.Service.Hosting;

/// <summary>An address as a square that a phone's camera reads: drawn in half blocks on a terminal, or as a picture.</summary>
internal static class QrCode
{
    // Black on white whatever the terminal's colours: some cameras do not read the inverse.
    private const string Colours = "\u001b[38;5;16;48;5;231m";
    private const string Reset = "\u001b[0m";

    /// <summary>Lines of text, two rows of the square each; the quiet zone of four modules is part of it.</summary>
    public static string Of(string text)
    {
        var modules = Modules(text);
        var drawn = new StringBuilder();
        for (var row = 0; row < modules.Count; row += 2)
        {
            drawn.Append(Colours);
            for (var column = 0; column < modules.Count; column++)
            {
                var below = row + 1 < modules.Count && modules[row + 1][column];
                drawn.Append((modules[row][column], below) switch
                {
                    (true, true) => '█',
                    (true, false) => '▀',
                    (false, true) => '▄',
                    _ => ' ',
                });
            }
            drawn.Append(Reset).Append('\n');
        }
        return drawn.ToString();
    }

    /// <summary>The same as a picture of lines, black on white, without a size of its own.</summary>
    public static string Svg(string text)
    {
        var modules = Modules(text);
        var drawn = new StringBuilder();
        for (var row = 0; row < modules.Count; row++)
            for (var column = 0; column < modules.Count; column++)
                if (modules[row][column]) drawn.Append(CultureInfo.InvariantCulture, $"M{column} {row}h1v1h-1z");
        return string.Create(CultureInfo.InvariantCulture,
            $"<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 {modules.Count} {modules.Count}\" shape-rendering=\"crispEdges\">")
            + $"<path fill=\"#fff\" d=\"M0 0h{modules.Count}v{modules.Count}H0z\"/><path d=\"{drawn}\"/></svg>";
    }

    private static List<System.Collections.BitArray> Modules(string text)
    {
        using var code = QRCodeGenerator.GenerateQrCode(text, QRCodeGenerator.ECCLevel.M);
        return code.ModuleMatrix;
    }
}
