using System.Management.Automation;

namespace ContainerSandbox.Monitoring;

/// <summary>The sessions of the monitors of this process, by sandbox. They own themselves: this only knows which there are.</summary>
internal static class MonitorSessions
{
    private static readonly object Gate = new();
    private static readonly Dictionary<string, Task> Monitors = [];

    /// <summary>Gives the monitor that runs its session, if it has none.</summary>
    /// <param name="sandbox">The sandbox.</param>
    /// <param name="onEvent">The script for events; null for none.</param>
    public static void Attach(EngineSandbox sandbox, ScriptBlock? onEvent)
    {
        var monitor = sandbox.Monitoring.Ended;
        lock (Gate)
        {
            // The session of one that ended a moment ago may still be closing.
            if (Monitors.GetValueOrDefault(sandbox.Id) == monitor)
                return;
            Monitors[sandbox.Id] = monitor;
            var session = MonitorSession.RunAsync(sandbox, monitor, new BackgroundRunspace($"ContainerSandbox {sandbox.Name}"), onEvent);
            _ = session.ContinueWith(_ => Forget(sandbox.Id, monitor), CancellationToken.None, TaskContinuationOptions.None, TaskScheduler.Default);
        }
    }

    private static void Forget(string sandboxId, Task monitor)
    {
        lock (Gate)
        {
            if (Monitors.GetValueOrDefault(sandboxId) == monitor)
                Monitors.Remove(sandboxId);
        }
    }
}
