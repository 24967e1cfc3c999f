namespace HazardMap.OData;

/// <summary>What a body is, as its <c>Content-Type</c> says; what is not read here is 415.</summary>
internal static class SentType
{
    /// <summary>Refuses what is not JSON in UTF-8.</summary>
    public static void NeedJson(string contentType)
    {
        var type = MediaType.Parse(contentType);
        if (type is not { Name: "application/json" }) throw Unsupported("Send application/json.");
        if (type.Foreign(isJson: true) is { } foreign)
            throw Unsupported($"Send application/json in UTF-8 and without parameters that are not read here, such as {foreign}.");
    }

    /// <summary>Refuses text in another character set.</summary>
    public static void NeedUtf8(string contentType)
    {
        if (MediaType.Parse(contentType)?.Of("charset") is { } charset && charset != "utf-8")
            throw Unsupported($"Send text in UTF-8, not in {charset}.");
    }

    /// <summary>Whether the type is JSON, whatever its parameters.</summary>
    public static bool IsJson(string contentType) => Name(contentType) == "application/json";

    /// <summary>The bare type, in small letters; empty when there is none.</summary>
    public static string Name(string contentType) => contentType.Split(';')[0].Trim().ToLowerInvariant();

    private static ODataRefusalException Unsupported(RefusalText message) => new(415, "UnsupportedMediaType", message, "Content-Type");
}
