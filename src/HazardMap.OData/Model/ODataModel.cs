using Microsoft.OData.Edm;

namespace HazardMap.OData;

/// <summary>What is served, described once: entity sets over tables and views. Immutable after <see cref="Build"/>.</summary>
public sealed class ODataModel
{
    private ODataModel(string namespaceName, ODataModelBuilder builder, IEdmModel edm)
    {
        Namespace = namespaceName;
        EntitySets = builder.Sets;
        Enums = builder.Enums;
        Edm = edm;
    }

    /// <summary>Namespace of all types.</summary>
    public string Namespace { get; }

    /// <summary>Entity sets by name.</summary>
    public IReadOnlyDictionary<string, EntitySet> EntitySets { get; }

    /// <summary>Enumerations in the order of their declaration.</summary>
    public IReadOnlyList<EnumType> Enums { get; }

    /// <summary>The same as an EDM model.</summary>
    public IEdmModel Edm { get; }

    /// <summary>Builds a model.</summary>
    /// <param name="namespaceName">Namespace of all types.</param>
    /// <param name="describe">Declares the enumerations and entity sets.</param>
    public static ODataModel Build(string namespaceName, Action<ODataModelBuilder> describe)
    {
        var builder = new ODataModelBuilder(namespaceName);
        describe(builder);
        return new ODataModel(namespaceName, builder, EdmModels.From(namespaceName, builder));
    }
    /// <summary>The model as CSDL in XML, without a service: what <c>$metadata</c> says under the default limits.</summary>
    public byte[] ToCsdl() => Csdl.Xml(DescribedModel.Of(this, new ODataOptions { DataSource = null! }));
}
