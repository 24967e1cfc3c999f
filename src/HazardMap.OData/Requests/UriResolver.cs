using Microsoft.OData.Edm;
using Microsoft.OData.UriParser;

namespace HazardMap.OData;

/// <summary>
/// Enum literals with and without the type prefix, function names with and without the namespace, and decimals beside
/// floating point numbers, which the parser alone refuses.
/// </summary>
internal sealed class UriResolver : ODataUriResolver
{
    private readonly StringAsEnumResolver enums = new();

    public override void PromoteBinaryOperandTypes(
        BinaryOperatorKind binaryOperatorKind, ref SingleValueNode leftNode, ref SingleValueNode rightNode, out IEdmTypeReference typeReference)
    {
        if (IsDecimal(leftNode) && IsFloating(rightNode)) leftNode = AsDouble(leftNode);
        else if (IsDecimal(rightNode) && IsFloating(leftNode)) rightNode = AsDouble(rightNode);
        enums.PromoteBinaryOperandTypes(binaryOperatorKind, ref leftNode, ref rightNode, out typeReference);
    }

    public override IEnumerable<IEdmOperation> ResolveBoundOperations(IEdmModel model, string identifier, IEdmType bindingType)
    {
        var found = base.ResolveBoundOperations(model, identifier, bindingType).ToList();
        if (found.Count > 0 || identifier.Contains('.', StringComparison.Ordinal)) return found;
        return model.FindBoundOperations(bindingType).Where(x => string.Equals(x.Name, identifier, StringComparison.Ordinal));
    }

    private static bool IsDecimal(SingleValueNode node) => node is not ConstantNode && node.TypeReference?.IsDecimal() == true;

    private static bool IsFloating(SingleValueNode node) =>
        node is not ConstantNode && (node.TypeReference?.IsDouble() == true || node.TypeReference?.IsSingle() == true);

    private static ConvertNode AsDouble(SingleValueNode node) => new(node, EdmCoreModel.Instance.GetDouble(isNullable: true));
}
