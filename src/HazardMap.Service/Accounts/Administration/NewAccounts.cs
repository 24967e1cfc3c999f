using System.Text.RegularExpressions;
using HazardMap.OData;
using HazardMap.Service.Database;
using Npgsql;

namespace HazardMap.Service.Accounts;

/// <summary>An account that is to be.</summary>
/// <param name="Name">Name to log in with.</param>
/// <param name="DisplayName">Name to show.</param>
/// <param name="Role">What it may do.</param>
/// <param name="Areas">Codes of the divisions in which; none: everywhere.</param>
internal sealed record NewAccount(string Name, string DisplayName, string Role, IReadOnlyList<string> Areas);

/// <summary>An account that was made, with the code by which its person sets a password.</summary>
/// <param name="Account">The account.</param>
/// <param name="OneTimeCode">Told once.</param>
/// <param name="ValidUntil">When the code ends by itself.</param>
internal sealed record MadeAccount(NewAccount Account, string OneTimeCode, DateTimeOffset ValidUntil);

/// <summary>Makes accounts: one, or a sheet of them, all or none. There is no default password: each gets a code, once.</summary>
internal static partial class NewAccounts
{
    /// <summary>How long a code of a first log-in works.</summary>
    public static readonly TimeSpan CodeLife = TimeSpan.FromDays(30);

    /// <summary>Longest name to show, in characters.</summary>
    public const int LongestDisplayName = 100;

    /// <summary>What is wrong with accounts that are to be, by their place in the list and by column; empty: nothing.</summary>
    public static async Task<List<(int Index, string Column, string En, string Zh)>> ProblemsAsync(
        NpgsqlConnection connection, IReadOnlyList<NewAccount> accounts, CancellationToken stop)
    {
        var known = (await connection.RowsAsync("select user_name from account.accounts", row => row.GetString(0), stop))
            .ToHashSet(StringComparer.OrdinalIgnoreCase);
        var codes = accounts.SelectMany(a => a.Areas).Distinct(StringComparer.Ordinal).ToArray();
        var divisions = (await connection.RowsAsync("""
            select code from register.divisions where code = any ($1) and (valid_to is null or valid_to > current_date)
            """, row => row.GetString(0), stop, (object)codes)).ToHashSet(StringComparer.Ordinal);
        var problems = new List<(int, string, string, string)>();
        var seen = new Dictionary<string, int>(StringComparer.OrdinalIgnoreCase);
        for (var i = 0; i < accounts.Count; i++)
        {
            var account = accounts[i];
            if (!UserName().IsMatch(account.Name) || !TextForms.Has(account.Name, TextForm.Word))
                problems.Add((i, "Name", $"'{Quote(account.Name)}' is no user name: 1 to 64 characters without blanks and colons",
                    $"“{Quote(account.Name)}”不是用户名：须为 1 至 64 个字符，不含空白和冒号"));
            else if (known.Contains(account.Name))
                problems.Add((i, "Name", $"there is an account '{account.Name}' already", $"已有账户“{account.Name}”"));
            else if (!seen.TryAdd(account.Name, i))
                problems.Add((i, "Name", $"'{account.Name}' stands here twice", $"“{account.Name}”重复"));
            if (account.DisplayName.Length > LongestDisplayName || !TextForms.Has(account.DisplayName, TextForm.Line))
                problems.Add((i, "DisplayName", $"is one line of 1 to {LongestDisplayName} characters that can be seen",
                    $"须为单行可见文字，1 至 {LongestDisplayName} 个字符"));
            if (RoleWords.Find(account.Role) is not { } role)
                problems.Add((i, "Role", $"'{Quote(account.Role)}' is no role: {RoleWords.En}",
                    $"“{Quote(account.Role)}”不是角色：{RoleWords.Zh}"));
            else if (account.Areas.Count == 0 && !RoleWords.MayBeEverywhere(role))
                problems.Add((i, "Area", $"a {role} has an area: the code of a division", $"须填写辖区（行政区划代码）"));
            foreach (var area in account.Areas.Where(a => !divisions.Contains(a)))
                problems.Add((i, "Area", $"no division in force has the code '{Quote(area)}'",
                    $"没有生效的行政区划“{Quote(area)}”"));
        }
        return problems;
    }

    /// <summary>Makes them, in a transaction in the name of who does it; they were asked about before.</summary>
    public static async Task<IReadOnlyList<MadeAccount>> MakeAsync(
        NpgsqlConnection connection, IReadOnlyList<NewAccount> accounts, CancellationToken stop)
    {
        var codes = accounts.Select(_ => ReadableCode.Create()).ToList();
        var until = await connection.ScalarAsync<DateTime>("""
            with given as (
              select * from unnest($1::text[], $2::text[], $3::bytea[]) g (name, display_name, hash)),
            made as (
              insert into account.accounts (user_name, display_name) select name, display_name from given returning id, user_name),
            coded as (
              insert into account.login_codes (hash, account_id, purpose, expires_at)
              select g.hash, m.id, 'FirstLogin', now() + $4 from given g join made m on m.user_name = g.name)
            select now() + $4
            """, stop, accounts.Select(a => a.Name).ToArray(), accounts.Select(a => a.DisplayName).ToArray(),
            codes.Select(c => ReadableCode.Hash(c)!).ToArray(), CodeLife);
        var grants = accounts.SelectMany(a => a.Areas.Count == 0 ? [(a.Name, a.Role, Area: (string?)null)]
            : a.Areas.Distinct(StringComparer.Ordinal).Select(area => (a.Name, a.Role, Area: (string?)area))).ToList();
        await connection.ExecuteAsync("""
            insert into account.grants (account, role, area)
            select name, role, area from unnest($1::text[], $2::text[], $3::text[]) g (name, role, area)
            """, stop, grants.Select(g => g.Name).ToArray(), grants.Select(g => RoleWords.Find(g.Role)!.Value.ToString()).ToArray(),
            grants.Select(g => g.Area).ToArray());
        return [.. accounts.Select((a, i) => new MadeAccount(a, codes[i], new DateTimeOffset(until, TimeSpan.Zero)))];
    }

    private static string Quote(string text) => text.Length > 40 ? text[..40] + "…" : text;

    [GeneratedRegex(@"^[^\s:]{1,64}$", RegexOptions.None, 1000)]
    private static partial Regex UserName();
}
