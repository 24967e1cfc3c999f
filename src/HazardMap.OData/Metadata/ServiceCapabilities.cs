using Microsoft.OData.Edm;
using static HazardMap.OData.Annotator;

namespace HazardMap.OData;

/// <summary>What the service as a whole can do; what holds for every entity set is said once, here.</summary>
internal static class ServiceCapabilities
{
    private const string WhatIsSentBack = "In the body of a change, whatever is sent as it is read is passed over: computed and "
        + "immutable properties (Core.Computed, Core.Immutable), masked values, nested entities. What differs and cannot be changed is "
        + "refused by name.";

    private const string WhatIsSentBackZh = "修改请求的正文中，与读取值相同的内容一律略过，"
        + "包括只读属性（Core.Computed、Core.Immutable）、脱敏值和嵌套实体；"
        + "与存储值不同且不可修改的，按名称拒绝。";

    public static void Annotate(Annotator annotator, IEdmEntityContainer target, ODataOptions options)
    {
        annotator.Explain(target, WhatIsSentBack, WhatIsSentBackZh);
        annotator.Add(target, "Core.ODataVersions", Value("4.0 4.01"));
        // CONFORMANCE.md says clause by clause why.
        annotator.Add(target, "Capabilities.ConformanceLevel", Member("Capabilities.ConformanceLevelType", "Advanced"));
        annotator.Add(target, "Core.ConventionalIDs", value: true);
        annotator.Add(target, "Core.DereferenceableIDs", value: true);
        annotator.Add(target, "Capabilities.SupportedFormats", Texts(Features.Formats));
        annotator.Add(target, "Capabilities.SupportedMetadataFormats", Texts(["application/xml", "application/json"]));
        annotator.Add(target, "Capabilities.KeyAsSegmentSupported", value: true);
        annotator.Add(target, "Capabilities.QuerySegmentSupported", value: true);
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
