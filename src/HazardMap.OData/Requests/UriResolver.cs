using Microsoft.OData.Edm;
using Microsoft.OData.UriParser;

namespace HazardMap.OData;

/// <summary>Enum literals with and without the type prefix, and function names with and without the namespace.</summary>
internal sealed class UriResolver : ODataUriResolver
{
    private readonly StringAsEnumResolver enums = new();

    public override void PromoteBinaryOperandTypes(
        BinaryOperatorKind binaryOperatorKind, ref SingleValueNode leftNode, ref SingleValueNode rightNode, out IEdmTypeReference typeReference) =>
        enums.PromoteBinaryOperandTypes(binaryOperatorKind, ref leftNode, ref rightNode, out typeReference);

    public override IEnumerable<IEdmOperation> ResolveBoundOperations(IEdmModel model, string identifier, IEdmType bindingType)
    {
        var found = base.ResolveBoundOperations(model, identifier, bindingType).ToList();
        if (found.Count > 0 || identifier.Contains('.', StringComparison.Ordinal)) return found;
        return model.FindBoundOperations(bindingType).Where(x => string.Equals(x.Name, identifier, StringComparison.Ordinal));
    }
}
