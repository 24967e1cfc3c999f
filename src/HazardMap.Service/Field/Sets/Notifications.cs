using HazardMap.OData;
using HazardMap.Register;
using HazardMap.Service.Accounts;
using HazardMap.Service.Register;
using HazardMap.Service.Register.Sets;
using Edm = HazardMap.OData.ODataType;

namespace HazardMap.Service.Field.Sets;

/// <summary>What somebody is told: a person, or whoever looks after a division. Only when it was read can be changed.</summary>
internal static class Notifications
{
    /// <summary>Name of the set.</summary>
    public const string Set = "Notifications";

    public static void Describe(ODataModelBuilder model) => model.EntitySet(Set, "odata.notifications", set =>
    {
        set.Description("What somebody is told: a person, or whoever looks after a division", "通知");
        set.WriteTo("register.notifications");
        set.Policy(new(Roles.SeesPeople) { Update = Roles.SeesPeople });
        set.Key("Id", Edm.Guid).Label("Identifier", "标识");
        set.Property("PersonId", Edm.Guid).Label("Person", "通知对象")
            .Description("Who is told; null: whoever looks after the division");
        set.Property("DivisionCode", Edm.String).Required().Label("Division", Divisions.Zh + "代码");
        set.Property("Kind", model.Words<NotificationKind>()).Required().Label("Kind", "类型");
        set.Property("EntityId", Edm.Guid).Required().Label("About", "相关记录").Description("What it is about: a defect");
        set.Property("At", Edm.DateTimeOffset).Required().Label("When", "时间");
        set.Property("ReadAt", Edm.DateTimeOffset).Writable().Label("Read", "已读时间").Description("When it was read; null: not yet");
        set.Property("CreatedAt", Edm.DateTimeOffset).Required().Label("Created", "创建时间");
        set.Property("UpdatedAt", Edm.DateTimeOffset).Required().Label("Updated", "更新时间");
        set.Version("Version").Label("Version", "版本").Description("Counts the changes");
        set.ChangesFrom("odata.notification_changes", "DivisionCode", "PersonId");
        set.One("Person", People.Set, "PersonId");
        set.Changing(Refusals.InTheFuture("ReadAt"));
    });
}
