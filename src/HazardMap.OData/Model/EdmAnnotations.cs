using Microsoft.OData.Edm;
using Microsoft.OData.Edm.Csdl;
using Microsoft.OData.Edm.Vocabularies;
using Microsoft.OData.Edm.Vocabularies.V1;

namespace HazardMap.OData;

/// <summary>What clients may rely on, said in <c>$metadata</c> with the Core vocabulary.</summary>
internal static class EdmAnnotations
{
    private static readonly EdmTerm Unit = Term("Measures", "Unit", EdmPrimitiveTypeKind.String);
    private static readonly EdmTerm Minimum = Term("Validation", "Minimum", EdmPrimitiveTypeKind.Double);
    private static readonly EdmTerm Maximum = Term("Validation", "Maximum", EdmPrimitiveTypeKind.Double);

    public static void Add(EdmModel model, IEnumerable<EntitySet> sets, Dictionary<EntitySet, EdmEntitySet> edmSets)
    {
        model.SetEdmReferences([.. References.Select(Reference)]);
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
        if (property.DescriptionZh is { } chinese)
            Annotate(model, target, CoreVocabularyModel.DescriptionTerm, new EdmStringConstant(chinese), qualifier: "zh");
        if (property.Unit is { } unit) Annotate(model, target, Unit, new EdmStringConstant(unit));
        if (property.Minimum is { } minimum) Annotate(model, target, Minimum, new EdmFloatingConstant(minimum));
        if (property.Maximum is { } maximum) Annotate(model, target, Maximum, new EdmFloatingConstant(maximum));
    }

    private static readonly string[] References = ["Core", "Measures", "Validation"];

    private static EdmReference Reference(string vocabulary)
    {
        var reference = new EdmReference(new Uri($"https://oasis-tcs.github.io/odata-vocabularies/vocabularies/Org.OData.{vocabulary}.V1.xml"));
        reference.AddInclude(new EdmInclude(vocabulary, $"Org.OData.{vocabulary}.V1"));
        return reference;
    }

    private static EdmTerm Term(string vocabulary, string name, EdmPrimitiveTypeKind kind) => new($"Org.OData.{vocabulary}.V1", name, kind);

    private static void Annotate(EdmModel model, IEdmVocabularyAnnotatable target, IEdmTerm term, IEdmExpression value, string? qualifier = null)
    {
        var annotation = new EdmVocabularyAnnotation(target, term, qualifier, value);
        annotation.SetSerializationLocation(model, EdmVocabularyAnnotationSerializationLocation.Inline);
        model.AddVocabularyAnnotation(annotation);
    }
}
