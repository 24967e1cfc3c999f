using HazardMap.Service.Hosting.Tls;

namespace HazardMap.Service.Hosting;

/// <summary>
/// The root of the local authority, which a phone installs before it trusts the service; without one there is nothing here. It holds no
/// secret: whoever connects is shown what it signed.
/// </summary>
internal static class RootEndpoint
{
    public static void MapRoot(IEndpointRouteBuilder routes) => routes.MapGet(LocalAuthority.RootPath,
        (HazardMapOptions options) => options.Front.Certificate is LocalAuthority authority
            ? Results.Bytes(authority.Root, "application/x-x509-ca-cert") // not as an attachment: iOS asks at once whether to install it
            : Results.NotFound()).AllowAnonymous();
}
