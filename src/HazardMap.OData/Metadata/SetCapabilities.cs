using Microsoft.OData.Edm;
using static HazardMap.OData.Annotator;

namespace HazardMap.OData;

/// <summary>What may be done with one entity set. Everything is read off the description that the service itself works from.</summary>
internal static class SetCapabilities
{
    public static void Annotate(Annotator annotator, IEdmEntitySet target, EntitySet set, ODataOptions options)
    {
        annotator.Describe(target, set.Description, set.DescriptionZh);
        Concurrency(annotator, target, set);
        Reading(annotator, target, set, options);
        Writing(annotator, target, set, options);
    }

    private static void Concurrency(Annotator annotator, IEdmEntitySet target, EntitySet set)
    {
        if (set.Version is { } version) annotator.Add(target, "Core.OptimisticConcurrency", Paths([version]));
    }

    private static void Reading(Annotator annotator, IEdmEntitySet target, EntitySet set, ODataOptions options)
    {
        annotator.Add(target, "Capabilities.FilterRestrictions", Record(
            ("Filterable", Value(value: true)),
            ("NonFilterableProperties", Paths(set.Properties.Where(x => !x.Filterable)))));
        annotator.Add(target, "Capabilities.SortRestrictions", Record(
            ("Sortable", Value(value: true)),
            ("NonSortableProperties", Paths(set.Properties.Where(x => !x.IsSortable)))));
        annotator.Add(target, "Capabilities.SearchRestrictions", Record(("Searchable", Value(set.Properties.Any(x => x.Searchable)))));
        annotator.Add(target, "Capabilities.ExpandRestrictions", Record(
            ("Expandable", Value(set.Navigations.Count > 0)),
            ("MaxLevels", Value(options.MaxExpansionDepth))));
        annotator.Add(target, "Capabilities.ChangeTracking", Record(("Supported", Value(set.Changes is not null))));
    }

    private static void Writing(Annotator annotator, IEdmEntitySet target, EntitySet set, ODataOptions options)
    {
        var insertable = set is { Table: not null, Insertable: true };
        annotator.Add(target, "Capabilities.InsertRestrictions", insertable
            ? Record(
                ("Insertable", Value(value: true)),
                ("NonInsertableProperties", Paths(set.Properties.Where(x => !x.IsInsertable))),
                ("RequiredProperties", Paths(set.RequiredOnInsert)),
                ("MaxLevels", Value(options.MaxInsertDepth)),
                ("TypecastSegmentSupported", Value(value: false)))
            : Record(("Insertable", Value(value: false))));
        annotator.Add(target, "Capabilities.UpdateRestrictions", set.IsUpdatable
            ? Record(
                ("Updatable", Value(value: true)),
                ("Upsertable", Value(insertable)),
                ("DeltaUpdateSupported", Value(value: true)),
                ("NonUpdatableProperties", Paths(set.Properties.Where(x => !x.Writable))),
                ("FilterSegmentSupported", Value(value: false)),
                ("TypecastSegmentSupported", Value(value: false)))
            : Record(("Updatable", Value(value: false))));
        annotator.Add(target, "Capabilities.DeleteRestrictions", set is { Table: not null, Deletable: true }
            ? Record(
                ("Deletable", Value(value: true)),
                ("FilterSegmentSupported", Value(value: false)),
                ("TypecastSegmentSupported", Value(value: false)))
            : Record(("Deletable", Value(value: false))));
    }
}
