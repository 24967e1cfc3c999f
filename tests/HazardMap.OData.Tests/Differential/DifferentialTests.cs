using System.Globalization;
using HazardMap.OData.Tests.Differential.Reference;
using HazardMap.OData.Tests.World;

namespace HazardMap.OData.Tests.Differential;

/// <summary>
/// The same random questions to us and to Microsoft.AspNetCore.OData over the same tables. Every difference is one that is listed, for the
/// reason that is listed. HAZARDMAP_LONG=1 asks 2,000, HAZARDMAP_ODATA_CASES any number.
/// </summary>
public sealed class DifferentialTests(Coast coast) : IClassFixture<Coast>, IAsyncLifetime
{
    private ReferenceServer _reference = null!;

    public async Task InitializeAsync() => _reference = await ReferenceServer.StartAsync(coast.Source);

    public Task DisposeAsync() => _reference.DisposeAsync().AsTask();

    [Fact]
    public async Task Random_questions_have_the_reference_stacks_answer_or_a_listed_reason()
    {
        var questions = new Questions(new Random(Number("HAZARDMAP_ODATA_SEED", 20260104)));
        var judge = new Judge(coast.Http, _reference.Http);
        var (unexplained, explained) = (new List<string>(), new SortedDictionary<string, int>(StringComparer.Ordinal));
        var count = Number("HAZARDMAP_ODATA_CASES", Environment.GetEnvironmentVariable("HAZARDMAP_LONG") == "1" ? 2_000 : 300);
        for (var i = 0; i < count; i++)
        {
            var (kinds, difference) = await judge.HearAsync(questions.Next());
            if (difference is not null) unexplained.Add($"case {i}: {difference}");
            foreach (var kind in kinds) explained[kind] = explained.GetValueOrDefault(kind) + 1;
        }
        if (Environment.GetEnvironmentVariable("HAZARDMAP_ODATA_DIFFERENCES") is { Length: > 0 } file)
            await File.WriteAllTextAsync(file,
                $"{string.Join("\n\n", unexplained)}\n\n{string.Join('\n', explained)}\n{unexplained.Count} of {count}\n");
        Assert.True(unexplained.Count == 0, $"{unexplained.Count} of {count}\n" + string.Join("\n\n", unexplained.Take(20)));
    }

    public static TheoryData<string> Kinds => [.. ExplainedDifference.Kinds.Select(x => x.Name)];

    [Theory, MemberData(nameof(Kinds))]
    public async Task A_listed_difference_is_still_there(string name)
    {
        var kind = ExplainedDifference.Kinds.Single(x => x.Name == name);
        var (kinds, difference) = await new Judge(coast.Http, _reference.Http).HearAsync(kind.Example);
        Assert.True(difference is null, difference);
        Assert.Equal([name], kinds);
    }

    private static int Number(string variable, int otherwise) =>
        Environment.GetEnvironmentVariable(variable) is { Length: > 0 } given ? int.Parse(given, CultureInfo.InvariantCulture) : otherwise;
}
