namespace ContainerSandbox.Benchmarks;

/// <summary>Where the built parts are.</summary>
internal static class Repository
{
    public static string Root { get; } = FindRoot();

    public static string Manifest => Path.Combine(Root, "output", "ContainerSandbox", "ContainerSandbox.psd1");

    public static string SecurityProfile => Path.Combine(Root, "output", "ContainerSandbox", "profiles", "seccomp.json");

    public static string Document => Path.Combine(Root, "docs", "benchmarks.md");

    // Of the same configuration as this program: .../bin/<configuration>/net10.0
    public static string EmbeddedShell
    {
        get
        {
            var configuration = Directory.GetParent(AppContext.BaseDirectory.TrimEnd('/'))!.Name;
            return Path.Combine(Root, "tools", "EmbeddedShell", "bin", configuration, "net10.0", "EmbeddedShell.dll");
        }
    }

    private static string FindRoot()
    {
        for (var folder = new DirectoryInfo(AppContext.BaseDirectory); folder is not null; folder = folder.Parent)
            if (File.Exists(Path.Combine(folder.FullName, "ContainerSandbox.sln"))) return folder.FullName;
        throw new InvalidOperationException("This program runs from inside the repository.");
    }
}
