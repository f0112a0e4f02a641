using System.Diagnostics;

namespace ContainerSandbox.Module.Tests.Support;

/// <summary>A second process that owns a sandbox, until it is killed.</summary>
internal sealed class OtherOwner : IDisposable
{
    private readonly Process _process;

    private OtherOwner(Process process) => _process = process;

    /// <summary>Starts a shell that runs a script with the module imported. What the script writes comes by <see cref="ReadLineAsync"/>.</summary>
    public static OtherOwner Start(string script)
    {
        var configuration = AppContext.BaseDirectory.Contains("/Debug/", StringComparison.Ordinal) ? "Debug" : "Release";
        var shell = Path.Combine(Repository.Root, "tools", "EmbeddedShell", "bin", configuration, "net10.0", "EmbeddedShell.dll");
        var start = new ProcessStartInfo("dotnet", [shell, "-Command", $"Import-Module '{Repository.Manifest}'; {script}"]) { RedirectStandardOutput = true };
        return new OtherOwner(Process.Start(start)!);
    }

    public async Task<string> ReadLineAsync() =>
        await _process.StandardOutput.ReadLineAsync() ?? throw new InvalidOperationException("The other owner ended by itself.");

    /// <summary>SIGKILL: nothing of that process gets to clean up.</summary>
    public async Task KillAsync()
    {
        _process.Kill();
        await _process.WaitForExitAsync();
    }

    public void Dispose()
    {
        if (!_process.HasExited)
            _process.Kill();
        _process.Dispose();
    }
}
