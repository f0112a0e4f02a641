namespace ContainerSandbox.Docker.Containers;

/// <summary>A security profile in a file that only its owner and root can read, for as long as an engine needs it.</summary>
internal sealed class ProfileFile : IDisposable
{
    private readonly string _folder;

    private ProfileFile(string folder) => _folder = folder;

    /// <summary>Where it is.</summary>
    public string Path => System.IO.Path.Combine(_folder, "seccomp.json");

    /// <summary>Writes one.</summary>
    public static ProfileFile Write(string profile)
    {
        var file = new ProfileFile(Directory.CreateTempSubdirectory("cs-profile-").FullName);
        try
        {
            File.WriteAllText(file.Path, profile);
            return file;
        }
        catch
        {
            file.Dispose();
            throw;
        }
    }

    public void Dispose() => Directory.Delete(_folder, recursive: true);
}
