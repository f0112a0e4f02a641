using System.Management.Automation;
using ContainerSandbox.Async;
using ContainerSandbox.Parameters;
using ContainerSandbox.Session;

namespace ContainerSandbox.Commands;

/// <summary>Takes a sample of environments now.</summary>
[Cmdlet(VerbsDiagnostic.Measure, "Sandbox")]
[OutputType(typeof(ResourceSample))]
public sealed class MeasureSandboxCommand : SandboxCommand
{
    // Where the engine gives the figures, as many at once cost no more time than one.
    private const int SamplesAtOnce = 64;

    private readonly ParallelWork<ResourceSample> _samples;

    public MeasureSandboxCommand() => _samples = new(this, SamplesAtOnce, inOrder: true, WriteObject);

    [Parameter(Position = 0, ValueFromPipelineByPropertyName = true)]
    [SupportsWildcards]
    [ArgumentCompleter(typeof(AgentIdCompleter))]
    public string[]? AgentId { get; set; }

    [Parameter(ValueFromPipelineByPropertyName = true)]
    public string? EnvironmentId { get; set; }

    protected override void ProcessRecord()
    {
        if (!TryGetSandbox(out var sandbox))
            return;
        foreach (var target in AgentTarget.Expand(sandbox, AgentId ?? ["*"], EnvironmentId))
            _samples.Add(target.AgentId, token => sandbox.Monitoring.MeasureAsync(target.AgentId, target.EnvironmentId, Observer, token));
    }

    protected override void EndProcessing() => _samples.Finish();
}
