using Microsoft.OData.Edm;
using static HazardMap.OData.Annotator;

namespace HazardMap.OData;

/// <summary>What the service as a whole can do; what holds for every entity set is said once, here.</summary>
internal static class ServiceCapabilities
{
    public static void Annotate(Annotator annotator, IEdmEntityContainer target, ODataOptions options)
    {
        annotator.Add(target, "Core.ODataVersions", Value("4.0 4.01"));
        // CONFORMANCE.md says clause by clause why.
        annotator.Add(target, "Capabilities.ConformanceLevel", Member("Capabilities.ConformanceLevelType", "Advanced"));
        annotator.Add(target, "Core.ConventionalIDs", value: true);
        annotator.Add(target, "Core.DereferenceableIDs", value: true);
        annotator.Add(target, "Capabilities.SupportedFormats", Texts(Features.Formats));
        annotator.Add(target, "Capabilities.SupportedMetadataFormats", Texts(["application/xml", "application/json"]));
        annotator.Add(target, "Capabilities.KeyAsSegmentSupported", value: true);
        annotator.Add(target, "Capabilities.AsynchronousRequestsSupported", value: false);
        annotator.Add(target, "Capabilities.CrossJoinSupported", value: false);
        annotator.Add(target, "Capabilities.FilterFunctions", Texts(Features.FilterFunctions));
        annotator.Add(target, "Capabilities.BatchSupport", Record(
            ("Supported", Value(value: true)),
            ("ContinueOnErrorSupported", Value(value: true)),
            ("ReferencesInRequestBodiesSupported", Value(value: true)),
            ("ReferencesAcrossChangeSetsSupported", Value(value: true)),
            ("EtagReferencesSupported", Value(value: true)),
            ("RequestDependencyConditionsSupported", Value(value: false)),
            ("SupportedFormats", Texts(Features.BatchFormats))));
        annotator.Add(target, "Capabilities.DeepInsertSupport",
            Record(("Supported", Value(value: true)), ("ContentIDSupported", Value(value: false))));
        annotator.Add(target, "Capabilities.DeepUpdateSupport", Record(("Supported", Value(value: false))));
        annotator.Add(target, "Repeatability.Supported", options.Repeatable is not null);
        annotator.Add(target, "Capabilities.DefaultCapabilities", Record(
            ("CountRestrictions", Record(("Countable", Value(value: true)))),
            ("IndexableByKey", Value(value: true)),
            ("TopSupported", Value(value: true)),
            ("SkipSupported", Value(value: true)),
            ("ComputeSupported", Value(value: true)),
            ("SelectSupport", Record(
                ("Supported", Value(value: true)), ("Expandable", Value(value: true)), ("Filterable", Value(value: true)),
                ("TopSupported", Value(value: true)), ("SkipSupported", Value(value: true)), ("Countable", Value(value: true)),
                ("Sortable", Value(value: true))))));
        annotator.Add(target, "Aggregation.ApplySupported", Record(
            ("Transformations", Texts(Features.ApplyTransformations)), ("Rollup", Member("Aggregation.RollupType", "SingleHierarchy"))));
    }
}
