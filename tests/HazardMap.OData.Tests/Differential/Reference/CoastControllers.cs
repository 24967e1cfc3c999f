using Microsoft.AspNetCore.OData.Query;
using Microsoft.AspNetCore.OData.Results;
using Microsoft.AspNetCore.OData.Routing.Controllers;
using Microsoft.EntityFrameworkCore;

namespace HazardMap.OData.Tests.Differential.Reference;

/// <summary>Everything that the stack can do may be asked, in pages as long as ours.</summary>
public sealed class EverythingAttribute : EnableQueryAttribute
{
    public EverythingAttribute() =>
        (PageSize, MaxExpansionDepth, MaxAnyAllExpressionDepth, MaxNodeCount, MaxOrderByNodeCount) = (1000, 3, 3, 10_000, 10);
}

public sealed class HarboursController(CoastContext coast) : ODataController
{
    [Everything]
    public IQueryable<Harbour> Get() => coast.Set<Harbour>().AsNoTracking();

    [Everything]
    public SingleResult<Harbour> Get(string key) => SingleResult.Create(coast.Set<Harbour>().AsNoTracking().Where(x => x.Code == key));
}

public sealed class LighthousesController(CoastContext coast) : ODataController
{
    [Everything]
    public IQueryable<Lighthouse> Get() => coast.Set<Lighthouse>().AsNoTracking();

    [Everything]
    public SingleResult<Lighthouse> Get(Guid key) => SingleResult.Create(coast.Set<Lighthouse>().AsNoTracking().Where(x => x.Id == key));
}

public sealed class KeepersController(CoastContext coast) : ODataController
{
    [Everything]
    public IQueryable<Keeper> Get() => coast.Set<Keeper>().AsNoTracking();
}
