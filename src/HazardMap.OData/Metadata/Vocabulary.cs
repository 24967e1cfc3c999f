using Microsoft.OData.Edm;
using Microsoft.OData.Edm.Vocabularies;

namespace HazardMap.OData;

/// <summary>
/// The standard vocabularies: their terms by short name (<c>Core.Description</c>), their enumerations, and the references that
/// lead a client to them. A term younger than the EDM package is declared here, outside the model, by its name alone.
/// </summary>
internal static class Vocabulary
{
    private static readonly string[] Names = ["Core", "Capabilities", "Validation", "Measures", "Aggregation", "Repeatability"];

    // The standard vocabularies have no term for a short label; clients know SAP's.
    private const string Labels = "com.sap.vocabularies.Common.v1";

    // Every model refers to the vocabularies that the EDM package carries, and some can be had in no other way.
    private static readonly EdmModel Known = new();

    private static readonly EdmEnumType Rollup = Enumeration("Org.OData.Aggregation.V1", "RollupType", "None",
        "SingleHierarchy", "MultipleHierarchies");

    public static IEnumerable<IEdmReference> References()
    {
        foreach (var name in Names)
        {
            var reference = new EdmReference(
                new Uri($"https://oasis-tcs.github.io/odata-vocabularies/vocabularies/Org.OData.{name}.V1.xml"));
            reference.AddInclude(new EdmInclude(name, $"Org.OData.{name}.V1"));
            yield return reference;
        }
        var labels = new EdmReference(new Uri("https://sap.github.io/odata-vocabularies/vocabularies/Common.xml"));
        labels.AddInclude(new EdmInclude("Common", Labels));
        yield return labels;
    }

    /// <summary>A term, such as <c>Capabilities.FilterRestrictions</c>.</summary>
    public static IEdmTerm Term(string shortName)
    {
        var (space, name) = Parts(shortName);
        return Known.FindTerm($"{space}.{name}") ?? new EdmTerm(space, name, EdmCoreModel.Instance.GetUntyped());
    }

    /// <summary>A member of a vocabulary's enumeration, such as <c>Capabilities.ConformanceLevelType</c>, <c>Advanced</c>.</summary>
    public static IEdmEnumMember Member(string enumeration, string member)
    {
        var (space, name) = Parts(enumeration);
        var type = Known.FindType($"{space}.{name}") as IEdmEnumType ?? Rollup;
        return type.Members.Single(x => string.Equals(x.Name, member, StringComparison.Ordinal));
    }

    private static EdmEnumType Enumeration(string space, string name, params string[] members)
    {
        var type = new EdmEnumType(space, name);
        for (var i = 0; i < members.Length; i++) type.AddMember(members[i], new EdmEnumMemberValue(i));
        return type;
    }

    private static (string Space, string Name) Parts(string shortName)
    {
        var dot = shortName.IndexOf('.', StringComparison.Ordinal);
        if (shortName[..dot] == "Common") return (Labels, shortName[(dot + 1)..]);
        return ($"Org.OData.{shortName[..dot]}.V1", shortName[(dot + 1)..]);
    }
}
