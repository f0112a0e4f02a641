namespace ContainerSandbox.Fault.Tests.Engine;

/// <summary>The files of the repository that the tests use as they are.</summary>
internal static class Repository
{
    public static string Root { get; } = FindRoot();

    public static string SecurityProfile => Path.Combine(Root, "module", "profiles", "seccomp.json");

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
