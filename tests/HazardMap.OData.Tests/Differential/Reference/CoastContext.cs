using System.Text.RegularExpressions;
using Microsoft.EntityFrameworkCore;

namespace HazardMap.OData.Tests.Differential.Reference;

/// <summary>The coast's tables for Entity Framework Core.</summary>
public sealed partial class CoastContext(DbContextOptions<CoastContext> options) : DbContext(options)
{
    protected override void OnModelCreating(ModelBuilder modelBuilder)
    {
        modelBuilder.HasDefaultSchema("coast");
        modelBuilder.Entity<Harbour>(e =>
        {
            e.ToTable("harbours").HasKey(x => x.Code);
            e.HasOne(x => x.Whole).WithMany(x => x.Parts).HasForeignKey(x => x.PartOf);
            e.HasMany(x => x.Lighthouses).WithOne(x => x.Harbour).HasForeignKey(x => x.HarbourCode);
        });
        modelBuilder.Entity<Lighthouse>(e =>
        {
            e.ToTable("lighthouses").Property(x => x.Kind).HasConversion<string>();
            e.HasMany(x => x.Keepers).WithOne(x => x.Lighthouse).HasForeignKey(x => x.LighthouseId);
        });
        modelBuilder.Entity<Keeper>().ToTable("keepers");
        foreach (var property in modelBuilder.Model.GetEntityTypes().SelectMany(x => x.GetProperties()))
            property.SetColumnName(InnerCapital().Replace(property.Name, "_").ToLowerInvariant());
    }

    [GeneratedRegex("(?<=[a-z])(?=[A-Z])", RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1000)]
    private static partial Regex InnerCapital();
}
