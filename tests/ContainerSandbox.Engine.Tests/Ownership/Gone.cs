using System.Diagnostics;

namespace ContainerSandbox.Engine.Tests.Ownership;

/// <summary>A process that is gone.</summary>
internal static class Gone
{
    /// <summary>Its id.</summary>
    public static int ProcessId { get; } = Run();

    private static int Run()
    {
        using var process = Process.Start("/bin/true");
        process.WaitForExit();
        return process.Id;
    }
}
