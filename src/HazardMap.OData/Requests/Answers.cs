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
        if (resource.IsReference)
        {
            json.WriteString("@odata.context", request.Root + (resource.IsSingle ? "$metadata#$ref" : "$metadata#Collection($ref)"));
            return;
        }
        json.WriteString("@odata.context", $"{request.Root}$metadata#{resource.Set.Name}{selection.ContextText}{suffix}");
    }
}
