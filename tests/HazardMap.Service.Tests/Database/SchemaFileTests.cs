using HazardMap.Service.Tests.Worlds;

namespace HazardMap.Service.Tests.Database;

/// <summary>
/// <c>geodata/schema.sql</c> is the database as it is. After a change of geodata: run this test with
/// UPDATE_SCHEMA=1, which writes the file, and commit both.
/// </summary>
public sealed class SchemaFileTests(EmptyRegister register) : IClassFixture<EmptyRegister>
{
    private const string Head = """
        -- The database as it is: made of schema, functions, triggers and views, never by hand. Who may do what: grants.sql.
        -- The functions of the map layers stand in tiles/*/layer.sql.
        -- After a change of these: UPDATE_SCHEMA=1 and the test SchemaFileTests write it anew (see README.md).


        """;

    [Fact]
    public async Task The_file_is_the_migrated_database()
    {
        var database = Head + await SchemaFile.DumpAsync(register.ConnectionString);
        if (Environment.GetEnvironmentVariable("UPDATE_SCHEMA") == "1") await File.WriteAllTextAsync(SchemaFile.FilePath, database);
        var file = await File.ReadAllTextAsync(SchemaFile.FilePath);
        Assert.True(file == database, FirstDifference(file, database));
    }

    private static string FirstDifference(string file, string database)
    {
        var (told, real) = (file.Split('\n'), database.Split('\n'));
        var at = told.Zip(real).TakeWhile(pair => pair.First == pair.Second).Count();
        return $"geodata/schema.sql differs from the migrated database at line {at + 1}.\n  The file says:\n{Lines(told, at)}"
            + $"  The database says:\n{Lines(real, at)}  If the change is meant, run this test with UPDATE_SCHEMA=1 and commit the file.";
    }

    private static string Lines(string[] text, int at) => string.Concat(text.Skip(at).Take(5).Select(line => $"    {line}\n"));
}
