using System.Globalization;

namespace HazardMap.Service.Sync.Late;

/// <summary>What a device tells of a request beside the standard headers. What cannot be read is as if it were not told.</summary>
/// <param name="Device"><c>Repeatability-Client-ID</c>, or empty.</param>
/// <param name="Request"><c>Repeatability-Request-ID</c>, or empty.</param>
/// <param name="MadeAt"><c>HazardMap-Made-At</c>: when it was entered, by the device's clock.</param>
/// <param name="Order"><c>HazardMap-Order</c>: its place in the device's queue.</param>
/// <param name="Unsent"><c>HazardMap-Unsent</c>: how much the device still has to send.</param>
internal sealed record DeviceHeaders(string Device, string Request, DateTime? MadeAt, long? Order, int? Unsent)
{
    private const int Longest = 200;

    public static DeviceHeaders Of(IHeaderDictionary headers) => new(
        Short(headers["Repeatability-Client-ID"].ToString()), Short(headers["Repeatability-Request-ID"].ToString()),
        Moment(headers["HazardMap-Made-At"].ToString()), Number(headers["HazardMap-Order"].ToString()),
        (int?)Number(headers["HazardMap-Unsent"].ToString(), int.MaxValue));

    private static string Short(string text) => text.Length <= Longest ? text : text[..Longest];

    private static DateTime? Moment(string text) =>
        DateTimeOffset.TryParse(text, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var moment)
            ? moment.UtcDateTime : null;

    private static long? Number(string text, long most = long.MaxValue) =>
        long.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var number) && number <= most ? number : null;
}
