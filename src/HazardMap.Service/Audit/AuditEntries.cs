using HazardMap.OData;
using HazardMap.Service.Accounts;
using Edm = HazardMap.OData.ODataType;

namespace HazardMap.Service.Audit;

/// <summary>The set of the audit, read-only.</summary>
internal static class AuditEntries
{
    /// <summary>Name of the set.</summary>
    public const string Set = "AuditEntries";

    public static void Describe(ODataModelBuilder model) => model.EntitySet(Set, "odata.audit_entries", set =>
    {
        set.Policy(new(Roles.Administrator | Roles.Auditor));
        set.EntityType("AuditEntry").Description("The audit: who logged in, read personal data, changed permissions ...; append-only",
            "审计记录");
        set.Key("Id", Edm.Guid).Label("Identifier", "标识");
        set.Property("Number", Edm.Int64).Required().Label("Number", "序号").Description("Place in the chain, from 1");
        set.Property("At", Edm.DateTimeOffset).Required().Label("At", "时间");
        set.Property("Actor", Edm.String).Required().Label("Who", "操作人").Description("Account, or where at the server it was done");
        set.Property("Action", Edm.String).Required().Label("Act", "操作");
        set.Property("Entity", Edm.String).Label("Set", "对象类别").Description("Set of what it was done to");
        set.Property("EntityId", Edm.String).Label("Key", "对象标识").Description("Its key");
        set.Property("DivisionCode", Edm.String).Label("Division", "行政区划代码");
        set.Property("Reason", Edm.String).Label("Reason", "事由").Description("As the person stated it");
        set.Property("Details", Edm.String).Label("Details", "详情").Description("A JSON object");
        set.Property("PreviousHash", Edm.String).Required().Label("Hash before", "前一校验值")
            .Description("Of the entry before, in hexadecimal");
        set.Property("Hash", Edm.String).Required().Label("Hash", "校验值").Description("SHA-256 of the hash before and this entry");
    });
}
