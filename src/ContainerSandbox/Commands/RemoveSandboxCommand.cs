using System.Management.Automation;
using ContainerSandbox.Async;
using ContainerSandbox.Errors;
using ContainerSandbox.Parameters;
using ContainerSandbox.Session;

namespace ContainerSandbox.Commands;

/// <summary>Ends sandboxes with all that they made, and proves it gone.</summary>
[Cmdlet(VerbsCommon.Remove, "Sandbox", SupportsShouldProcess = true, DefaultParameterSetName = NameSet)]
[OutputType(typeof(CleanupReceipt))]
public sealed class RemoveSandboxCommand : AsyncSandboxCommand
{
    private const string NameSet = "Name";
    private const string SandboxSet = "Sandbox";

    private readonly List<EngineSandbox> _doomed = [];

    [Parameter(ParameterSetName = NameSet, Position = 0)]
    [SupportsWildcards]
    [ArgumentCompleter(typeof(SandboxCompleter))]
    public string[]? Name { get; set; }

    [Parameter(ParameterSetName = SandboxSet, Mandatory = true, ValueFromPipelineByPropertyName = true)]
    [Alias("SandboxId")]
    [SandboxReference]
    [ArgumentCompleter(typeof(SandboxCompleter))]
    public string? Sandbox { get; set; }

    [Parameter]
    [Duration(AllowZero = true)]
    public TimeSpan? GracePeriod { get; set; }

    [Parameter]
    public SwitchParameter RemoveWorkspace { get; set; }

    private protected override TimeSpan? Limit => WorkLimit.For(GracePeriod);

    protected override void ProcessRecord()
    {
        foreach (var sandbox in Select())
        {
            if (!_doomed.Contains(sandbox) && ShouldProcess(sandbox.Name, Work(sandbox)))
                _doomed.Add(sandbox);
        }
    }

    protected override void EndProcessing()
    {
        var removals = new ParallelWork<(EngineSandbox Sandbox, IReadOnlyList<CleanupReceipt> Receipts)>(
            this, int.MaxValue, inOrder: false, outcome => Finish(outcome.Sandbox, outcome.Receipts));
        foreach (var sandbox in _doomed)
            removals.Add(sandbox.Name, async token => (sandbox, await RemoveAsync(sandbox, token).ConfigureAwait(false)));
        removals.Finish();
    }

    private IEnumerable<EngineSandbox> Select()
    {
        if (Name is null)
            return SandboxResolver.TryResolve(this, Sandbox, out var sandbox) ? [sandbox] : [];
        var owned = RunspaceSandboxes.Current?.All ?? [];
        return PatternFilter.Select(
            owned, candidate => candidate.Name, Name, missing => WriteError(SandboxErrors.SandboxNotFound(missing)));
    }

    private string Work(EngineSandbox sandbox)
    {
        const string Everything = "Remove the sandbox and all its environments";
        return RemoveWorkspace && BoundFolders.Of(sandbox).Values.ToArray() is { Length: > 0 } folders
            ? $"{Everything}, and delete with all that they hold: {string.Join(", ", folders.Select(folder => $"'{folder}'"))}" : Everything;
    }

    private Task<IReadOnlyList<CleanupReceipt>> RemoveAsync(EngineSandbox sandbox, CancellationToken cancellationToken) =>
        sandbox.RemoveAsync(GracePeriod ?? RemovalDefaults.GracePeriod, RemoveWorkspace, Observer, cancellationToken);

    private void Finish(EngineSandbox sandbox, IReadOnlyList<CleanupReceipt> receipts)
    {
        RunspaceSandboxes.Current?.Remove(sandbox);
        ReceiptOutput.Write(this, receipts);
    }
}
