using HazardMap.Service.Database;

namespace HazardMap.Service.Tests.Database;

public sealed class ClusterBirthTests
{
    [Fact]
    public async Task What_an_initdb_leaves_whose_service_was_killed_is_removed_though_it_cleans_up_too()
    {
        const int parts = 1500;
        var unfinished = Path.Combine(Directory.CreateTempSubdirectory("hazardmap-birth-").FullName, "postgres.unfinished");
        for (var i = 0; i < parts; i++)
        {
            Directory.CreateDirectory(Part(i));
            await File.WriteAllTextAsync(Path.Combine(Part(i), "PG_VERSION"), "15");
        }
        var orphan = Task.Run(() =>
        {
            foreach (var part in Enumerable.Range(0, parts).Reverse().Select(Part))
            {
                try
                {
                    Directory.Delete(part, recursive: true);
                }
                catch (IOException)
                {
                    // The other one was quicker.
                }
            }
        });
        await ClusterBirth.RemoveAsync(unfinished, CancellationToken.None);
        await orphan;
        Assert.False(Directory.Exists(unfinished));
        Directory.Delete(Path.GetDirectoryName(unfinished)!);

        string Part(int i) => Path.Combine(unfinished, $"part{i}");
    }
}
