using System.CommandLine;
using System.Text.Json;
using HazardMap.Service.Commands;
using HazardMap.Solve;

[assembly: Command<HazardMap.Service.Solve.SolveCommand>]

namespace HazardMap.Service.Solve;

/// <summary><c>solve FILE|-</c>: the arithmetic without a database, JSON in, JSON out.</summary>
internal sealed class SolveCommand : ICommand
{
    public CommandGroup Group => CommandGroup.Analysis;

    public Command Build()
    {
        var file = new Argument<string>("FILE") { Description =
            "A JSON problem, such as { \"problem\": \"geodesic.distance\", ... }; - reads standard input" };
        var command = new Command("solve", "The arithmetic without a database, JSON in, JSON out / 不用数据库的纯计算") { file };
        command.Does(async (parsed, stop) =>
        {
            var path = parsed.GetValue(file)!;
            using var problem = await ReadAsync(path, stop);
            var answer = new MemoryStream();
            await using (var writer = new Utf8JsonWriter(answer)) Solver.Solve(problem.RootElement, writer);
            await using var output = Console.OpenStandardOutput();
            answer.WriteByte((byte)'\n');
            await output.WriteAsync(answer.GetBuffer().AsMemory(0, (int)answer.Length), stop);
            return Exit.Done;
        });
        return command;
    }

    private static async Task<JsonDocument> ReadAsync(string path, CancellationToken stop)
    {
        try
        {
            await using var input = path == "-" ? Console.OpenStandardInput() : File.OpenRead(path);
            return await JsonDocument.ParseAsync(input, cancellationToken: stop);
        }
        catch (JsonException e)
        {
            throw new RefusalException("MalformedJson", $"{path} is not JSON: {e.Message}", $"{path} 不是有效的 JSON。", path);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new RefusalException("FileMissing", $"{path} can't be read: {e.Message}", $"无法读取文件 {path}。", path);
        }
    }
}
