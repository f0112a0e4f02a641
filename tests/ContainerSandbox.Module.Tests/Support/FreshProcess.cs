using System.Diagnostics;

namespace ContainerSandbox.Module.Tests.Support;

/// <summary>A process in which nothing of the module was loaded yet: the embedded shell.</summary>
internal static class FreshProcess
{
    /// <summary>Runs a script after the module was imported, and gives the lines that it wrote.</summary>
    public static async Task<string[]> RunAsync(string script)
    {
        var configuration = Path.GetFileName(Path.GetDirectoryName(AppContext.BaseDirectory.TrimEnd(Path.DirectorySeparatorChar)))!;
        var shell = Path.Combine(Repository.Root, "tools", "EmbeddedShell", "bin", configuration, "net10.0", "EmbeddedShell.dll");
        using var process = Process.Start(
            new ProcessStartInfo("dotnet", [shell, "-Command", $"Import-Module '{Repository.Manifest}'; {script}"])
            {
                RedirectStandardOutput = true,
                RedirectStandardError = true,
            })!;
        var output = process.StandardOutput.ReadToEndAsync();
        var error = await process.StandardError.ReadToEndAsync();
        await process.WaitForExitAsync();
        return error.Length == 0 && process.ExitCode == 0
            ? (await output).Split('\n', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries)
            : throw new InvalidOperationException($"The embedded shell ended with exit code {process.ExitCode}: {error}");
    }
}
