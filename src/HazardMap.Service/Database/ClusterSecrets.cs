using System.Security.Cryptography;
using System.Text.Json;

namespace HazardMap.Service.Database;

/// <summary>The random passwords of the private cluster's three roles, kept in one file that only its owner reads.</summary>
/// <param name="Superuser">Of <c>postgres</c>: migrates, imports, makes extensions.</param>
/// <param name="Service">Of <c>hazardmap_service</c>: runs the API.</param>
/// <param name="Reader">Of <c>hazardmap_reader</c>: people with psql.</param>
internal sealed record ClusterSecrets(string Superuser, string Service, string Reader)
{
    /// <summary>Reads the passwords, or makes them when the cluster does not exist yet.</summary>
    public static ClusterSecrets Of(ClusterDirectory directory)
    {
        if (Read(directory.Secrets) is { } known) return known;
        if (directory.HasCluster) throw ClusterRefusals.SecretsMissing(directory.Secrets);
        var made = new ClusterSecrets(Random(), Random(), Random());
        made.Write(directory.Secrets);
        return made;
    }

    private static ClusterSecrets? Read(string path)
    {
        try
        {
            var read = JsonSerializer.Deserialize<ClusterSecrets>(File.ReadAllText(path));
            return read is { Superuser: not null, Service: not null, Reader: not null } ? read : null;
        }
        catch (Exception e) when (e is FileNotFoundException or JsonException)
        {
            return null;
        }
    }

    private void Write(string path) => PrivateFile.Write(path, JsonSerializer.Serialize(this) + "\n");

    private static string Random() => Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(24));
}
