using HazardMap.OData;
using HazardMap.Register;
using HazardMap.Service.Database;
using HazardMap.Service.Register;
using Edm = HazardMap.OData.ODataType;

namespace HazardMap.Service.Accounts;

/// <summary>Accounts and their roles, for administrators: each those of his area.</summary>
internal static class AccountSets
{
    /// <summary>Name of the set of roles that accounts have.</summary>
    public const string Grants = "Grants";

    private const string IsAdministered = """
        select exists (
          select from account.grants g join account.accounts a on a.user_name = g.account
          where g.role = 'Administrator' and g.area is null and a.disabled_at is null
            and g.valid_from <= now() and (g.valid_to is null or g.valid_to > now()))
        """;

    public static void Describe(ODataModelBuilder model)
    {
        model.EntitySet(Grants, "odata.grants", set =>
        {
            set.Description("Roles of accounts: what each may do, where, from when to when; end one with To", "账户授权");
            set.WriteTo("account.grants").Insertable().Deletable();
            set.Policy(new(Roles.Administrator, area: "Area")
            {
                Insert = Roles.Administrator, Update = Roles.Administrator, Delete = Roles.Administrator,
            });
            set.Key("Id", Edm.Guid).Creatable().Label("Identifier", "标识");
            set.Property("Account", Edm.String).Required().Creatable().Label("Account", "账户").Description("Name of the account");
            set.Property("Role", model.Words<AccountRole>()).Required().Creatable().Label("Role", "角色");
            set.Property("Area", Edm.String).Creatable().Label("Area", "辖区代码")
                .Description("Code of the division that it is confined to, with all below it; null: everywhere");
            set.Property("From", Edm.DateTimeOffset, "valid_from").Required().Creatable().Derived().Label("From", "起始时间");
            set.Property("To", Edm.DateTimeOffset, "valid_to").Writable().Label("To", "终止时间")
                .Description("First moment at which it holds no more");
            set.Property("CreatedAt", Edm.DateTimeOffset).Required().Label("Created", "创建时间");
            set.Property("UpdatedAt", Edm.DateTimeOffset).Required().Label("Updated", "更新时间");
            set.Version("Version").Label("Version", "版本").Description("Counts the changes");
            set.ChangesFrom("odata.grant_changes", "Area");
            set.One("Division", "Divisions", "Area");
            set.Changed(KeepAdministeredAsync);
            set.Deleted(KeepAdministeredAsync);
        });
    }

    // Nobody could give a role any more.
    private static async Task KeepAdministeredAsync(ODataChange change, CancellationToken stop)
    {
        if (!await change.Connection.ScalarAsync<bool>(IsAdministered, stop))
        {
            throw Refusals.Conflict("LastAdministrator", "This is the last administrator of everything: make another one first.",
                "这是最后一个全域管理员：请先设置另一个管理员。");
        }
    }
}
