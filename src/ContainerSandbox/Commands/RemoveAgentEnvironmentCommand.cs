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

    [Parameter]
    public SwitchParameter RemoveWorkspace { get; set; }

    private protected override TimeSpan? Limit => WorkLimit.For(GracePeriod);

    protected override void ProcessRecord()
    {
        if (!TryGetSandbox(out var sandbox))
            return;
        foreach (var target in AgentTarget.Expand(sandbox, AgentId, EnvironmentId))
        {
            if (!IsDoomed(sandbox, target) && ShouldProcess(target.AgentId, Work(sandbox, target)))
                _doomed.Add((sandbox, target));
        }
    }

    protected override void EndProcessing()
    {
        var removals = new ParallelWork<IReadOnlyList<CleanupReceipt>>(
            this, ThrottleLimit ?? RemovalDefaults.ThrottleLimit, inOrder: false, receipts => ReceiptOutput.Write(this, receipts));
        foreach (var (sandbox, target) in _doomed)
            removals.Add(target.AgentId, token => RemoveAsync(sandbox, target, token));
        removals.Finish();
    }

    // Patterns may overlap.
    private bool IsDoomed(EngineSandbox sandbox, AgentTarget target) => _doomed.Exists(
        other => ReferenceEquals(other.Sandbox, sandbox)
            && other.Target.AgentId.Equals(target.AgentId, StringComparison.OrdinalIgnoreCase)
            && (other.Target.EnvironmentId ?? target.EnvironmentId) == (target.EnvironmentId ?? other.Target.EnvironmentId));

    private string Work(EngineSandbox sandbox, AgentTarget target)
    {
        const string Environment = "Remove the agent's environment";
        return RemoveWorkspace && BoundFolders.Of(sandbox).TryGetValue(target.AgentId, out var folder)
            ? $"{Environment}, and delete its folder '{folder}' with all that it holds" : Environment;
    }

    private Task<IReadOnlyList<CleanupReceipt>> RemoveAsync(EngineSandbox sandbox, AgentTarget target, CancellationToken cancellationToken) =>
        sandbox.RemoveEnvironmentAsync(
            target.AgentId, target.EnvironmentId, GracePeriod ?? RemovalDefaults.GracePeriod, RemoveWorkspace, Observer, cancellationToken);
}
