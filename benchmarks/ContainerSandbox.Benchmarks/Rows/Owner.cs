using System.Diagnostics;
using System.Globalization;
using ContainerSandbox.Benchmarks.Shells;

namespace ContainerSandbox.Benchmarks.Rows;

/// <summary>Another process with a sandbox of its own.</summary>
internal sealed class Owner : IDisposable
{
    private readonly Process process;
    private readonly long begun = Stopwatch.GetTimestamp();

    private Owner(Process process) => this.process = process;

    public int ProcessId => process.Id;

    public static Owner Start(int containers) => new(ShellProcess.Start(string.Create(
        CultureInfo.InvariantCulture,
        $"""
        $ErrorActionPreference = 'Stop'
        Import-Module '{Repository.Manifest}'
        $null = Initialize-Sandbox -Name owner -WarmupContainers {containers} -StartupTimeout 2m
        [Console]::WriteLine('ready')
        [Threading.Thread]::Sleep(-1)
        """)));

    /// <summary>Waits until it has all its containers; gives the time since its start.</summary>
    public async Task<TimeSpan> WaitUntilReadyAsync()
    {
        if (await process.StandardOutput.ReadLineAsync() == "ready") return Stopwatch.GetElapsedTime(begun);
        throw new InvalidOperationException($"The owner failed: {await process.StandardError.ReadToEndAsync()}");
    }

    /// <summary>SIGKILL: it runs no line of code any more.</summary>
    public async Task KillAsync()
    {
        process.Kill();
        await process.WaitForExitAsync();
    }

    public void Dispose()
    {
        if (!process.HasExited) process.Kill();
        process.Dispose();
    }
}
