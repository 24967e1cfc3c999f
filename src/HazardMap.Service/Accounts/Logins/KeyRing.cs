using System.Xml.Linq;
using HazardMap.Service.Database;
using Microsoft.AspNetCore.DataProtection;
using Microsoft.AspNetCore.DataProtection.KeyManagement;
using Microsoft.AspNetCore.DataProtection.Repositories;

namespace HazardMap.Service.Accounts;

/// <summary>
/// The keys that encrypt the secrets of second factors: files in the data directory, for their owner alone, and not in the database,
/// whose copies would else open what they hold. A register that is moved takes them along.
/// </summary>
internal static class KeyRing
{
    /// <summary>What the secrets are encrypted for: text of another purpose can't be put in their place.</summary>
    public const string SecondFactors = "HazardMap.SecondFactors";

    /// <summary>Adds data protection with keys in that directory; without one there is none, and second factors are refused.</summary>
    public static void AddKeyRing(this IServiceCollection services, string? directory)
    {
        if (directory is null) return;
        services.AddDataProtection().SetApplicationName("HazardMap");
        services.Configure<KeyManagementOptions>(keys => keys.XmlRepository = new Files(directory));
    }

    private sealed class Files(string directory) : IXmlRepository
    {
        public IReadOnlyCollection<XElement> GetAllElements() => Directory.Exists(directory)
            ? [.. Directory.EnumerateFiles(directory, "*.xml").Order(StringComparer.Ordinal).Select(path => XElement.Load(path))] : [];

        public void StoreElement(XElement element, string friendlyName)
        {
            Directory.CreateDirectory(directory, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
            var name = new string([.. friendlyName.Where(c => char.IsAsciiLetterOrDigit(c) || c == '-')]);
            PrivateFile.Write(Path.Combine(directory, $"{name}.xml"), element.ToString());
        }
    }
}
