using ContainerSandbox.Engine.Backends;
using ContainerSandbox.Engine.Openers;
using ContainerSandbox.Engine.Pools;
using ContainerSandbox.Engine.Slots;
using Microsoft.Extensions.Logging;

namespace ContainerSandbox.Engine.Sandboxes;

/// <summary>The pools of a sandbox, to change while it works.</summary>
public sealed class SandboxPools
{
    private readonly SandboxParts _parts;
    private readonly ILogger _logger;
    private readonly TimeProvider _timeProvider;
    private readonly Action<ISandboxObserver> _enter;

    internal SandboxPools(SandboxParts parts, ILogger logger, TimeProvider timeProvider, Action<ISandboxObserver> enter)
    {
        _parts = parts;
        _logger = logger;
        _timeProvider = timeProvider;
        _enter = enter;
    }

    /// <summary>How many containers may start at once: what several claims at once should keep to.</summary>
    public int StartsAtOnce => PoolFactory.StartsAtOnce(_parts.Options, _parts.Engine.ProcessorCount);

    /// <summary>Gives a specialization a template and a pool of its own, and fills that.</summary>
    /// <param name="template">The template.</param>
    /// <param name="observer">Hears messages and progress.</param>
    /// <param name="cancellationToken">Ends the call; no pool stays then.</param>
    /// <exception cref="SandboxException">
    /// <see cref="SandboxErrorId.InvalidTemplate"/>, <see cref="SandboxErrorId.SandboxPoolExists"/>, <see cref="SandboxErrorId.LimitTooSmall"/>,
    /// <see cref="SandboxErrorId.RuntimeNotFound"/>, <see cref="SandboxErrorId.InvalidSeccompProfile"/>, <see cref="SandboxErrorId.ImageNotFound"/>, or why no container could be started. No pool stays then.
    /// </exception>
    public async Task<SandboxPoolInfo> AddAsync(TemplateOptions template, ISandboxObserver observer, CancellationToken cancellationToken)
    {
        _enter(observer);
        TemplateRules.Check(template, _parts.Workspace is not null);
        var openers = template.Openers.Over(_parts.Options.Openers);
        OpenerRules.CheckOn(_parts.Capabilities, openers);
        await _parts.Profiles.LoadAsync(openers, cancellationToken).ConfigureAwait(false);
        var pool = _parts.PoolMaker.Make(template);
        if (!_parts.Pools.TryAdd(pool))
            throw _parts.Pools.Find(template.Specialization) is null ? OpenClaims.Removed(_parts.Options.Name) : Exists(template.Specialization);
        _parts.Demand.Observe(pool.Template.Name, pool.Target);
        try
        {
            await new PoolFilling(_parts, observer, _timeProvider, _logger).FillAsync(
                pool, $"Filling the pool of '{template.Specialization}'", () => (pool.Ready, pool.Target), cancellationToken).ConfigureAwait(false);
            await _parts.Rehearsal.TryPoolAsync(pool, cancellationToken).ConfigureAwait(false);
            return Describe(pool);
        }
        catch
        {
            foreach (var slot in Take(pool))
                pool.Discard(slot, "its pool was not made");
            throw;
        }
    }

    /// <summary>Changes target and limits of a pool. Containers with other limits are replaced one after another while they serve.</summary>
    /// <param name="specialization">The specialization; <c>default</c> is one.</param>
    /// <param name="change">What changes.</param>
    /// <param name="observer">Hears messages.</param>
    /// <exception cref="SandboxException"><see cref="SandboxErrorId.SandboxPoolNotFound"/>, <see cref="SandboxErrorId.LimitTooSmall"/>.</exception>
    public SandboxPoolInfo Change(string specialization, PoolChange change, ISandboxObserver observer)
    {
        _enter(observer);
        var pool = _parts.Pools.Find(specialization) ?? throw NotFound(_parts, specialization);
        var (template, usual) = (pool.Template, pool.Template.Limits);
        var limits = new ResourceLimits(change.Memory ?? usual.Memory, change.Cpu ?? usual.Cpu, change.PidsLimit ?? usual.PidsLimit);
        LimitRules.Check(limits);
        pool.Change(template with { Limits = limits }, change.WarmupContainers ?? pool.Target);
        _parts.Demand.Observe(template.Name, pool.Target);
        return Describe(pool);
    }

    /// <summary>Takes template and pool from a specialization; its environments stay.</summary>
    /// <param name="specialization">The specialization.</param>
    /// <param name="observer">Hears messages.</param>
    /// <param name="cancellationToken">Ends the wait; the removal itself goes on.</param>
    /// <exception cref="SandboxException"><see cref="SandboxErrorId.SandboxPoolNotFound"/>, <see cref="SandboxErrorId.DefaultPoolRequired"/>.</exception>
    public async Task<IReadOnlyList<CleanupReceipt>> RemoveAsync(
        string specialization, ISandboxObserver observer, CancellationToken cancellationToken)
    {
        _enter(observer);
        if (SandboxTemplate.IsDefault(specialization))
            throw Required(specialization);
        var pool = _parts.Pools.Find(specialization) ?? throw NotFound(_parts, specialization);
        var removals = Take(pool).Select(slot => _parts.Removal.RemoveAsync(slot, CancellationToken.None));
        return await Task.WhenAll(removals).WaitAsync(cancellationToken).ConfigureAwait(false);
    }

    private IReadOnlyList<Slot> Take(SandboxPool pool)
    {
        _parts.Pools.Remove(pool);
        return pool.Close();
    }

    private SandboxPoolInfo Describe(SandboxPool pool) => pool.GetInfo(_parts.Identity.SandboxId);

    internal static SandboxException NotFound(SandboxParts parts, string specialization) => new(
        SandboxErrorId.SandboxPoolNotFound,
        SandboxErrorCategory.ObjectNotFound,
        $"The sandbox '{parts.Options.Name}' has no pool of the specialization '{specialization}'. It has: {string.Join(", ", parts.Pools.All.Select(pool => pool.Template.Name))}.",
        specialization);

    private static SandboxException Exists(string specialization) => new(
        SandboxErrorId.SandboxPoolExists,
        SandboxErrorCategory.ResourceExists,
        $"The specialization '{specialization}' has a pool already. Change it with Set-SandboxPool, or remove it first with Remove-SandboxPool.",
        specialization);

    private static SandboxException Required(string specialization) => new(
        SandboxErrorId.DefaultPoolRequired,
        SandboxErrorCategory.InvalidOperation,
        "The default pool serves all specializations without one of their own and stays as long as its sandbox. 'Set-SandboxPool default -WarmupContainers 0' keeps nothing ready in it.",
        specialization);
}
