namespace HazardMap.OData;

/// <summary>What a record that a function answers is called in OData, where that is not its own name.</summary>
/// <param name="name">Name without the namespace.</param>
[AttributeUsage(AttributeTargets.Class | AttributeTargets.Struct, Inherited = false)]
public sealed class TypeNameAttribute(string name) : Attribute
{
    /// <summary>Name without the namespace.</summary>
    public string Name => name;
}
