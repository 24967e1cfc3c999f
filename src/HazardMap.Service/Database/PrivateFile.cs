namespace HazardMap.Service.Database;

/// <summary>A file for its owner's eyes: mode 0600 from its first byte, and whole or not there at all.</summary>
internal static class PrivateFile
{
    /// <summary>Writes beside the place, flushes, and renames.</summary>
    public static void Write(string path, string text)
    {
        var beside = path + ".new";
        File.Delete(beside);
        var options = new FileStreamOptions
        {
            Mode = FileMode.CreateNew,
            Access = FileAccess.Write,
            UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite,
        };
        using (var file = new FileStream(beside, options))
        {
            file.Write(System.Text.Encoding.UTF8.GetBytes(text));
            file.Flush(flushToDisk: true);
        }
        File.Move(beside, path, overwrite: true);
    }
}
