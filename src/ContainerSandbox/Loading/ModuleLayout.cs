namespace ContainerSandbox.Loading;

/// <summary>Where the files of the installed module are.</summary>
internal static class ModuleLayout
{
    private static readonly string Root =
        Path.GetDirectoryName(Path.GetDirectoryName(typeof(ModuleLayout).Assembly.Location))!;

    public static string Manifest { get; } = Path.Combine(Root, "ContainerSandbox.psd1");

    public static string SecurityProfilePath { get; } = Path.Combine(Root, "profiles", "seccomp.json");
}
