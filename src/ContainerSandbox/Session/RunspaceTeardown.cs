using System.Management.Automation;
using System.Management.Automation.Host;
using System.Management.Automation.Runspaces;
using ContainerSandbox.Async;

namespace ContainerSandbox.Session;

/// <summary>The end of what a runspace owns: when it closes, and when the module is removed from it.</summary>
internal static class RunspaceTeardown
{
    public static void Watch(Runspace runspace) => runspace.StateChanged += OnStateChanged;

    /// <summary>Removes what a runspace owns and says what goes. On its pipeline thread.</summary>
    public static void OnModuleRemoved(Runspace runspace)
    {
        if (RunspaceSandboxes.Find(runspace)?.TakeAll(isOver: false) is not { Count: > 0 } sandboxes)
            return;
        try
        {
            Warn(sandboxes);
        }
        finally
        {
            Remove(sandboxes);
        }
    }

    private static void OnStateChanged(object? sender, RunspaceStateEventArgs e)
    {
        if (sender is not Runspace runspace || e.RunspaceStateInfo.State is not (RunspaceState.Closed or RunspaceState.Broken))
            return;
        runspace.StateChanged -= OnStateChanged;
        if (RunspaceSandboxes.Find(runspace)?.TakeAll(isOver: true) is { Count: > 0 } sandboxes)
            Remove(sandboxes);
    }

    // What is not gone at the limit ends with the process: the lease sees to that.
    private static void Remove(IReadOnlyList<EngineSandbox> sandboxes)
    {
        var done = new ManualResetEventSlim();
        var removal = PendingWork<bool>.Start(
            async token =>
            {
                await Task.WhenAll(sandboxes.Select(sandbox => sandbox.RemoveAsync(RemovalDefaults.GracePeriod, SilentObserver.Instance, token)))
                    .ConfigureAwait(false);
                return true;
            },
            done.Set,
            CancellationToken.None);
        if (!removal.IsDone)
            done.Wait(RemovalDefaults.TeardownLimit);
    }

    // A removal of a module has no cmdlet of ours that could warn, and Write-Warning may not be there.
    private static void Warn(IReadOnlyList<EngineSandbox> sandboxes)
    {
        using var shell = PowerShell.Create(RunspaceMode.CurrentRunspace);
        shell.AddScript("if ($WarningPreference -notin 'SilentlyContinue', 'Ignore') { $Host }");
        var host = shell.Invoke<PSHost>().FirstOrDefault();
        var names = string.Join(", ", sandboxes.Select(sandbox => $"'{sandbox.Name}'"));
        host?.UI?.WriteWarningLine($"Removing the module from this runspace removes its sandboxes {names} with all their environments.");
    }
}
