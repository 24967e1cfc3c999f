using System.CommandLine;
using System.Text.Encodings.Web;
using System.Text.Json;
using HazardMap.Register;
using HazardMap.Service.Commands;
using HazardMap.Service.Database;

namespace HazardMap.Service.Catchment;

/// <summary><c>coverage --kind K --within M --demand D</c>: who is served within a distance, and who is left out.</summary>
internal static class CoverageCommand
{
    private static readonly JsonSerializerOptions Readable = new() { WriteIndented = true, Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    public static Command Build()
    {
        var data = DataOption.Create();
        var kind = new Option<string>("--kind") { Description = $"What serves: {string.Join(", ", Enum.GetNames<FacilityKind>())}", Required = true };
        var within = new Option<double>("--within") { Description = "Metres that are near enough", Required = true };
        var demand = new Option<string>("--demand") { Description = "Who is served: pupils, children, elders or points (children's homes)", Required = true };
        var level = new Option<string?>("--level") { Description = "Prefecture, County, Township or Village; all levels without it" };
        var format = new Option<string>("--format") { Description = "json or csv", DefaultValueFactory = _ => "json" };
        format.AcceptOnlyFromAmong("json", "csv");
        var leftOut = new Option<bool>("--left-out") { Description = "With csv: the points that are left out instead of the divisions" };
        var command = new Command("coverage", "Measure who has a facility within a straight (geodesic) distance") { data, kind, within, demand, level, format, leftOut };
        command.Does(async (parsed, stop) =>
        {
            var question = CoverageQuestion.Parse(parsed.GetValue(kind), parsed.GetValue(within), parsed.GetValue(demand), parsed.GetValue(level));
            await using var register = await RegisterSession.OpenAsync(parsed.GetValue(data)!, ClusterRole.Reader, stop);
            var result = await CoverageStore.MeasureAsync(register.Database, question, stop);
            Console.Write(parsed.GetValue(format) == "json" ? CoverageAnswer.Json(question, result, int.MaxValue).ToJsonString(Readable) + "\n"
                : parsed.GetValue(leftOut) ? CoverageAnswer.LeftOutCsv(result) : CoverageAnswer.DivisionsCsv(question, result));
            return Exit.Done;
        });
        return command;
    }
}
