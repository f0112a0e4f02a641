namespace ContainerSandbox.Monitoring;

/// <summary>What the module adds to the monitor of a sandbox: the runspace in which the user's scripts run. It ends with the monitor.</summary>
internal sealed class MonitorSession
{
    private readonly BackgroundRunspace _runspace;

    private MonitorSession(BackgroundRunspace runspace) => _runspace = runspace;

    /// <summary>Begins it; it owns itself from then on.</summary>
    public static MonitorSession Begin(EngineSandbox sandbox, Action<MonitorSession> ended)
    {
        var session = new MonitorSession(new BackgroundRunspace($"ContainerSandbox {sandbox.Name}"));
        _ = session.RunAsync(sandbox.Monitoring.Ended, ended);
        return session;
    }

    private async Task RunAsync(Task monitor, Action<MonitorSession> ended)
    {
        await monitor.ConfigureAwait(false);
        _runspace.Dispose();
        ended(this);
    }
}
