using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using HazardMap.OData;
using HazardMap.Service.Audit;
using HazardMap.Service.Database;
using HazardMap.Service.Exchange;
using Npgsql;

namespace HazardMap.Service.Accounts;

/// <summary>Takes a sheet of accounts in, all or none, and writes the one-time codes to a file for its owner alone.</summary>
internal static class AccountImport
{
    private const int Told = 20;

    /// <summary>Does it.</summary>
    /// <param name="database">The register.</param>
    /// <param name="path">The sheet.</param>
    /// <param name="codesPath">Where the codes go; must not be there.</param>
    /// <param name="stop">Gives up.</param>
    /// <returns>How many accounts were made.</returns>
    /// <exception cref="RefusalException">The sheet can't be read, rows are refused, or the file of codes can't be written.</exception>
    public static async Task<int> RunAsync(NpgsqlDataSource database, string path, string codesPath, CancellationToken stop)
    {
        var fileName = Path.GetFileName(path);
        if (File.Exists(codesPath))
            throw new RefusalException("CodesFileExists", $"{codesPath} is there already: name a new file. Nothing was changed.",
                $"{codesPath} 已存在，请指定新文件。未作任何更改。", "--codes");
        var rows = AccountSheet.Read(path);
        if (rows.Count == 0)
            throw new RefusalException("FileEmpty", $"{fileName} holds headers and no row. Nothing was changed.",
                $"{fileName} 只有表头，没有数据行。未作任何更改。", fileName);
        var accounts = rows.Select(r => new NewAccount(r.Name, r.DisplayName.Length > 0 ? r.DisplayName : r.Name, r.Role, r.Area)).ToList();
        await using var connection = await database.OpenPatientlyAsync(stop);
        await using var transaction = await connection.BeginAsAsync(AuditLog.Console, stop);
        Refuse(fileName, rows, await NewAccounts.ProblemsAsync(connection, accounts, stop));
        var made = await NewAccounts.MakeAsync(connection, accounts, stop);
        await AuditLog.WriteAsync(connection, new("AccountsImported", "Accounts")
        {
            Details = new
            {
                file = fileName, sha256 = Convert.ToHexStringLower(SHA256.HashData(await File.ReadAllBytesAsync(path, stop))),
                count = made.Count, accounts = accounts.Select(a => a.Name),
            },
        }, stop);
        // First the codes: accounts whose codes nobody has would have to be reset one by one.
        WriteCodes(codesPath, made);
        try
        {
            await transaction.CommitAsync(stop);
        }
        catch
        {
            File.Delete(codesPath);
            throw;
        }
        return made.Count;
    }

    private static void Refuse(string fileName, List<AccountRow> rows, List<(int Index, string Column, string En, string Zh)> problems)
    {
        if (problems.Count == 0) return;
        var count = problems.Select(p => p.Index).Distinct().Count();
        var first = problems.Take(Told).ToList();
        var more = problems.Count - first.Count;
        throw new RefusalException("RowsRefused",
            $"{fileName}: {count} of {rows.Count} rows are refused, nothing was changed. "
                + string.Join("; ", first.Select(p => $"row {rows[p.Index].Line}, {p.Column}: {p.En}"))
                + (more > 0 ? $"; and {more} more." : "."),
            $"{fileName}：{rows.Count} 行中有 {count} 行被拒绝，未作任何更改。"
                + string.Join("；", first.Select(p => $"第 {rows[p.Index].Line} 行“{ZhOf(p.Column)}”：{p.Zh}"))
                + (more > 0 ? $"；另有 {more} 处。" : "。"), fileName);
    }

    private static string ZhOf(string column) => AccountSheet.Columns.First(c => c.Name == column).Zh;

    private static void WriteCodes(string path, IReadOnlyList<MadeAccount> made)
    {
        var text = new StringBuilder("\uFEFF用户名,姓名,一次性代码,有效期至\r\n");
        foreach (var (account, code, until) in made)
            text.AppendJoin(',', CsvCell.Write(account.Name), CsvCell.Write(account.DisplayName), code,
                until.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture)).Append("\r\n");
        try
        {
            PrivateFile.Write(path, text.ToString());
        }
        catch (Exception refused) when (refused is IOException or UnauthorizedAccessException)
        {
            throw new RefusalException("CodesFileNotWritable", $"{path} can't be written: {refused.Message} Nothing was changed.",
                $"无法写入 {path}：{refused.Message} 未作任何更改。", "--codes");
        }
    }
}
