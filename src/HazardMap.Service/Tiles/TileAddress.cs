using System.Globalization;

namespace HazardMap.Service.Tiles;

/// <summary>One tile of one layer. Zoom -1 stands for the layer's description, which follows the data too.</summary>
/// <remarks>Invariant: 0 &lt;= Z &lt;= <see cref="MaxZoom"/> and 0 &lt;= X, Y &lt; 2^Z, or the description (-1, 0, 0).</remarks>
internal readonly record struct TileAddress
{
    /// <summary>The deepest zoom that is answered; a tile's unit is then 2 mm.</summary>
    public const int MaxZoom = 22;

    // What a layer may draw beyond the tile's edge (tiles.box with 1/64), and a little for rounding.
    private const double Margin = 1 / 60.0;

    private TileAddress(string layer, int z, int x, int y) => (Layer, Z, X, Y) = (layer, z, x, y);

    public string Layer { get; }

    public int Z { get; }

    public int X { get; }

    public int Y { get; }

    /// <summary>Whom it is drawn for (<see cref="Accounts.Territory.Key"/>): nobody is given what was drawn for others.</summary>
    public string Territory { get; init; } = "";

    /// <summary>The layer's description.</summary>
    public static TileAddress About(string layer) => new(layer, -1, 0, 0);

    /// <summary>Reads the three numbers of a path.</summary>
    /// <exception cref="RefusalException">Not whole numbers, or outside the grid; the message says which.</exception>
    public static TileAddress Parse(string layer, string z, string x, string y)
    {
        var zoom = Number("z", z, MaxZoom);
        var last = (1 << zoom) - 1;
        return new(layer, zoom, Number("x", x, last), Number("y", y, last));
    }

    /// <summary>Whether a change in this box of degrees may show in the tile.</summary>
    public bool Shows(double west, double south, double east, double north)
    {
        if (Z < 0)
            return true;
        var side = (double)(1 << Z);
        return Column(east, side) >= X - Margin && Column(west, side) <= X + 1 + Margin
            && Row(south, side) >= Y - Margin && Row(north, side) <= Y + 1 + Margin;
    }

    /// <summary><c>hazards/9/404/222</c>.</summary>
    public override string ToString() => Z < 0 ? Layer : string.Create(CultureInfo.InvariantCulture, $"{Layer}/{Z}/{X}/{Y}");

    private static double Column(double longitude, double side) => (longitude + 180) / 360 * side;

    // Web Mercator; beyond the grid's edge a latitude is on the edge.
    private static double Row(double latitude, double side)
    {
        var radians = Math.Clamp(latitude, -85.0511287798066, 85.0511287798066) * Math.PI / 180;
        return (0.5 - Math.Asinh(Math.Tan(radians)) / (2 * Math.PI)) * side;
    }

    private static int Number(string name, string text, int last) =>
        int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var number) && number <= last
            ? number
            : throw new RefusalException("BadTile", $"{name} must be a whole number from 0 to {last}.",
                $"{name} 必须是 0 到 {last} 的整数。", name);
}
