using System.Globalization;
using System.Runtime.CompilerServices;

namespace HazardMap.OData;

/// <summary>
/// Shapes of URL literals, <c>SRID=4326;Point(104.2 23.4)</c>, as EWKB. All seven kinds; whatever is not a sound shape in
/// SRID 4326 is refused.
/// </summary>
internal sealed class WellKnownText
{
    private readonly Cursor _cursor;
    private readonly EwkbWriter _writer;

    private WellKnownText(string text, int maxPositions)
    {
        _cursor = new Cursor(text, "the shape");
        _writer = new EwkbWriter(maxPositions);
    }

    public static byte[] Read(string text, int maxPositions)
    {
        var reader = new WellKnownText(text, maxPositions);
        reader.Srid();
        reader.Shape(withSrid: true);
        reader._cursor.SkipSpace();
        return reader._cursor.AtEnd ? reader._writer.ToArray() : throw reader.Wrong("it goes on after its end");
    }

    private void Srid()
    {
        if (!_cursor.TryWord("SRID")) return;
        _cursor.Need('=');
        var start = _cursor.Place;
        while (char.IsAsciiDigit(_cursor.Next)) _cursor.Place++;
        var srid = _cursor.Text[start.._cursor.Place];
        _cursor.Need(';');
        if (srid != "4326")
            throw ODataRefusalException.Bad(
                $"SRID {srid} is not supported: positions are longitude and latitude in SRID=4326.", "SRID", "SridNotSupported");
    }

    private void Shape(bool withSrid)
    {
        RuntimeHelpers.EnsureSufficientExecutionStack();
        _cursor.SkipSpace();
        var name = _cursor.TryName() ?? throw Wrong("the kind of shape is missing");
        var kind = Kind(name);
        if (_cursor.TryWord("EMPTY")) throw ODataRefusalException.Bad("An empty shape cannot be used.");
        _writer.Begin(kind, withSrid);
        Inside(kind);
    }

    private GeometryKind Kind(string name)
    {
        if (name.Equals("Collection", StringComparison.OrdinalIgnoreCase)) return GeometryKind.GeometryCollection;
        return Enum.TryParse<GeometryKind>(name, ignoreCase: true, out var kind) && !char.IsAsciiDigit(name[0])
            ? kind : throw Wrong($"{name} is not a kind of shape");
    }

    private void Inside(GeometryKind kind)
    {
        switch (kind)
        {
            case GeometryKind.Point:
                Open();
                Position();
                Close();
                break;
            case GeometryKind.LineString: Line(minimum: 2, closed: false); break;
            case GeometryKind.Polygon: Each(() => Line(minimum: 4, closed: true)); break;
            case GeometryKind.GeometryCollection: Each(() => Shape(withSrid: false)); break;
            default: Each(() => Part(kind - 3)); break;
        }
    }

    private void Part(GeometryKind kind)
    {
        _writer.Begin(kind, withSrid: false);
        // MultiPoint(1 2,3 4) is common outside OData; inside, every point has its parentheses.
        if (kind == GeometryKind.Point && _cursor.Next != '(') Position();
        else Inside(kind);
    }

    /// <summary>Parts between parentheses; their number goes in front of them.</summary>
    private void Each(Action part)
    {
        Open();
        if (_cursor.Try(')')) throw ODataRefusalException.Bad("An empty shape cannot be used.");
        var place = _writer.ReserveCount();
        var count = 0;
        do
        {
            part();
            count++;
        }
        while (_cursor.Try(','));
        Close();
        _writer.SetCount(place, count);
    }

    private void Line(int minimum, bool closed)
    {
        var (count, first, last) = (0, default((double, double)), default((double, double)));
        Each(() =>
        {
            last = Position();
            if (count++ == 0) first = last;
        });
        if (count < minimum || closed && first != last)
            throw ODataRefusalException.Bad(closed
                ? "A ring needs at least four positions, the last equal to the first."
                : "A line needs at least two positions.");
    }

    private (double Longitude, double Latitude) Position()
    {
        var (longitude, latitude) = (Number(), Number());
        _cursor.SkipSpace();
        if (_cursor.Next is not (',' or ')'))
            throw ODataRefusalException.Bad("Positions have a longitude and a latitude; heights and measures are not supported.");
        _writer.Position(longitude, latitude);
        return (longitude, latitude);
    }

    private double Number()
    {
        _cursor.SkipSpace();
        var start = _cursor.Place;
        while (_cursor.Next is '+' or '-' or '.' || char.IsAsciiLetterOrDigit(_cursor.Next)) _cursor.Place++;
        return double.TryParse(_cursor.Text.AsSpan(start, _cursor.Place - start), NumberStyles.Float,
            CultureInfo.InvariantCulture, out var value)
            ? value : throw Wrong("a number is missing");
    }

    private void Open()
    {
        if (!_cursor.Try('(')) throw Wrong("a parenthesis is missing");
    }

    private void Close()
    {
        if (!_cursor.Try(')')) throw Wrong("a parenthesis is missing");
    }

    private ODataRefusalException Wrong(RefusalText what) => ODataRefusalException.Bad(
        $"A shape cannot be read at position {_cursor.Place}: {what}. A shape is written geography'SRID=4326;Point(104.2 23.4)': "
            + $"longitude in the range -180 to 180, then latitude in the range -90 to 90.");
}
