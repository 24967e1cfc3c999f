using System.CommandLine;
using System.Text.Json;
using HazardMap.Solve;

namespace HazardMap.Service.Commands;

/// <summary><c>solve FILE|-</c>: the arithmetic without a database, JSON in, JSON out.</summary>
internal static class SolveCommand
{
    public static Command Build()
    {
        var file = new Argument<string>("FILE") { Description = "A JSON problem; - reads standard input" };
        var command = new Command("solve", "Answer a problem without a database: crs.transform, geodesic.distance, accessibility, network.distances, network.matrix") { file };
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
