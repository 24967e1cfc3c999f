using System.Reflection;
using System.Text.Json.Serialization.Metadata;
using Microsoft.OData.Edm;

namespace HazardMap.OData;

/// <summary>The complex types of the model: read off the records that functions answer, nested ones included.</summary>
/// <remarks>
/// Names and order of the properties are those that the JSON is written by, so that the two cannot differ. What can be null
/// is what the record's types allow, nullable reference types included.
/// </remarks>
internal sealed class AnswerTypes(string namespaceName, ODataModelBuilder model)
{
    private readonly Dictionary<Type, EdmComplexType> _byRecord = [];
    private readonly NullabilityInfoContext _nullability = new();

    /// <summary>In the order in which they were first needed.</summary>
    public List<EdmComplexType> All { get; } = [];

    /// <summary>The complex type of a record; declared with its first use.</summary>
    /// <exception cref="InvalidOperationException">A property has a type that OData does not know, or two records one name.</exception>
    public EdmComplexType Of(Type record)
    {
        if (_byRecord.TryGetValue(record, out var known)) return known;
        if (AnswerJson.Default.GetTypeInfo(record).Kind != JsonTypeInfoKind.Object) throw NoAnswer(record.Name, record);
        var type = new EdmComplexType(namespaceName, record.GetCustomAttribute<TypeNameAttribute>()?.Name ?? record.Name);
        if (All.Exists(x => string.Equals(x.Name, type.Name, StringComparison.Ordinal)))
            throw new InvalidOperationException($"{record} would be the second complex type called {type.Name}.");
        _byRecord.Add(record, type);
        All.Add(type);
        foreach (var property in AnswerJson.PropertiesOf(record, AnswerJson.Default))
        {
            var value = _nullability.Create((PropertyInfo)property.AttributeProvider!);
            type.AddStructuralProperty(property.Name, Reference(value, $"{record.Name}.{property.Name}"));
        }
        return type;
    }

    private IEdmTypeReference Reference(NullabilityInfo value, string where)
    {
        var type = Nullable.GetUnderlyingType(value.Type) ?? value.Type;
        var canBeNull = value.ReadState == NullabilityState.Nullable;
        return ClrTypes.ODataTypeOf(type) switch
        {
            ODataType.Enum => new EdmEnumTypeReference(model.Enum(type).Edm, canBeNull),
            { } primitive => EdmModels.Primitive(primitive, canBeNull),
            null => AnswerJson.Default.GetTypeInfo(type).Kind switch
            {
                JsonTypeInfoKind.Object => new EdmComplexTypeReference(Of(type), canBeNull),
                JsonTypeInfoKind.Enumerable when canBeNull =>
                    throw new InvalidOperationException($"{where} may be null: a collection is empty instead."),
                JsonTypeInfoKind.Enumerable =>
                    new EdmCollectionTypeReference(new EdmCollectionType(Reference(ElementOf(value, where), where))),
                _ => throw NoAnswer(where, type),
            },
        };
    }

    private static NullabilityInfo ElementOf(NullabilityInfo list, string where) =>
        list.ElementType ?? (list.GenericTypeArguments is [var element] ? element : throw NoAnswer(where, list.Type));

    private static InvalidOperationException NoAnswer(string where, Type type) => new(
        $"{where} is a {type}, which is no type of OData: an answer is a record of booleans, numbers, texts, Guids, dates, "
        + "members of enumerations, records and lists of these.");
}
