namespace HazardMap.OData;

/// <summary>What the members of an enumeration are called.</summary>
internal static class EnumAnnotations
{
    public static void Annotate(Annotator annotator, EnumType type)
    {
        foreach (var member in type.Edm.Members)
        {
            if (type.TextOf(member.Name) is not { } text) continue;
            annotator.Describe(member, text.English, text.Chinese);
            foreach (var (term, value) in text.Annotations) annotator.Add(member, annotator.OwnTerm(term), Annotator.Value(value));
        }
    }
}
