using System.Text;

namespace HazardMap.Service.Tests.Tiles;

/// <summary>A decoder of Mapbox vector tiles (specification 2.1) of its own, so that tests don't ask PostGIS about PostGIS.</summary>
internal static class VectorTile
{
    /// <summary>A feature: its id, its attributes, its vertices in tile units (0..4096, y downwards).</summary>
    internal sealed record Feature(ulong Id, Dictionary<string, object> Attributes, int Type, List<(int X, int Y)> Vertices)
    {
        public string Text(string key) => (string)Attributes[key];

        public long Number(string key) =>
            Attributes.TryGetValue(key, out var value) ? Convert.ToInt64(value, System.Globalization.CultureInfo.InvariantCulture) : 0;
    }

    /// <summary>The features of one layer of the tile; none when the layer is not there.</summary>
    public static List<Feature> Read(byte[] tile, string layer) => Layers(tile).GetValueOrDefault(layer) ?? [];

    public static Dictionary<string, List<Feature>> Layers(byte[] tile)
    {
        var layers = new Dictionary<string, List<Feature>>(StringComparer.Ordinal);
        foreach (var (_, body) in Fields(tile).Where(f => f.Number == 3).Select(f => (f.Number, f.Bytes)))
        {
            var fields = Fields(body).ToList();
            var keys = fields.Where(f => f.Number == 3).Select(f => Encoding.UTF8.GetString(f.Bytes)).ToList();
            var values = fields.Where(f => f.Number == 4).Select(f => Value(f.Bytes)).ToList();
            layers.Add(Encoding.UTF8.GetString(fields.Single(f => f.Number == 1).Bytes),
                [.. fields.Where(f => f.Number == 2).Select(f => ReadFeature(f.Bytes, keys, values))]);
        }
        return layers;
    }

    private static Feature ReadFeature(byte[] body, List<string> keys, List<object> values)
    {
        var fields = Fields(body).ToList();
        var tags = fields.Where(f => f.Number == 2).SelectMany(f => Varints(f.Bytes)).Select(v => (int)v).ToList();
        return new(
            fields.FirstOrDefault(f => f.Number == 1).Varint,
            Enumerable.Range(0, tags.Count / 2).ToDictionary(i => keys[tags[2 * i]], i => values[tags[2 * i + 1]], StringComparer.Ordinal),
            (int)fields.FirstOrDefault(f => f.Number == 3).Varint,
            Vertices([.. fields.Where(f => f.Number == 4).SelectMany(f => Varints(f.Bytes))]));
    }

    private static List<(int X, int Y)> Vertices(List<ulong> commands)
    {
        var vertices = new List<(int, int)>();
        var (x, y) = (0, 0);
        for (var i = 0; i < commands.Count;)
        {
            var (command, count) = (commands[i] & 7, (int)(commands[i] >> 3));
            i++;
            for (; command != 7 && count > 0; count--, i += 2)
            {
                (x, y) = (x + ZigZag(commands[i]), y + ZigZag(commands[i + 1]));
                vertices.Add((x, y));
            }
        }
        return vertices;
    }

    private static object Value(byte[] body)
    {
        var (number, bytes, varint) = Fields(body).Single();
        return number switch
        {
            1 => Encoding.UTF8.GetString(bytes),
            2 => BitConverter.ToSingle(bytes),
            3 => BitConverter.ToDouble(bytes),
            6 => (long)(varint >> 1) ^ -(long)(varint & 1),
            7 => varint != 0,
            _ => (long)varint,
        };
    }

    private static int ZigZag(ulong value) => (int)(value >> 1) ^ -(int)(value & 1);

    private static IEnumerable<(int Number, byte[] Bytes, ulong Varint)> Fields(byte[] message)
    {
        for (var at = 0; at < message.Length;)
        {
            var tag = Varint(message, ref at);
            var (bytes, varint) = ((byte[])[], 0UL);
            if ((tag & 7) == 0)
                varint = Varint(message, ref at);
            else
            {
                var length = (tag & 7) switch { 1 => 8, 5 => 4, 2 => (int)Varint(message, ref at), _ =>
                    throw new InvalidDataException("wire type") };
                bytes = message[at..(at + length)];
                at += length;
            }
            yield return ((int)(tag >> 3), bytes, varint);
        }
    }

    private static IEnumerable<ulong> Varints(byte[] packed)
    {
        for (var at = 0; at < packed.Length;)
            yield return Varint(packed, ref at);
    }

    private static ulong Varint(byte[] bytes, ref int at)
    {
        ulong value = 0;
        for (var shift = 0; ; shift += 7)
        {
            value |= (ulong)(bytes[at] & 0x7F) << shift;
            if ((bytes[at++] & 0x80) == 0)
                return value;
        }
    }
}
