using Microsoft.OData.Edm;
using Microsoft.OData.Edm.Csdl;
using Microsoft.OData.Edm.Vocabularies;

namespace HazardMap.OData;

/// <summary>Puts annotations into a model, each beside what it is about.</summary>
internal sealed class Annotator(EdmModel model, string namespaceName)
{
    private readonly Dictionary<string, EdmTerm> _ownTerms = new(StringComparer.Ordinal);

    /// <summary>A term of the model's own namespace, declared the first time that it is used.</summary>
    public IEdmTerm OwnTerm(string name)
    {
        if (_ownTerms.TryGetValue(name, out var known)) return known;
        var term = new EdmTerm(namespaceName, name, EdmCoreModel.Instance.GetString(isNullable: false));
        model.AddElement(term);
        return _ownTerms[name] = term;
    }

    public void Add(IEdmVocabularyAnnotatable target, string term, IEdmExpression value, string? qualifier = null) =>
        Add(target, Vocabulary.Term(term), value, qualifier);

    public void Add(IEdmVocabularyAnnotatable target, IEdmTerm term, IEdmExpression value, string? qualifier = null)
    {
        var annotation = new EdmVocabularyAnnotation(target, term, qualifier, value);
        annotation.SetSerializationLocation(model, EdmVocabularyAnnotationSerializationLocation.Inline);
        model.AddVocabularyAnnotation(annotation);
    }

    public void Add(IEdmVocabularyAnnotatable target, string term, bool value) => Add(target, term, Value(value));

    /// <summary>
    /// English without a qualifier, Chinese under the qualifier <c>zh</c>: the term is language-dependent, and a client that
    /// knows nothing of our qualifier still reads English.
    /// </summary>
    public void Describe(IEdmVocabularyAnnotatable target, string? english, string? chinese)
    {
        if (english is not null) Add(target, "Core.Description", Value(english));
        if (chinese is not null) Add(target, "Core.Description", Value(chinese), qualifier: "zh");
    }

    /// <summary>More than a description has room for, in both languages.</summary>
    public void Explain(IEdmVocabularyAnnotatable target, string english, string chinese)
    {
        Add(target, "Core.LongDescription", Value(english));
        Add(target, "Core.LongDescription", Value(chinese), qualifier: "zh");
    }

    /// <summary>The short name that a form or a table's head shows, in both languages.</summary>
    public void Label(IEdmVocabularyAnnotatable target, string english, string chinese)
    {
        Add(target, "Common.Label", Value(english));
        Add(target, "Common.Label", Value(chinese), qualifier: "zh");
    }

    public static IEdmExpression Value(bool value) => new EdmBooleanConstant(value);

    public static IEdmExpression Value(int value) => new EdmIntegerConstant(value);

    public static IEdmExpression Value(string value) => new EdmStringConstant(value);

    public static IEdmExpression Member(string enumeration, string member) =>
        new EdmEnumMemberExpression(Vocabulary.Member(enumeration, member));

    public static IEdmExpression Texts(IEnumerable<string> values) => new EdmCollectionExpression(values.Select(Value));

    public static IEdmExpression Paths(IEnumerable<Property> properties) =>
        new EdmCollectionExpression(properties.Select(x => new EdmPropertyPathExpression(x.Name)));

    public static IEdmExpression Paths(IEnumerable<Navigation> navigations) =>
        new EdmCollectionExpression(navigations.Select(x => new EdmNavigationPropertyPathExpression(x.Name)));

    public static IEdmExpression Record(params (string Name, IEdmExpression Value)[] properties) =>
        new EdmRecordExpression(properties.Select(x => new EdmPropertyConstructor(x.Name, x.Value)));
}
