using System.Text.Json;

namespace HazardMap.OData;

/// <summary>What all JSON answers have in common.</summary>
internal static class Answers
{
    public static void Json(ODataRequest request) =>
        request.Answer.ContentType = $"application/json;odata.metadata={request.Preferences.Metadata}"
            + (request.NumbersAsText ? ";IEEE754Compatible=true" : "");

    public static void Context(ODataRequest request, Utf8JsonWriter json, Resource resource, Selection selection, string suffix)
    {
        if (request.Preferences.Metadata == "none") return;
        json.WriteString("@odata.context", $"{request.Root}$metadata#{resource.Set.Name}{List(selection)}{suffix}");
    }

    private static string List(Selection selection)
    {
        var expansions = selection.Expansions.Select(x => x.Navigation.Name + "()");
        var parts = (selection.ContextList is { } list ? [list] : Array.Empty<string>()).Concat(expansions).ToList();
        return parts.Count == 0 ? "" : $"({string.Join(',', parts)})";
    }
}
