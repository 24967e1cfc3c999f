using Microsoft.OData.Edm;
using Microsoft.OData.Edm.Csdl;
using Microsoft.OData.Edm.Vocabularies;
using Microsoft.OData.Edm.Vocabularies.V1;

namespace HazardMap.OData;

/// <summary>What clients may rely on, said in <c>$metadata</c> with the Core vocabulary.</summary>
internal static class EdmAnnotations
{
    public static void Add(EdmModel model, IEnumerable<EntitySet> sets, Dictionary<EntitySet, EdmEntitySet> edmSets)
    {
        foreach (var set in sets)
        {
            if (set.Version is { } version)
                model.SetOptimisticConcurrencyAnnotation(edmSets[set], [(IEdmStructuralProperty)set.EdmType.FindProperty(version.Name)]);
            foreach (var property in set.Properties) Describe(model, set, property);
        }
    }

    private static void Describe(EdmModel model, EntitySet set, Property property)
    {
        var target = set.EdmType.FindProperty(property.Name);
        if (set.Table is not null && !property.Writable)
            Annotate(model, target, CoreVocabularyModel.ComputedTerm, new EdmBooleanConstant(true));
        if (property.Description is { } text)
            Annotate(model, target, CoreVocabularyModel.DescriptionTerm, new EdmStringConstant(text));
    }

    private static void Annotate(EdmModel model, IEdmVocabularyAnnotatable target, IEdmTerm term, IEdmExpression value)
    {
        var annotation = new EdmVocabularyAnnotation(target, term, value);
        annotation.SetSerializationLocation(model, EdmVocabularyAnnotationSerializationLocation.Inline);
        model.AddVocabularyAnnotation(annotation);
    }
}
