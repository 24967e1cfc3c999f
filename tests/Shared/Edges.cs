namespace HazardMap.Testing;

/// <summary>Values at which types end, and what only looks like one of them.</summary>
internal static class Edges
{
    /// <summary>Numbers that types end at, and what looks like a number.</summary>
    public static readonly string[] Numbers =
    [
        "-0", "0", "-1", "32767", "32768", "-32769", "2147483647", "2147483648", "-2147483649", "9223372036854775807",
        "9223372036854775808", "-9223372036854775809", "9007199254740993", "1e308", "1.7976931348623157e308", "1e309", "-1e309",
        "5e-324", "1e-400", "0.1e-7",
        "79228162514264337593543950336", "0.00000000000000000000000000001",
        "NaN", "INF", "-INF", "1e", "0x10", "1_000", "01", "1.", ".5",
        "180", "-180", "180.0000000001", "90.00000001", "99999999999999999999999999999999999999999999",
    ];

    /// <summary>Days and points in time that types end at, and some that never were.</summary>
    public static readonly string[] Times =
    [
        "0001-01-01", "9999-12-31", "0000-01-01", "10000-01-01", "-0001-12-31", "-4713-11-24", "294276-12-31", "2024-02-29", "2023-02-29",
        "2024-02-30", "1582-10-10", "infinity", "-infinity", "epoch", "0001-01-01T00:00:00Z", "0001-01-01T00:00:00+14:00",
        "9999-12-31T23:59:59.9999999Z", "9999-12-31T23:59:59-14:00", "2016-12-31T23:59:60Z", "2026-07-01T24:00:00Z", "2026-07-01T00:00:00",
        "2026-07-01T00:00:00.123456789012Z", "2026-07-01T00:00:00+99:99", "1970-01-01T00:00:00Z", "23:59:59.9999999", "24:00:00",
    ];

    /// <summary>Bytes that begin no character of UTF-8, and such as only seem to be one.</summary>
    public static readonly byte[][] NotUtf8 =
    [
        [0xff], [0xfe, 0xff], [0xc0, 0xaf], [0xe6, 0xb0], [0xed, 0xa0, 0x80], [0xed, 0xbf, 0xbf], [0xf4, 0x90, 0x80, 0x80],
        [0xf8, 0x88, 0x80, 0x80], [0x80], [0xcb, 0xae, 0xbf, 0xe2], [0xef, 0xbb, 0xbf], [0x00],
    ];
}
