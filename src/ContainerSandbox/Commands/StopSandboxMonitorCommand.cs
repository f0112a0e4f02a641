using System.Management.Automation;

namespace ContainerSandbox.Commands;

/// <summary>Ends the monitor of a sandbox.</summary>
[Cmdlet(VerbsLifecycle.Stop, "SandboxMonitor", SupportsShouldProcess = true)]
[OutputType(typeof(SandboxMonitorInfo))]
public sealed class StopSandboxMonitorCommand : SandboxCommand
{
    [Parameter]
    public SwitchParameter PassThru { get; set; }

    protected override void ProcessRecord()
    {
        if (!TryGetSandbox(out var sandbox) || !ShouldProcess(sandbox.Name, "Stop monitoring"))
            return;
        if (TryAwait(token => sandbox.Monitoring.StopAsync(Observer, token), sandbox.Name, out var monitor) && PassThru && monitor is not null)
            WriteObject(monitor);
    }
}
