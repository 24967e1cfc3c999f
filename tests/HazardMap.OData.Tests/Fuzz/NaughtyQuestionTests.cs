using System.Text.Json;
using HazardMap.OData.Tests.World;

namespace HazardMap.OData.Tests.Fuzz;

/// <summary>Strings that have broken other programs, asked for in filters.</summary>
[Collection(nameof(Coast))]
public sealed class NaughtyQuestionTests(Coast coast)
{
    [Fact]
    public async Task Naughty_strings_pass_through_filters_unharmed()
    {
        if (SharedData.Find("cases/text/naughty_strings.json") is not { } file) return;
        foreach (var text in JsonSerializer.Deserialize<List<string>>(await File.ReadAllTextAsync(file))!)
        {
            var literal = "'" + text.Replace("'", "''", StringComparison.Ordinal) + "'";
            var filter = $"Name eq {literal} or contains(Note,{literal}) and Name in ({literal},'x') or concat({literal},Name) "
                + $"eq concat({literal},'Pharos')";
            using var response = await coast.Http.GetAsync("Lighthouses?$select=Name&$filter=" + Uri.EscapeDataString(filter));
            var answer = await response.Content.ReadAsStringAsync();
            Assert.True(response.IsSuccessStatusCode, $"{filter}: {answer}");
            Assert.Contains("Pharos", answer, StringComparison.Ordinal);
        }
    }
}
