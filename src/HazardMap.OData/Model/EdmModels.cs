using Microsoft.OData.Edm;

namespace HazardMap.OData;

/// <summary>Turns the description into an EDM model, which the URI parser and <c>$metadata</c> work from.</summary>
internal static class EdmModels
{
    public static IEdmModel From(string namespaceName, ODataModelBuilder builder)
    {
        var model = new EdmModel();
        var container = new EdmEntityContainer(namespaceName, "Container");
        model.AddElement(container);
        foreach (var type in builder.Enums) model.AddElement(type.Edm);
        foreach (var type in builder.Answers.All) model.AddElement(type);
        foreach (var set in builder.Sets.Values) AddType(model, namespaceName, set);
        var edmSets = builder.Sets.Values.ToDictionary(set => set, set => container.AddEntitySet(set.Name, set.EdmType));
        foreach (var (set, edmSet) in edmSets) AddNavigations(set, edmSet, builder.Sets, edmSets);
        foreach (var set in builder.Sets.Values) AddFunctions(model, namespaceName, set);
        foreach (var set in builder.Sets.Values) AddActions(model, namespaceName, set);
        return model;
    }

    private static void AddType(EdmModel model, string namespaceName, EntitySet set)
    {
        set.EdmType = new EdmEntityType(namespaceName, set.TypeName, baseType: null, isAbstract: false, isOpen: false,
            hasStream: set.Media is not null);
        foreach (var property in set.Properties)
        {
            var added = set.EdmType.AddStructuralProperty(property.Name, Reference(property), property.Default);
            if (property == set.Key) set.EdmType.AddKeys(added);
        }
        model.AddElement(set.EdmType);
    }

    private static IEdmTypeReference Reference(Property property)
    {
        if (property.EnumType is { } enumType) return new EdmEnumTypeReference(enumType.Edm, property.Nullable);
        if (property.Type == ODataType.String && property.MaxLength is { } length)
            return EdmCoreModel.Instance.GetString(isUnbounded: false, length, isUnicode: null, property.Nullable);
        return Primitive(property.Type, property.Nullable);
    }

    /// <summary>A primitive type with its facets. To say nothing of digits would be to say that there are none.</summary>
    public static IEdmTypeReference Primitive(ODataType type, bool nullable) => type switch
    {
        ODataType.DateTimeOffset or ODataType.TimeOfDay or ODataType.Duration =>
            EdmCoreModel.Instance.GetTemporal(type.EdmKind(), ODataTypes.SecondDigits, nullable),
        ODataType.Decimal => EdmCoreModel.Instance.GetDecimal(precision: null, scale: null, nullable),
        _ => EdmCoreModel.Instance.GetPrimitive(type.EdmKind(), nullable),
    };

    private static void AddNavigations(
        EntitySet set, EdmEntitySet edmSet, Dictionary<string, EntitySet> sets, Dictionary<EntitySet, EdmEntitySet> edmSets)
    {
        foreach (var navigation in set.Navigations)
        {
            if (!sets.ContainsKey(navigation.TargetName))
                throw new InvalidOperationException($"{set.Name}.{navigation.Name} leads to unknown set {navigation.TargetName}.");
            var info = new EdmNavigationPropertyInfo
            {
                Name = navigation.Name,
                Target = navigation.Target.EdmType,
                TargetMultiplicity = navigation.ToMany ? EdmMultiplicity.Many
                    : navigation.From.Nullable ? EdmMultiplicity.ZeroOrOne : EdmMultiplicity.One,
            };
            if (!navigation.ToMany)
            {
                info.DependentProperties = [(IEdmStructuralProperty)set.EdmType.FindProperty(navigation.From.Name)];
                info.PrincipalProperties = navigation.Target.EdmType.DeclaredKey;
            }
            edmSet.AddNavigationTarget(set.EdmType.AddUnidirectionalNavigation(info), edmSets[navigation.Target]);
        }
    }

    private static void AddFunctions(EdmModel model, string namespaceName, EntitySet set)
    {
        foreach (var function in set.Functions)
        {
            // Types and functions share the namespace: CSDL has one place for each name.
            if (model.FindDeclaredType($"{namespaceName}.{function.Name}") is not null)
                throw new InvalidOperationException($"{function.Name} is the name of a type and of a function.");
            var edm = new EdmFunction(
                namespaceName, function.Name, new EdmComplexTypeReference(function.Returns, isNullable: false),
                isBound: true, entitySetPathExpression: null, isComposable: false);
            edm.AddParameter("bindingParameter", new EdmEntityTypeReference(set.EdmType, isNullable: false));
            foreach (var parameter in function.Parameters) edm.AddOptionalParameter(parameter.Name, Reference(parameter));
            model.AddElement(edm);
        }
    }

    private static IEdmTypeReference Reference(FunctionParameter parameter) => parameter.EnumType is { } type
        ? new EdmEnumTypeReference(type.Edm, isNullable: true)
        : Primitive(parameter.Type, nullable: true);

    private static void AddActions(EdmModel model, string namespaceName, EntitySet set)
    {
        foreach (var action in set.Actions)
        {
            var edm = new EdmAction(namespaceName, action.Name, returnType: null, isBound: true, entitySetPathExpression: null);
            edm.AddParameter("bindingParameter", new EdmEntityTypeReference(set.EdmType, isNullable: false));
            foreach (var parameter in action.Parameters) edm.AddParameter(parameter.Name, Reference(parameter));
            model.AddElement(edm);
        }
    }
}
