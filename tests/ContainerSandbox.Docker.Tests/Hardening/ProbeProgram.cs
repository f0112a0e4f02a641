using ContainerSandbox.Testing;

namespace ContainerSandbox.Docker.Tests.Hardening;

/// <summary>The probe, compiled once: a static program that needs nothing of the image it runs in.</summary>
internal sealed class ProbeProgram
{
    private const UnixFileMode SetUser = (UnixFileMode)0b100_111_101_101;

    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("cs-probe-");

    private string FilePath => Path.Combine(_folder.FullName, "probe");

    public Task CompileAsync()
    {
        var sources = Directory.GetFiles(Repository.ProbeSource, "*.c").Order(StringComparer.Ordinal);
        return Tool.RunAsync("gcc", ["-static", "-O1", "-Wall", "-Wextra", "-Werror", "-o", FilePath, .. sources]);
    }

    /// <summary>The files of an image: busybox and the probe, once plain and once owned by root with the setuid bit.</summary>
    public RootFolder Image() => RootFolder.Common().Busybox().Copy(FilePath, "probe").Copy(FilePath, "probe-setuid", SetUser);

    /// <summary>What a check says on the machine itself, outside of any container.</summary>
    public async Task<string> RunOutsideAsync(string check) => (await Tool.RunAsync(FilePath, check.Split(' '))).TrimEnd('\n');

    public void Remove() => _folder.Delete(recursive: true);
}
