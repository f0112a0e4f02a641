using ContainerSandbox.Engine.Backends;
using ContainerSandbox.Engine.Events;
using ContainerSandbox.Engine.Hosting;
using ContainerSandbox.Engine.Networks;
using ContainerSandbox.Engine.Openers;
using ContainerSandbox.Engine.Slots;
using Microsoft.Extensions.Logging;

namespace ContainerSandbox.Engine.Pools;

/// <summary>Makes the pools of one sandbox, the default one and those of templates. What a template does not say is the sandbox's.</summary>
internal sealed class PoolFactory(
    SandboxOptions options, SecurityProfiles profiles, int processors, ISlotSource slots, PoolImages images, PoolTraffic traffic,
    BackgroundWork background, EventLog events, TimeProvider timeProvider, ILogger logger)
{
    private readonly StartupOptimization _optimization = options.Optimization;

    /// <summary>The pool of whoever has none of its own.</summary>
    public SandboxPool MakeDefault() => Make(new TemplateOptions { Specialization = SandboxTemplate.DefaultName, Image = options.Image });

    /// <summary>The pool of a template, whose profile was read. It starts nothing yet.</summary>
    /// <exception cref="SandboxException"><see cref="SandboxErrorId.LimitTooSmall"/>.</exception>
    public SandboxPool Make(TemplateOptions template)
    {
        var limits = new ResourceLimits(
            template.Memory ?? options.Memory, template.Cpu ?? options.Cpu, template.PidsLimit ?? options.PidsLimit);
        LimitRules.Check(limits);
        var openers = template.Openers.Over(options.Openers);
        openers = openers with { Network = NetworkNames.Normalize(openers.Network) };
        return new SandboxPool(
            new SandboxTemplate(template.Specialization, template.Image, limits, profiles.Of(openers), Workspace(template)) { Openers = openers },
            template.WarmupContainers ?? _optimization.WarmupContainers,
            slots,
            Pace(),
            traffic,
            background,
            timeProvider,
            logger,
            isEnabled: _optimization.OptimizationEnabled,
            images: images,
            idleTimeout: options.PoolIdleTimeout,
            events: events);
    }

    private WorkspaceKind Workspace(TemplateOptions template) =>
        template.WorkspaceKind ?? (options.Workspace is null ? WorkspaceKind.Memory : WorkspaceKind.Bound);

    // Twice the engine's cores fill a pool fastest; later one start for two cores leaves the claims room.
    private RefillPace Pace()
    {
        var most = StartsAtOnce(options, processors);
        return new RefillPace(most, Math.Clamp(processors / 2, 1, most), timeProvider);
    }

    /// <summary>How many containers may start at once.</summary>
    public static int StartsAtOnce(SandboxOptions options, int processors) =>
        IsOneAfterAnother(options) ? 1 : options.ThrottleLimit ?? 2 * processors;

    /// <summary>True where no container starts beside another.</summary>
    public static bool IsOneAfterAnother(SandboxOptions options) =>
        options.Optimization is { EnableParallelStartup: false } or { OptimizationEnabled: false };
}
