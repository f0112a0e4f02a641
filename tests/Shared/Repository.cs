namespace ContainerSandbox.Testing;

/// <summary>The files of the repository that tests need as they are.</summary>
internal static class Repository
{
    public static string Root { get; } = FindRoot();

    public static string SecurityProfile => Path.Combine(Root, "module", "profiles", "seccomp.json");

    public static string ProbeSource => Path.Combine(Root, "tests", "probe");

    private static string FindRoot()
    {
        for (var folder = AppContext.BaseDirectory; folder is not null; folder = Path.GetDirectoryName(folder))
        {
            if (File.Exists(Path.Combine(folder, "ContainerSandbox.sln")))
                return folder;
        }

        throw new InvalidOperationException($"No ContainerSandbox.sln above {AppContext.BaseDirectory}.");
    }
}
