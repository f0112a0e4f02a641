using System.Management.Automation;
using ContainerSandbox.Errors;
using ContainerSandbox.Parameters;
using ContainerSandbox.Session;

namespace ContainerSandbox.Commands;

/// <summary>Shows what was computed for agents, or for a whole sandbox.</summary>
[Cmdlet(VerbsCommon.Get, "SandboxMetrics", DefaultParameterSetName = AgentSet)]
[OutputType(typeof(PerformanceMetrics), ParameterSetName = [AgentSet])]
[OutputType(typeof(SandboxSummary), ParameterSetName = [SummarySet])]
public sealed class GetSandboxMetricsCommand : SandboxCommand
{
    private const string AgentSet = "Agent";
    private const string SummarySet = "Summary";

    [Parameter(ParameterSetName = AgentSet, Position = 0, ValueFromPipelineByPropertyName = true)]
    [SupportsWildcards]
    [ArgumentCompleter(typeof(AgentIdCompleter))]
    public string[]? AgentId { get; set; }

    [Parameter(ParameterSetName = SummarySet, Mandatory = true)]
    public SwitchParameter Summary { get; set; }

    protected override void ProcessRecord()
    {
        if (!TryGetSandbox(out var sandbox))
            return;
        if (!IsSampled(sandbox))
            return;
        if (Summary)
            WriteObject(sandbox.GetSummary());
        else
            WriteObject(SelectMetrics(sandbox), enumerateCollection: true);
    }

    // Without a monitor nobody else sees to it that the figures are of now.
    private bool IsSampled(EngineSandbox sandbox) =>
        sandbox.Monitoring.Info is { State: not MonitorState.Stopped } || TryAwait(token => sandbox.Monitoring.MeasureAllAsync(Observer, token), sandbox.Name, out _);

    private IEnumerable<PerformanceMetrics> SelectMetrics(EngineSandbox sandbox) => PatternFilter.Select(
        sandbox.GetMetrics(),
        metrics => metrics.AgentId,
        AgentId,
        missing => WriteError(SandboxErrors.AgentEnvironmentNotFound(missing, sandbox.Name)));
}
