namespace ContainerSandbox.Module.Tests.Support;

/// <summary>Where the project's files are.</summary>
internal static class Repository
{
    public static string Root { get; } = FindRoot();

    /// <summary>The built module, laid out as it is installed.</summary>
    public static string ModuleFolder { get; } = Path.Combine(Root, "output", "ContainerSandbox");

    public static string Manifest
    {
        get
        {
            var path = Path.Combine(ModuleFolder, "ContainerSandbox.psd1");
            return File.Exists(path) ? path : throw new InvalidOperationException($"'{path}' is missing. Run './build.sh build' first.");
        }
    }

    private static string FindRoot()
    {
        for (var folder = new DirectoryInfo(AppContext.BaseDirectory); folder is not null; folder = folder.Parent)
        {
            if (File.Exists(Path.Combine(folder.FullName, "ContainerSandbox.sln")))
                return folder.FullName;
        }

        throw new InvalidOperationException($"No folder above '{AppContext.BaseDirectory}' holds ContainerSandbox.sln.");
    }
}
