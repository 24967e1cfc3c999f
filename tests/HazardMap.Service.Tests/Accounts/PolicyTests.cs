using HazardMap.Service.Accounts;
using HazardMap.Service.Register;
using HazardMap.Service.Tests.Worlds;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Routing;

namespace HazardMap.Service.Tests.Accounts;

/// <summary>Nothing is open because nobody thought of it.</summary>
public sealed class PolicyTests(ServedRegister register) : IClassFixture<ServedRegister>
{
    [Fact]
    public void Every_set_says_who_may_do_what() =>
        Assert.Empty(RegisterModel.Model.EntitySets.Values.Where(set => set.Policy() is null).Select(set => set.Name));

    [Fact]
    public void A_policy_speaks_of_what_is_there()
    {
        foreach (var set in RegisterModel.Model.EntitySets.Values)
        {
            var policy = set.Policy()!;
            var named = policy.Besides.Select(x => x.Key).Append(policy.Area).Append(policy.Own).OfType<string>();
            var known = set.Properties.Select(x => x.Name).Concat(set.Actions.Select(x => x.Name));
            Assert.Empty(named.Except(known, StringComparer.Ordinal).Select(name => $"{set.Name}.{name}"));
        }
    }

    [Fact]
    public void Whoever_may_change_a_set_may_read_it()
    {
        foreach (var set in RegisterModel.Model.EntitySets.Values)
        {
            var policy = set.Policy()!;
            var changing = Enum.GetValues<OData.ODataChangeKind>().Aggregate(Roles.None, (all, kind) => all | policy.Of(kind));
            Assert.Equal(Roles.None, changing & ~policy.Read);
        }
    }

    [Fact]
    public void Every_route_says_whom_it_is_open_to()
    {
        var routes = register.Service<EndpointDataSource>().Endpoints.OfType<RouteEndpoint>().ToList();
        Assert.True(routes.Count > 10, "the routes were not found");
        Assert.Empty(routes
            .Where(route => route.Metadata.GetMetadata<IAllowAnonymous>() is null && route.Metadata.GetMetadata<RouteAccess>() is null
                && route.Metadata.GetMetadata<HazardMap.Service.Hosting.Nowhere>() is null)
            .Select(route => route.RoutePattern.RawText));
    }

    [Fact]
    public async Task The_auditor_reads_nothing_of_the_register()
    {
        var auditor = await register.AccountAsync("auditor", ("Auditor", null));
        foreach (var set in RegisterModel.Model.EntitySets.Values.Where(set => !set.Policy()!.Read.HasFlag(Roles.Auditor)))
            Assert.Contains("\"value\":[]", await auditor.GetStringAsync($"/odata/{set.Name}"), StringComparison.Ordinal);
    }
}
