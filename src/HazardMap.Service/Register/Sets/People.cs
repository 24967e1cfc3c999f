using HazardMap.OData;
using HazardMap.Register;
using HazardMap.Service.Accounts;
using HazardMap.Service.Database;
using Edm = HazardMap.OData.ODataType;

namespace HazardMap.Service.Register.Sets;

/// <summary>Who answers for hazards and facilities: persons or posts.</summary>
internal static class People
{
    /// <summary>Name of the set.</summary>
    public const string Set = "People";

    private const string IsNamed = """
        select exists (select from register.responsibilities where person_id = $1)
            or exists (select from register.inspections where inspector_id = $1)
            or exists (select from register.rectifications where $1 in (assigned_to_id, done_by_id, verified_by_id))
        """;

    public static void Describe(ODataModelBuilder model) => model.EntitySet(Set, "odata.people", set =>
    {
        set.EntityType("Person").Description("Who answers for hazards and facilities", "责任人");
        set.WriteTo("register.people").Insertable().Deletable();
        set.Policy(new Policy(Roles.SeesPeople) { Insert = Roles.Office, Update = Roles.Office, Delete = Roles.Office }
            .Calling(Roles.Desk, "HandOver").Calling(Roles.SeesPeople, "Reveal"));
        set.Identifier();
        set.Property("Name", Edm.String).Required().Writable().Personal().MaxLength(200).Line().Label("Name", "姓名或岗位")
            .Description("Name, or the post");
        // The view masks it; a filter on a masked value would still be an oracle.
        set.Property("Phone", Edm.String).Writable().Personal().NotFilterable().MaxLength(40).Line()
            .Label("Phone", "电话（读取时脱敏）").Description("Phone, masked when read");
        set.Property("Unit", Edm.String).Writable().MaxLength(200).Line().Label("Unit", "单位");
        set.Property("Post", Edm.String).Writable().MaxLength(200).Line().Label("Post", "职务");
        set.Property("Level", model.Words<DivisionLevel>()).Writable().Label("Level", "责任层级")
            .Description("Level of responsibility");
        set.Property("DivisionCode", Edm.String).Required().Writable().Label("Division", "行政区划代码");
        set.Provenance();
        set.ChangesFrom("odata.person_changes", "DivisionCode");
        set.One("Division", Divisions.Set, "DivisionCode");
        set.Many("Responsibilities", Responsibilities.Set, "PersonId");
        set.Changing(RequirePhoneAsync);
        set.Deleting(KeepTheNamedAsync);
    });

    private static async Task RequirePhoneAsync(ODataChange change, CancellationToken stop)
    {
        if (change.Value("Phone") is not string phone) return;
        if (phone.Contains('*', StringComparison.Ordinal))
        {
            throw Refusals.Broken("MaskedPhone", "Phone is masked when it is read: send the whole number, or leave it out.",
                "电话读取时已脱敏：请填写完整号码，或不提交该项。", "Phone");
        }
        if (!await change.Connection.ScalarAsync<bool>("select register.is_phone($1)", stop, phone))
        {
            throw Refusals.Broken("NotAPhone",
                "Phone is one telephone number of 3 to 20 digits; it may have a leading +, brackets, single spaces or hyphens, and an "
                + "extension after 转 or ext. (such as 13812345678, +86 876 212 3456, 0876-2123456 转 801). No number: null.",
                "电话须为一个号码，3 至 20 位数字；可带开头的 +、括号、空格或连字符，"
                + "分机号写在“转”或 ext. 之后"
                + "（如 13812345678、+86 876 212 3456、0876-2123456 转 801）。没有电话请填 null。", "Phone");
        }
    }

    private static async Task KeepTheNamedAsync(ODataChange change, CancellationToken stop)
    {
        if (await change.IsTrueAsync(IsNamed, stop))
        {
            throw Refusals.Conflict("StillNamed",
                "Responsibilities, inspections or rectifications name this person. End the responsibilities instead: PATCH their ValidTo.",
                "仍有责任分工、巡查或整改引用此人，不能删除。请填写责任分工的 ValidTo（终止日期）。");
        }
    }
}
