using Microsoft.OData.Edm;

namespace HazardMap.OData;

/// <summary>A complex type, used as the result of functions.</summary>
public sealed class ComplexType
{
    internal ComplexType(string namespaceName, string name) => Edm = new EdmComplexType(namespaceName, name);

    internal EdmComplexType Edm { get; }

    /// <summary>Adds a primitive property.</summary>
    /// <param name="name">Name in OData.</param>
    /// <param name="type">Type in OData.</param>
    /// <param name="nullable">Whether null can occur.</param>
    public ComplexType Property(string name, ODataType type, bool nullable = true)
    {
        Edm.AddStructuralProperty(name, type.EdmKind(), nullable);
        return this;
    }

    /// <summary>Adds a property of an enumeration.</summary>
    /// <param name="name">Name in OData.</param>
    /// <param name="type">The enumeration.</param>
    /// <param name="nullable">Whether null can occur.</param>
    public ComplexType Property(string name, EnumType type, bool nullable = true)
    {
        Edm.AddStructuralProperty(name, new EdmEnumTypeReference(type.Edm, nullable));
        return this;
    }

    /// <summary>Adds a property of a complex type.</summary>
    /// <param name="name">Name in OData.</param>
    /// <param name="type">The complex type.</param>
    /// <param name="nullable">Whether null can occur.</param>
    public ComplexType Property(string name, ComplexType type, bool nullable = true)
    {
        Edm.AddStructuralProperty(name, new EdmComplexTypeReference(type.Edm, nullable));
        return this;
    }

    /// <summary>Adds a collection of complex values.</summary>
    /// <param name="name">Name in OData.</param>
    /// <param name="element">Type of the elements.</param>
    public ComplexType Collection(string name, ComplexType element)
    {
        var reference = new EdmComplexTypeReference(element.Edm, isNullable: false);
        Edm.AddStructuralProperty(name, new EdmCollectionTypeReference(new EdmCollectionType(reference)));
        return this;
    }
}
