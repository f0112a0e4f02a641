using System.Management.Automation;
using ContainerSandbox.Monitoring;
using ContainerSandbox.Parameters;

namespace ContainerSandbox.Commands;

/// <summary>Begins to watch the environments of a sandbox, for as long as the sandbox lives.</summary>
[Cmdlet(VerbsLifecycle.Start, "SandboxMonitor", SupportsShouldProcess = true)]
[OutputType(typeof(SandboxMonitorInfo))]
public sealed class StartSandboxMonitorCommand : SandboxCommand
{
    private static readonly TimeSpan UsualInterval = TimeSpan.FromSeconds(5);

    [Parameter]
    public SwitchParameter AutoOptimize { get; set; }

    [Parameter]
    [Interval]
    public TimeSpan? IntervalSeconds { get; set; }

    [Parameter]
    [Count]
    public int? MaximumWarmupContainers { get; set; }

    [Parameter]
    public ScriptBlock? OnEvent { get; set; }

    protected override void ProcessRecord()
    {
        var interval = IntervalSeconds ?? UsualInterval;
        if (!TryGetSandbox(out var sandbox) || !ShouldProcess(sandbox.Name, $"Take samples every {interval.TotalSeconds} s"))
            return;
        var options = new MonitorOptions { AutoOptimize = AutoOptimize, MaximumWarmupContainers = MaximumWarmupContainers };
        if (!TryAwait(_ => Task.FromResult(sandbox.Monitoring.Start(interval, options, Observer)), sandbox.Name, out var monitor))
            return;
        MonitorSessions.Attach(sandbox, OnEvent);
        if (AutoOptimize && !sandbox.Optimization.IsEnabled)
            WriteWarning($"The sandbox '{sandbox.Name}' was initialized without optimization: its monitor changes nothing by itself.");
        else if (monitor.Interval != interval || monitor.AutoOptimize != AutoOptimize)
            WriteWarning($"The monitor of '{sandbox.Name}' runs already, every {monitor.Interval.TotalSeconds} s{(monitor.AutoOptimize ? " and with AutoOptimize" : "")}, and goes on as it is. Stop-SandboxMonitor ends it.");
        WriteObject(monitor);
    }
}
