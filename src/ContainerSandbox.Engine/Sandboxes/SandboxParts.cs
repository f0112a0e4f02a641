using ContainerSandbox.Engine.Backends;
using ContainerSandbox.Engine.Cleanup;
using ContainerSandbox.Engine.Environments;
using ContainerSandbox.Engine.Health;
using ContainerSandbox.Engine.Hosting;
using ContainerSandbox.Engine.Metrics;
using ContainerSandbox.Engine.Ownership;
using ContainerSandbox.Engine.Pools;
using ContainerSandbox.Engine.Slots;
using Microsoft.Extensions.Logging;

namespace ContainerSandbox.Engine.Sandboxes;

/// <summary>The parts of one sandbox, put together in one place.</summary>
internal sealed class SandboxParts
{
    public SandboxParts(
        SandboxOptions options, SandboxIdentity identity, ISandboxBackend backend, BackendCapabilities capabilities, SandboxTemplate template,
        ILogger logger, TimeProvider timeProvider)
    {
        Identity = identity;
        Backend = backend;
        Engine = capabilities.Engine;
        Template = template;
        Background = new BackgroundWork(logger);
        Metrics = new MetricsLedger();
        Environments = new EnvironmentTable(options.Name);
        OpenClaims = new OpenClaims(options.Name);
        Slots = new SlotIndex(timeProvider);
        var specs = new SlotSpecFactory(identity, timeProvider);
        var slots = new SlotFactory(
            backend, specs, UserIdBlock.Draw(capabilities), Slots, options.StartupTimeout, Background, timeProvider, logger);
        Pool = new SandboxPool(
            template, options.OptimizationEnabled ? options.WarmupContainers : 0, slots, Pace(options, capabilities.Engine, timeProvider), Background, timeProvider, logger);
        Claims = new ClaimFlow(
            identity, options.OptimizationEnabled, Pool, slots, new SlotVerification(backend, identity, timeProvider), backend,
            Environments, Metrics, new ClaimDeadline(options.StartupTimeout, timeProvider), Background, timeProvider, logger);
        End = new ContainerEnd(backend, new ContainerAbsence(backend, identity.Selector), timeProvider);
        Quarantine = new Quarantine(End, Background, timeProvider, logger);
        Removal = new SlotRemoval(backend, End, Quarantine, identity.SandboxId, timeProvider, logger);
        Health = new HealthCheck(backend, Pool, identity.Selector, identity.SandboxId, timeProvider);
    }

    public SandboxIdentity Identity { get; }

    public ISandboxBackend Backend { get; }

    public EngineInfo Engine { get; }

    public SandboxTemplate Template { get; }

    public BackgroundWork Background { get; }

    public MetricsLedger Metrics { get; }

    public EnvironmentTable Environments { get; }

    public SlotIndex Slots { get; }

    public SandboxPool Pool { get; }

    public ClaimFlow Claims { get; }

    public OpenClaims OpenClaims { get; }

    public ContainerEnd End { get; }

    public Quarantine Quarantine { get; }

    public SlotRemoval Removal { get; }

    public HealthCheck Health { get; }

    // Twice the engine's cores fill a pool fastest; later one start for two cores leaves the claims room.
    private static RefillPace Pace(SandboxOptions options, EngineInfo engine, TimeProvider timeProvider)
    {
        var most = options.EnableParallelStartup ? options.ThrottleLimit ?? 2 * engine.ProcessorCount : 1;
        return new RefillPace(most, Math.Clamp(engine.ProcessorCount / 2, 1, most), timeProvider);
    }
}
