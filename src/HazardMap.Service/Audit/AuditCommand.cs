using System.CommandLine;
using System.Text.Encodings.Web;
using System.Text.Json;
using HazardMap.OData;
using HazardMap.Service.Commands;
using HazardMap.Service.Database;

[assembly: Command<HazardMap.Service.Audit.AuditCommand>]

namespace HazardMap.Service.Audit;

/// <summary>
/// <c>audit verify</c>: names each entry that was altered, removed, put in or moved, and with a head that was kept elsewhere a tail that
/// was cut off; exit code 1 then. <c>audit head</c>: what is to be kept elsewhere. <c>audit export FILE</c>: all entries, one JSON a line.
/// </summary>
internal sealed class AuditCommand : ICommand
{
    private const int ToldInWords = 50;

    private static readonly JsonSerializerOptions Readable = new(JsonSerializerDefaults.Web)
    {
        WriteIndented = true, Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
    };

    private static readonly JsonSerializerOptions OneLine = new(Readable) { WriteIndented = false };

    public CommandGroup Group => CommandGroup.Accounts;

    public Command Build()
    {
        var audit = new Command("audit", "Who logged in, read personal data, changed rights: verify, head, export / 审计");
        audit.Add(Verifying());
        var data = DataOption.Create();
        var head = new Command("head",
            "Print the last link of the chain as JSON, to be kept elsewhere / 打印链头（JSON），供异地保存") { data };
        head.Does((parsed, stop) => HeadAsync(parsed.GetValue(data)!, stop));
        audit.Add(head);
        audit.Add(Exporting());
        return audit;
    }

    private static Command Verifying()
    {
        var data = DataOption.Create();
        var head = new Option<string?>("--head")
        {
            Description = "What `audit head` printed earlier: shows whether the tail was cut off since / 先前保存的链头文件",
            HelpName = "FILE",
        };
        var command =
            new Command("verify", "Name every entry that was altered, removed, put in or moved / 校验审计链") { head, data };
        command.Does((parsed, stop) => VerifyAsync(parsed.GetValue(head), parsed.GetValue(data)!, stop));
        return command;
    }

    private static Command Exporting()
    {
        var data = DataOption.Create();
        var file = new Argument<string>("FILE") { Description = "New file, for its owner alone / 新文件" };
        var command = new Command("export", "Write all entries to a file, one JSON a line / 导出全部审计记录") { file, data };
        command.Does((parsed, stop) => ExportAsync(parsed.GetValue(file)!, parsed.GetValue(data)!, stop));
        return command;
    }

    private static async Task<int> VerifyAsync(string? headFile, string data, CancellationToken stop)
    {
        var exported = headFile is null ? null : AuditHead.FromFile(headFile);
        await using var register = await RegisterSession.OpenAsync(data, ClusterRole.Question, stop);
        var (entries, kept, problems) = await AuditChain.VerifyAsync(register.Database, exported, stop);
        Console.WriteLine(JsonSerializer.Serialize(new { entries, head = kept, problems }, Readable));
        foreach (var problem in problems.Take(ToldInWords)) await Console.Error.WriteLineAsync($"{problem.En} / {problem.Zh}");
        if (problems.Count > ToldInWords)
            await Console.Error.WriteLineAsync($"and {problems.Count - ToldInWords} more / 另有 {problems.Count - ToldInWords} 处");
        return problems.Count == 0 ? Exit.Done : Exit.Refused;
    }

    private static async Task<int> HeadAsync(string data, CancellationToken stop)
    {
        await using var register = await RegisterSession.OpenAsync(data, ClusterRole.Question, stop);
        await using var connection = await register.Database.OpenPatientlyAsync(stop);
        Console.WriteLine(JsonSerializer.Serialize(await AuditHead.ReadAsync(connection, stop), Readable));
        return Exit.Done;
    }

    private static async Task<int> ExportAsync(string file, string data, CancellationToken stop)
    {
        await using var register = await RegisterSession.OpenAsync(data, ClusterRole.Superuser, stop);
        await AuditLog.WriteAsync(register.Database, AuditLog.Console,
            new("Exported", AuditEntries.Set) { Details = new { file = Path.GetFileName(file) } }, stop);
        var options = new FileStreamOptions
        {
            Mode = FileMode.CreateNew, Access = FileAccess.Write, UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite,
        };
        var count = 0;
        await using var connection = await register.Database.OpenPatientlyAsync(stop);
        await using (var writer = new StreamWriter(file, options))
        {
            await foreach (var row in AuditRow.ReadAsync(connection, stop))
            {
                var line = new Dictionary<string, object?>(StringComparer.Ordinal) { ["number"] = row.Number, ["id"] = row.Id };
                for (var i = 0; i < AuditRow.Names.Count; i++) line[AuditRow.Names[i]] = row.Fields[i];
                (line["previousHash"], line["hash"]) = (Convert.ToHexStringLower(row.Previous), Convert.ToHexStringLower(row.Hash));
                await writer.WriteLineAsync(JsonSerializer.Serialize(line, OneLine).AsMemory(), stop);
                count++;
            }
        }
        Console.WriteLine(JsonSerializer.Serialize(new { entries = count, file = Path.GetFullPath(file) }, Readable));
        return Exit.Done;
    }
}
