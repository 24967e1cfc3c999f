using Microsoft.OData.Edm;
using Microsoft.OData.UriParser;

namespace HazardMap.OData;

/// <summary>
/// The URI parser knows <c>geo.*</c> only between a point and a point or a polygon; PostGIS knows all pairs. Registered
/// once for the process, as the parser keeps its functions.
/// </summary>
internal static class UriFunctions
{
    private static readonly EdmPrimitiveTypeKind[] Shapes =
    [
        EdmPrimitiveTypeKind.GeographyPoint, EdmPrimitiveTypeKind.GeographyLineString, EdmPrimitiveTypeKind.GeographyPolygon,
        EdmPrimitiveTypeKind.GeographyMultiPoint, EdmPrimitiveTypeKind.GeographyMultiLineString,
        EdmPrimitiveTypeKind.GeographyMultiPolygon, EdmPrimitiveTypeKind.GeographyCollection, EdmPrimitiveTypeKind.Geography,
    ];

    private static readonly Lazy<bool> Registration = new(Register);

    public static void Ensure() => _ = Registration.Value;

    private static bool Register()
    {
        var number = Primitive(EdmPrimitiveTypeKind.Double);
        var truth = Primitive(EdmPrimitiveTypeKind.Boolean);
        foreach (var left in Shapes)
        {
            foreach (var right in Shapes)
            {
                Add("geo.distance", number, left, right);
                Add("geo.intersects", truth, left, right);
            }
            Add("geo.length", number, left);
        }
        Add("matchesPattern", truth, EdmPrimitiveTypeKind.String, EdmPrimitiveTypeKind.String);
        return true;
    }

    private static void Add(string name, IEdmTypeReference returns, params EdmPrimitiveTypeKind[] arguments)
    {
        var isBuiltIn = (name, arguments) switch
        {
            ("geo.distance", [EdmPrimitiveTypeKind.GeographyPoint, EdmPrimitiveTypeKind.GeographyPoint]) => true,
            ("geo.intersects", [EdmPrimitiveTypeKind.GeographyPoint or EdmPrimitiveTypeKind.GeographyPolygon, _]) =>
                arguments[0] != arguments[1] && arguments[1] is EdmPrimitiveTypeKind.GeographyPoint or EdmPrimitiveTypeKind.GeographyPolygon
                && arguments[0] != arguments[1],
            ("geo.length", [EdmPrimitiveTypeKind.GeographyLineString]) => true,
            _ => false,
        };
        if (isBuiltIn) return;
        CustomUriFunctions.AddCustomUriFunction(name, new FunctionSignatureWithReturnType(returns, [.. arguments.Select(Primitive)]));
    }

    private static IEdmTypeReference Primitive(EdmPrimitiveTypeKind kind) => EdmCoreModel.Instance.GetPrimitive(kind, isNullable: true);
}
