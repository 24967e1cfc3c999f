using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Routing;

namespace HazardMap.OData;

/// <summary>Puts an OData service into an ASP.NET Core application.</summary>
public static class ODataEndpoints
{
    /// <summary>Serves the model under a prefix; the result takes authorisation and other conventions.</summary>
    /// <param name="endpoints">The application.</param>
    /// <param name="prefix">Path of the service root, such as <c>/odata</c>.</param>
    /// <param name="model">What is served.</param>
    /// <param name="options">Data source, hooks, limits.</param>
    public static IEndpointConventionBuilder MapOData(
        this IEndpointRouteBuilder endpoints, string prefix, ODataModel model, ODataOptions options)
    {
        var root = "/" + prefix.Trim('/');
        var service = new ODataService(root, model, options);
        return endpoints.Map(root + "/{**path}", service.HandleAsync).WithDisplayName("OData " + root);
    }
}
