using System.Text.RegularExpressions;
using Microsoft.AspNetCore.OData.Query;
using Microsoft.AspNetCore.OData.Routing.Controllers;
using Microsoft.EntityFrameworkCore;

namespace HazardMap.Benchmarks;

/// <summary>A row of the view that our own service reads, for Entity Framework Core;
/// Microsoft.AspNetCore.OData knows no geography, so without its shapes.</summary>
public sealed class ReferenceHazard
{
    public Guid Id { get; set; }
    public string Code { get; set; } = "";
    public string Name { get; set; } = "";
    public string Kind { get; set; } = "";
    public string DivisionCode { get; set; } = "";
    public double? DepthMetres { get; set; }
    public string? Flow { get; set; }
    public string? Bank { get; set; }
    public string? Access { get; set; }
    public bool? HasSign { get; set; }
    public bool? HasRing { get; set; }
    public string? OwnerUnit { get; set; }
    public string Status { get; set; } = "";
    public double? RiskScore { get; set; }
    public string? RiskLevel { get; set; }
    public DateTimeOffset? LastInspectedAt { get; set; }
    public int Version { get; set; }
    public ReferenceDivision? Division { get; set; }
}

/// <summary>A division, as far as it is asked for.</summary>
public sealed class ReferenceDivision
{
    public string Code { get; set; } = "";
    public string Name { get; set; } = "";
    public string Level { get; set; } = "";
    public int? Population { get; set; }
    public List<ReferenceHazard> Hazards { get; set; } = [];
}

/// <summary>The register's views.</summary>
public sealed partial class ReferenceRegister(DbContextOptions<ReferenceRegister> options) : DbContext(options)
{
    protected override void OnModelCreating(ModelBuilder modelBuilder)
    {
        modelBuilder.Entity<ReferenceHazard>(e =>
        {
            e.ToView("hazards", "odata").HasKey(x => x.Id);
            e.HasOne(x => x.Division).WithMany(x => x.Hazards).HasForeignKey(x => x.DivisionCode);
        });
        modelBuilder.Entity<ReferenceDivision>().ToView("divisions", "odata").HasKey(x => x.Code);
        foreach (var property in modelBuilder.Model.GetEntityTypes().SelectMany(x => x.GetProperties()))
            property.SetColumnName(InnerCapital().Replace(property.Name, "_").ToLowerInvariant());
    }

    [GeneratedRegex("(?<=[a-z])(?=[A-Z])", RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1000)]
    private static partial Regex InnerCapital();
}

/// <summary>Pages of 1,000, as ours.</summary>
public sealed class HazardsController(ReferenceRegister register) : ODataController
{
    [EnableQuery(PageSize = 1000)]
    public IQueryable<ReferenceHazard> Get() => register.Set<ReferenceHazard>().AsNoTracking();
}
