using System.Text.Json;

namespace HazardMap.Service.Exchange.Osm;

/// <summary>An extract as osm2pgsql reads it: a .osm.pbf whose objects are in order, each once, with the register's numbers.</summary>
/// <param name="FileName">The user's file.</param>
/// <param name="Path">What to read: the user's file, or a mended copy.</param>
/// <param name="Age">Of when it is.</param>
internal sealed record MendedExtract(string FileName, string Path, OsmAge? Age);

/// <summary>What <c>osmium fileinfo -e</c> finds in a file.</summary>
/// <param name="IsOrdered">By type and number.</param>
/// <param name="HasVersions">An object stands in it more than once, or may be deleted.</param>
/// <param name="Objects">How many there are.</param>
/// <param name="Least">The least number.</param>
/// <param name="Largest">The largest number.</param>
/// <param name="Header">Of when the header says it is.</param>
/// <param name="Newest">Time of the last edit.</param>
/// <param name="HasPlacesInWays">Positions stand at the ways, and nodes without tags are missing.</param>
internal sealed record OsmFileInfo(bool IsOrdered, bool HasVersions, long Objects, long Least, long Largest, DateTimeOffset? Header,
    DateTimeOffset? Newest, bool HasPlacesInWays)
{
    private static readonly string[] Kinds = ["nodes", "ways", "relations"];

    public static OsmFileInfo Parse(string json)
    {
        using var document = JsonDocument.Parse(json);
        var (header, data) = (document.RootElement.GetProperty("header"), document.RootElement.GetProperty("data"));
        var options = header.GetProperty("option");
        IEnumerable<long> Numbers(string name) => Kinds.Select(kind => data.GetProperty(name).GetProperty(kind).GetInt64());
        var isOrdered = data.GetProperty("objects_ordered").GetBoolean();
        return new OsmFileInfo(isOrdered,
            header.GetProperty("with_history").GetBoolean()
                || isOrdered && data.GetProperty("multiple_versions").GetBoolean(),
            Numbers("count").Sum(), Numbers("minid").Min(), Numbers("maxid").Max(),
            Time(options, "osmosis_replication_timestamp") ?? Time(options, "timestamp"),
            Time(data.GetProperty("timestamp"), "last") is { Year: > 2000 } newest ? newest : null,
            options.EnumerateObject().Any(o => o.Value.ToString() == "LocationsOnWays"));
    }

    private static DateTimeOffset? Time(JsonElement element, string name) =>
        element.TryGetProperty(name, out var text) && text.TryGetDateTimeOffset(out var time) ? time : null;
}
