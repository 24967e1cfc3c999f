using HazardMap.OData;

namespace HazardMap.Service.Hosting;

/// <summary>
/// What the rooms move into: each capability adds its entity sets, functions and hooks to the model, its services and workers to the
/// container, its routes to the web application. Commands are found by themselves (see <c>Program.cs</c>).
/// </summary>
internal sealed class House
{
    private readonly List<Action<IEndpointRouteBuilder>> _routes = [];

    private House(ODataModelBuilder model, IServiceCollection services) => (Model, Services) = (model, services);

    /// <summary>What <c>/odata</c> serves.</summary>
    public ODataModelBuilder Model { get; }

    /// <summary>What is made once, or once a request.</summary>
    public IServiceCollection Services { get; }

    /// <summary>Lets the rooms move in.</summary>
    /// <param name="services">The application's; a collection of its own when only the model is wanted.</param>
    public static (ODataModel Model, House House) Build(IServiceCollection services)
    {
        House? house = null;
        var model = ODataModel.Build("HazardMap", builder => Rooms.MoveIn(house = new House(builder, services)));
        return (model, house!);
    }

    /// <summary>Something that runs as long as the service does.</summary>
    public void Worker<T>() where T : class, IHostedService => Services.AddHostedService<T>();

    /// <summary>Endpoints; every one needs a login unless it says otherwise.</summary>
    public void Routes(Action<IEndpointRouteBuilder> map) => _routes.Add(map);

    /// <summary>Maps the endpoints of all rooms.</summary>
    public void MapRoutes(IEndpointRouteBuilder routes)
    {
        foreach (var map in _routes) map(routes);
    }
}
