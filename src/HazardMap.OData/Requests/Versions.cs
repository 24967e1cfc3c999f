using System.Globalization;

namespace HazardMap.OData;

/// <summary>Which version of OData a request is answered in: the greatest that client and service both know.</summary>
internal static class Versions
{
    public const string Newest = "4.01";

    public const string Oldest = "4.0";

    private const decimal Least = 4.0m;
    private const decimal Greatest = 4.01m;

    public static string Of(ODataOperation operation)
    {
        if (Named(operation, "OData-Version") is { } spoken && spoken is < Least or > Greatest)
            throw ODataRefusalException.Bad("The request speaks a version of OData that is not spoken here: 4.0 and 4.01 are.",
                "OData-Version", "UnknownVersion");
        var wanted = Named(operation, "OData-MaxVersion") ?? Greatest;
        if (wanted < Least) throw ODataRefusalException.Bad("The oldest version spoken here is 4.0.", "OData-MaxVersion", "UnknownVersion");
        return wanted < Greatest ? Oldest : Newest;
    }

    private static decimal? Named(ODataOperation operation, string header)
    {
        var text = operation.Headers[header].ToString().Trim();
        if (text.Length == 0) return null;
        return decimal.TryParse(text, NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var version)
            ? version
            : throw ODataRefusalException.Bad($"{header} is not a version.", header, "UnknownVersion");
    }
}
