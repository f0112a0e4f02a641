using System.Collections.Concurrent;
using System.Globalization;
using ContainerSandbox.Engine.Backends;
using ContainerSandbox.Engine.Hosting;
using ContainerSandbox.Engine.Images;
using ContainerSandbox.Engine.Networks;
using ContainerSandbox.Engine.Openers;
using ContainerSandbox.Engine.Optimization;
using ContainerSandbox.Engine.Pools;
using ContainerSandbox.Engine.Slots;
using ContainerSandbox.Engine.Workspaces;
using Microsoft.Extensions.Logging;

namespace ContainerSandbox.Engine.Environments;

/// <summary>Decides which pool a claim goes to, and whether that may serve it.</summary>
internal sealed class ClaimCheck(bool optimizationEnabled, PoolTable pools, ImageLibrary images, DemandBook demand, TimeProvider timeProvider, ILogger logger)
{
    private readonly ConcurrentDictionary<string, bool> _warned = new(StringComparer.OrdinalIgnoreCase);

    /// <summary>The pool of a specialization, else the default one.</summary>
    public SandboxPool PoolOf(string? specialization)
    {
        if (specialization is null)
            return pools.Default;
        if (pools.Find(specialization) is { } own)
            return own;

        // Where no template has a name, a specialization is a word of the user's own and no mistake.
        if (pools.Own.Count > 0 && _warned.TryAdd(specialization, true))
            EngineLog.UnknownSpecialization(logger, specialization, string.Join(", ", pools.Own.Select(pool => pool.Template.Name)));
        return pools.Default;
    }

    /// <summary>The limits of a claim: its own, else those of its template.</summary>
    /// <exception cref="SandboxException"><see cref="SandboxErrorId.LimitTooSmall"/>.</exception>
    public static ResourceLimits Limits(ClaimRequest request, SandboxTemplate template)
    {
        var usual = template.Limits;
        var limits = new ResourceLimits(request.Memory ?? usual.Memory, request.Cpu ?? usual.Cpu, request.PidsLimit ?? usual.PidsLimit);
        LimitRules.Check(limits);
        return limits;
    }

    /// <summary>Decides. An image that is not there yet is brought.</summary>
    /// <exception cref="SandboxException"><see cref="SandboxErrorId.ImageNotFound"/>, or what the engine said.</exception>
    public async ValueTask<ClaimOrder> RunAsync(
        ClaimRequest request, string agentId, SandboxPool pool, ResourceLimits limits, WorkspaceClaim? workspace, CancellationToken cancellationToken)
    {
        var usual = pool.Template;
        var template = request.Image is { } wanted ? usual with { ImageReference = wanted } : usual;
        if (request.Network is { } network && !NetworkNames.AreSame(network, usual.Openers.Network))
        {
            var openers = usual.Openers with { Network = NetworkNames.Normalize(network) };
            OpenerRules.Check(openers);
            template = template with { Openers = openers };
        }

        var image = await GetImageAsync(template.ImageReference, cancellationToken).ConfigureAwait(false);

        var isUsualImage = IsSameImage(template.ImageReference, usual.ImageReference);
        var (reason, field, detail) = Judge(pool, isUsualImage, template, limits);
        var miss = reason != MissReason.None ? Miss(agentId, reason, field, detail)
            : workspace?.WhyNotWarm is { } notMovable ? NotMovable(agentId, notMovable) : null;
        return new ClaimOrder(template, image, miss);
    }

    /// <summary>True when something is ready that may serve a claim, at this moment and without asking anybody.</summary>
    public bool MayServeWarm(ClaimRequest request)
    {
        var pool = (request.Specialization is { } specialization ? pools.Find(specialization) : null) ?? pools.Default;
        var usual = pool.Template;
        return optimizationEnabled && pool.Ready > 0
            && (request.Image is null || IsSameImage(request.Image, usual.ImageReference))
            && (request.Network is null || NetworkNames.AreSame(request.Network, usual.Openers.Network))
            && TmpfsPlan.Fits(usual.Limits.Memory, request.Memory ?? usual.Limits.Memory);
    }

    /// <summary>Why a claim that the pool might have served was not: nothing was ready, or nothing that answered.</summary>
    public SandboxPoolMiss WhyNoSlot(string agentId, SandboxPool pool, int failed) =>
        failed > 0 ? Miss(agentId, MissReason.SlotsUnhealthy, "", $"{failed} containers were ready and did not answer")
        : pool.State == PoolState.Degraded ? Miss(agentId, MissReason.PoolDegraded, "", pool.Trouble)
        : Miss(agentId, MissReason.PoolEmpty, "", $"none of {pool.Target} containers was ready");

    /// <summary>Why a claim got no ready container: the agent's folder could not be moved into that of one.</summary>
    public SandboxPoolMiss NotMovable(string agentId, string why) => Miss(agentId, MissReason.WorkspaceNotMovable, nameof(SandboxOptions.Workspace), why);

    private (MissReason Reason, string Field, string Detail) Judge(
        SandboxPool pool, bool isUsualImage, SandboxTemplate template, ResourceLimits limits)
    {
        if (!optimizationEnabled)
            return (MissReason.OptimizationDisabled, nameof(StartupOptimization.OptimizationEnabled), "the sandbox was initialized without optimization");
        if (pool.IsDisabled)
            return (MissReason.PoolDisabled, nameof(StartupOptimization.WarmupContainers), "the pool's target is 0");
        if (!isUsualImage)
            return (MissReason.ImageDiffers, nameof(ClaimRequest.Image), $"'{template.ImageReference}' was asked for; the pool has '{pool.Template.ImageReference}'");
        if (template.Openers != pool.Template.Openers)
            return (MissReason.NetworkDiffers, nameof(ClaimRequest.Network), NetworkDiffers(template, pool.Template));
        var usual = pool.Template.Limits;
        if (!TmpfsPlan.Fits(usual.Memory, limits.Memory))
            return (MissReason.MemoryBelowTmpfs, nameof(ClaimRequest.Memory), BelowTmpfs(usual.Memory, limits.Memory));
        if (pool.Wake())
            return (MissReason.PoolIdle, nameof(SandboxOptions.PoolIdleTimeout), "the pool had shrunk to zero; it fills again");
        return (MissReason.None, "", "");
    }

    private async ValueTask<BackendImage> GetImageAsync(string reference, CancellationToken cancellationToken)
    {
        var (pulls, start) = (images.Pulls(reference), timeProvider.GetTimestamp());
        var image = await images.GetAsync(reference, cancellationToken).ConfigureAwait(false);
        if (images.Pulls(reference) > pulls)
            demand.Pulled(reference, timeProvider.GetElapsedTime(start));
        return image;
    }

    // Two names may mean the same image.
    private bool IsSameImage(string one, string other) =>
        one == other || (images.Find(one) is { } known && known.Id == images.Find(other)?.Id);

    private static string BelowTmpfs(long slotMemory, long claimMemory) => string.Create(
        CultureInfo.InvariantCulture,
        $"{claimMemory} bytes were asked for; the file systems of a container of the pool may take {slotMemory / 2}, which is more than three quarters of that");

    private static string NetworkDiffers(SandboxTemplate wanted, SandboxTemplate usual) =>
        $"'{wanted.Openers.Network}' was asked for; the containers of the pool have '{usual.Openers.Network ?? NetworkNames.None}'";

    private SandboxPoolMiss Miss(string agentId, MissReason reason, string field, string detail) => new()
    {
        At = timeProvider.GetUtcNow(),
        AgentId = agentId,
        Reason = reason,
        Field = field,
        Detail = detail,
    };
}
