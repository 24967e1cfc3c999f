using HazardMap.OData;
using Edm = HazardMap.OData.ODataType;

namespace HazardMap.Service.Accounts;

/// <summary>The set of sessions with their devices; it is read here and ended by <c>DELETE /api/account/sessions/{id}</c>.</summary>
internal static class Devices
{
    /// <summary>Name of the set.</summary>
    public const string Set = "Devices";

    public static void Describe(ODataModelBuilder model) => model.EntitySet(Set, "odata.devices", set =>
    {
        set.Policy(new(Roles.Administrator) { Own = "UserName" });
        set.EntityType("Device").Description("Devices that accounts are or were logged in on", "登录设备");
        set.Key("Id", Edm.Guid).Label("Identifier", "标识").Description("Identifier of the session");
        set.Property("UserName", Edm.String).Required().Label("Account", "用户名");
        set.Property("DisplayName", Edm.String).Required().Personal().Label("Name", "姓名");
        set.Property("DivisionCode", Edm.String).Label("Division", "行政区划代码").Description("Division of the account");
        set.Property("Name", Edm.String).Label("Device", "设备名称").Description("As the device calls itself");
        set.Property("Agent", Edm.String).Required().Label("Browser", "浏览器").Description("Family of browser and system");
        set.Property("Address", Edm.String).Required().Personal().Label("Address",
            "网络地址").Description("Last address, in short form");
        set.Property("BeganBy", Edm.String).Required().Label("Logged in by", "登录方式");
        set.Property("CreatedAt", Edm.DateTimeOffset).Required().Label("Logged in", "登录时间");
        set.Property("LastSeenAt", Edm.DateTimeOffset).Required().Label("Last seen", "最近使用").Description("To five minutes");
        set.Property("ExpiresAt", Edm.DateTimeOffset).Required().Label("Expires", "到期时间");
        set.Property("EndedAt", Edm.DateTimeOffset).Label("Ended", "结束时间");
        set.Property("EndedBecause", Edm.String).Label("Ended because", "结束原因");
    });
}
