using System.Management.Automation;
using ContainerSandbox.Async;
using ContainerSandbox.Parameters;
using ContainerSandbox.Session;

namespace ContainerSandbox.Commands;

/// <summary>Ends environments and proves them gone.</summary>
[Cmdlet(VerbsCommon.Remove, "AgentEnvironment", SupportsShouldProcess = true)]
[OutputType(typeof(CleanupReceipt))]
public sealed class RemoveAgentEnvironmentCommand : SandboxCommand
{
    private readonly List<(EngineSandbox Sandbox, AgentTarget Target)> _doomed = [];

    [Parameter(Mandatory = true, Position = 0, ValueFromPipelineByPropertyName = true)]
    [SupportsWildcards]
    [ArgumentCompleter(typeof(AgentIdCompleter))]
    public string[] AgentId { get; set; } = [];

    [Parameter(ValueFromPipelineByPropertyName = true)]
    public string? EnvironmentId { get; set; }

    [Parameter]
    [Duration(AllowZero = true)]
    public TimeSpan? GracePeriod { get; set; }

    [Parameter]
    [Count]
    public int? ThrottleLimit { get; set; }

    private protected override TimeSpan? Limit => WorkLimit.For(GracePeriod);

    protected override void ProcessRecord()
    {
        if (!TryGetSandbox(out var sandbox))
            return;
        foreach (var target in AgentTarget.Expand(sandbox, AgentId, EnvironmentId))
        {
            if (!IsDoomed(sandbox, target) && ShouldProcess(target.AgentId, "Remove the agent's environment"))
                _doomed.Add((sandbox, target));
        }
    }

    protected override void EndProcessing()
    {
        var removals = new ParallelWork<CleanupReceipt>(
            this, ThrottleLimit ?? RemovalDefaults.ThrottleLimit, inOrder: false, receipt => ReceiptOutput.Write(this, receipt));
        foreach (var (sandbox, target) in _doomed)
            removals.Add(target.AgentId, token => RemoveAsync(sandbox, target, token));
        removals.Finish();
    }

    // Patterns may overlap.
    private bool IsDoomed(EngineSandbox sandbox, AgentTarget target) => _doomed.Exists(
        other => ReferenceEquals(other.Sandbox, sandbox)
            && other.Target.AgentId.Equals(target.AgentId, StringComparison.OrdinalIgnoreCase)
            && (other.Target.EnvironmentId ?? target.EnvironmentId) == (target.EnvironmentId ?? other.Target.EnvironmentId));

    private Task<CleanupReceipt> RemoveAsync(EngineSandbox sandbox, AgentTarget target, CancellationToken cancellationToken) =>
        sandbox.RemoveEnvironmentAsync(
            target.AgentId, target.EnvironmentId, GracePeriod ?? RemovalDefaults.GracePeriod, Observer, cancellationToken);
}
