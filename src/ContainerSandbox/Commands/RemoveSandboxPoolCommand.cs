using System.Management.Automation;
using ContainerSandbox.Errors;
using ContainerSandbox.Parameters;
using ContainerSandbox.Session;

namespace ContainerSandbox.Commands;

/// <summary>Takes template and pool from specializations; their environments stay.</summary>
[Cmdlet(VerbsCommon.Remove, "SandboxPool", SupportsShouldProcess = true)]
[OutputType(typeof(CleanupReceipt))]
public sealed class RemoveSandboxPoolCommand : SandboxCommand
{
    [Parameter(Mandatory = true, Position = 0, ValueFromPipelineByPropertyName = true)]
    [SupportsWildcards]
    [ArgumentCompleter(typeof(PoolCompleter))]
    public string[] Specialization { get; set; } = [];

    protected override void ProcessRecord()
    {
        if (!TryGetSandbox(out var sandbox))
            return;
        foreach (var specialization in Select(sandbox))
        {
            if (ShouldProcess(specialization, "Remove the template and its pool")
                && TryAwait(token => sandbox.Pools.RemoveAsync(specialization, Observer, token), specialization, out var receipts))
                ReceiptOutput.Write(this, receipts);
        }
    }

    // The default pool is not meant by a pattern, only by its name: the engine then says why it stays.
    private List<string> Select(EngineSandbox sandbox)
    {
        var named = Specialization.Where(name => !WildcardPattern.ContainsWildcardCharacters(name)).ToHashSet(StringComparer.OrdinalIgnoreCase);
        return
        [
            .. PatternFilter.Select(
                sandbox.GetPools(),
                pool => pool.Specialization,
                Specialization,
                missing => WriteError(SandboxErrors.SandboxPoolNotFound(missing, sandbox.Name)))
                .Select(pool => pool.Specialization)
                .Where(name => name != SandboxPoolInfo.DefaultSpecialization || named.Contains(name)),
        ];
    }
}
