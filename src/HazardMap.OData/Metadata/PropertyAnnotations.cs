using Microsoft.OData.Edm.Vocabularies;

namespace HazardMap.OData;

/// <summary>What a property means, what it may hold, and whose it is.</summary>
internal static class PropertyAnnotations
{
    public static void Annotate(Annotator annotator, EntitySet set, Property property)
    {
        var target = set.EdmType.FindProperty(property.Name);
        annotator.Describe(target, property.Description, property.DescriptionZh);
        if (property.Label is var (english, chinese)) annotator.Label(target, english, chinese);
        if (property.Unit is { } unit) annotator.Add(target, "Measures.Unit", Annotator.Value(unit));
        if (property.Minimum is { } minimum) annotator.Add(target, "Validation.Minimum", new EdmFloatingConstant(minimum));
        if (property.Maximum is { } maximum) annotator.Add(target, "Validation.Maximum", new EdmFloatingConstant(maximum));
        Ownership(annotator, set, property, target);
    }

    /// <summary>Computed: the server's. Immutable: the client's, once. Neither: the client's.</summary>
    private static void Ownership(Annotator annotator, EntitySet set, Property property, IEdmVocabularyAnnotatable target)
    {
        if (set.Table is null) return;
        if (!property.Writable && !(set.Insertable && property.Creatable))
        {
            annotator.Add(target, "Core.Computed", value: true);
            annotator.Add(target, "Core.Permissions", Annotator.Member("Core.Permission", "Read"));
            return;
        }
        if (!property.Writable) annotator.Add(target, "Core.Immutable", value: true);
        // What the client may leave to the server: identifiers, and what follows from other properties.
        if (property.IsDerived || property == set.Key && property.Type == ODataType.Guid)
            annotator.Add(target, "Core.ComputedDefaultValue", value: true);
    }
}
