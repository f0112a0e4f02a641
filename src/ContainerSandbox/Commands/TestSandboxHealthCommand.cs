using System.Management.Automation;
using ContainerSandbox.Async;
using ContainerSandbox.Parameters;
using ContainerSandbox.Session;

namespace ContainerSandbox.Commands;

/// <summary>Checks environments now.</summary>
[Cmdlet(VerbsDiagnostic.Test, "SandboxHealth")]
[OutputType(typeof(HealthResult), typeof(bool))]
public sealed class TestSandboxHealthCommand : SandboxCommand
{
    private const int ChecksAtOnce = 16;

    private readonly ParallelWork<HealthResult> _checks;
    private int _working;
    private int _started;

    public TestSandboxHealthCommand() => _checks = new(this, ChecksAtOnce, inOrder: true, Take);

    [Parameter(Position = 0, ValueFromPipelineByPropertyName = true)]
    [SupportsWildcards]
    [ArgumentCompleter(typeof(AgentIdCompleter))]
    public string[]? AgentId { get; set; }

    [Parameter(ValueFromPipelineByPropertyName = true)]
    public string? EnvironmentId { get; set; }

    [Parameter]
    public SwitchParameter Quiet { get; set; }

    protected override void ProcessRecord()
    {
        if (!TryGetSandbox(out var sandbox))
            return;
        foreach (var target in AgentTarget.Expand(sandbox, AgentId ?? ["*"], EnvironmentId))
        {
            _started++;
            _checks.Add(target.AgentId, token => sandbox.CheckHealthAsync(target.AgentId, target.EnvironmentId, Observer, token));
        }
    }

    protected override void EndProcessing()
    {
        _checks.Finish();
        if (Quiet)
            WriteObject(_started > 0 && _working == _started);
    }

    private void Take(HealthResult result)
    {
        if (result.Status is HealthStatus.Healthy or HealthStatus.Warning)
            _working++;
        if (!Quiet)
            WriteObject(result);
    }
}
