using System.Management.Automation;

namespace ContainerSandbox.Commands;

/// <summary>Shows the monitor of a sandbox; nothing where none was ever started.</summary>
[Cmdlet(VerbsCommon.Get, "SandboxMonitor")]
[OutputType(typeof(SandboxMonitorInfo))]
public sealed class GetSandboxMonitorCommand : SandboxCommand
{
    protected override void ProcessRecord()
    {
        if (TryGetSandbox(out var sandbox) && sandbox.Monitoring.Info is { } monitor)
            WriteObject(monitor);
    }
}
