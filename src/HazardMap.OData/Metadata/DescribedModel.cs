using Microsoft.OData.Edm;

namespace HazardMap.OData;

/// <summary>
/// The model as it is published: the same types and sets with everything a client may rely on, said in the standard vocabularies.
/// It depends on the limits too, so each service has its own; the URI parser works on the bare model.
/// </summary>
internal static class DescribedModel
{
    /// <param name="source">What is served.</param>
    /// <param name="options">The limits that are part of what is promised.</param>
    /// <param name="version">The version of OData that the document is in: <c>4.0</c> or <c>4.01</c>.</param>
    public static IEdmModel Of(ODataModel source, ODataOptions options, string version = Versions.Newest)
    {
        var model = new EdmModel();
        model.AddElements(source.Edm.SchemaElements);
        model.SetEdmReferences(Vocabulary.References());
        model.SetEdmVersion(version == Versions.Newest ? EdmConstants.EdmVersion401 : EdmConstants.EdmVersion4);
        var annotator = new Annotator(model, source.Namespace);
        var container = source.Edm.EntityContainer;
        ServiceCapabilities.Annotate(annotator, container, options);
        foreach (var type in source.Enums) EnumAnnotations.Annotate(annotator, type);
        foreach (var set in source.EntitySets.Values)
        {
            SetCapabilities.Annotate(annotator, container.FindEntitySet(set.Name), set, options);
            foreach (var property in set.Properties) PropertyAnnotations.Annotate(annotator, set, property);
        }
        return model;
    }
}
