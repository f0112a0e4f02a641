using System.Management.Automation;

namespace ContainerSandbox.Monitoring;

/// <summary>
/// What the module adds to the monitor of a sandbox: the runspace in which the user's scripts run, and the script for events. It ends with the monitor.
/// </summary>
internal static class MonitorSession
{
    private static readonly TimeSpan ScriptDeadline = TimeSpan.FromSeconds(10);

    /// <summary>Runs it until the monitor ends.</summary>
    /// <param name="sandbox">The sandbox.</param>
    /// <param name="monitor">Ends with its monitor.</param>
    /// <param name="runspace">Its runspace, which is closed at the end.</param>
    /// <param name="onEvent">The script for events; null for none.</param>
    public static async Task RunAsync(EngineSandbox sandbox, Task monitor, BackgroundRunspace runspace, ScriptBlock? onEvent)
    {
        using var stopping = new CancellationTokenSource();
        Task dispatching;
        using (runspace)
        {
            dispatching = onEvent is null ? Task.CompletedTask : DispatchAsync(sandbox, runspace, onEvent, stopping.Token);
            await monitor.ConfigureAwait(false);
            await stopping.CancelAsync().ConfigureAwait(false);
        }

        // A script that ran was ended with its runspace.
        await dispatching.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
    }

    private static async Task DispatchAsync(EngineSandbox sandbox, BackgroundRunspace runspace, ScriptBlock script, CancellationToken stopping)
    {
        await foreach (var happened in sandbox.Monitoring.FollowEventsAsync(stopping).ConfigureAwait(false))
        {
            // The script that failed would fail on the word of it, for ever.
            if (happened.Kind != SandboxEventKind.ScriptFailed
                && await runspace.RunAsync(script, happened, ScriptDeadline, TimeProvider.System).ConfigureAwait(false) is { } trouble
                && !stopping.IsCancellationRequested)
                sandbox.Monitoring.ReportScriptFailure(happened, trouble);
        }
    }
}
