namespace HazardMap.OData;

/// <summary>What the members of an enumeration are called.</summary>
internal static class EnumAnnotations
{
    public static void Annotate(Annotator annotator, EnumType type)
    {
        foreach (var member in type.Edm.Members)
        {
            if (type.ChineseOf(member.Name) is { } chinese) annotator.Describe(member, english: null, chinese);
        }
    }
}
