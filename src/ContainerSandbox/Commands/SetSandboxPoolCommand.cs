using System.Management.Automation;
using ContainerSandbox.Errors;
using ContainerSandbox.Parameters;
using ContainerSandbox.Session;

namespace ContainerSandbox.Commands;

/// <summary>Changes target and limits of pools while they work.</summary>
[Cmdlet(VerbsCommon.Set, "SandboxPool", SupportsShouldProcess = true)]
[OutputType(typeof(SandboxPoolInfo))]
public sealed class SetSandboxPoolCommand : SandboxCommand
{
    [Parameter(Position = 0, ValueFromPipelineByPropertyName = true)]
    [SupportsWildcards]
    [ArgumentCompleter(typeof(PoolCompleter))]
    public string[] Specialization { get; set; } = [SandboxPoolInfo.DefaultSpecialization];

    [Parameter]
    [Alias("Target")]
    [Count(Minimum = 0)]
    public int? WarmupContainers { get; set; }

    [Parameter]
    [ByteSize]
    public long? Memory { get; set; }

    [Parameter]
    [CpuCount]
    public double? Cpu { get; set; }

    [Parameter]
    [Count]
    public int? PidsLimit { get; set; }

    [Parameter]
    public SwitchParameter PassThru { get; set; }

    protected override void ProcessRecord()
    {
        if (!TryGetSandbox(out var sandbox))
            return;
        var change = new PoolChange { WarmupContainers = WarmupContainers, Memory = Memory, Cpu = Cpu, PidsLimit = PidsLimit };
        foreach (var pool in PatternFilter.Select(sandbox.GetPools(), pool => pool.Specialization, Specialization, Missing(sandbox)).ToList())
        {
            if (ShouldProcess(pool.Specialization, "Change the pool") && TryChange(sandbox, pool.Specialization, change) is { } changed && PassThru)
                WriteObject(changed);
        }
    }

    private Action<string> Missing(EngineSandbox sandbox) =>
        missing => WriteError(SandboxErrors.SandboxPoolNotFound(missing, sandbox.Name));

    private SandboxPoolInfo? TryChange(EngineSandbox sandbox, string specialization, PoolChange change)
    {
        try
        {
            return sandbox.Pools.Change(specialization, change, Observer);
        }
        catch (SandboxException exception)
        {
            WriteError(SandboxErrors.From(exception, specialization));
            return null;
        }
    }
}
