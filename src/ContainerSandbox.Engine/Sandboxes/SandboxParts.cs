using ContainerSandbox.Engine.Backends;
using ContainerSandbox.Engine.Cleanup;
using ContainerSandbox.Engine.Environments;
using ContainerSandbox.Engine.Events;
using ContainerSandbox.Engine.Health;
using ContainerSandbox.Engine.Health.Probes;
using ContainerSandbox.Engine.History;
using ContainerSandbox.Engine.Hosting;
using ContainerSandbox.Engine.Images;
using ContainerSandbox.Engine.Metrics;
using ContainerSandbox.Engine.Monitoring;
using ContainerSandbox.Engine.Monitoring.ControlGroups;
using ContainerSandbox.Engine.Networks;
using ContainerSandbox.Engine.Openers;
using ContainerSandbox.Engine.Optimization;
using ContainerSandbox.Engine.Ownership;
using ContainerSandbox.Engine.Pools;
using ContainerSandbox.Engine.Slots;
using ContainerSandbox.Engine.Watching;
using ContainerSandbox.Engine.Workspaces;
using Microsoft.Extensions.Logging;

namespace ContainerSandbox.Engine.Sandboxes;

/// <summary>The parts of one sandbox, put together in one place.</summary>
internal sealed class SandboxParts
{
    public SandboxParts(
        SandboxOptions options, SecurityProfiles profiles, SandboxIdentity identity, ISandboxBackend backend, BackendCapabilities capabilities,
        ILogger logger, TimeProvider timeProvider, BoundWorkspace? workspace = null)
    {
        var optimization = options.Optimization;
        Options = options;
        Workspace = workspace;
        Identity = identity;
        Backend = backend;
        Profiles = profiles;
        Capabilities = capabilities;
        Background = new BackgroundWork(logger);
        Metrics = new MetricsLedger(timeProvider);
        Demand = new DemandBook(timeProvider);
        Evidence = new EvidenceReader(this, timeProvider);
        Optimizer = new Optimizer(this, timeProvider);
        PreloadsImages = optimization.PreloadBaseImages;
        History = new ResourceHistory(timeProvider);
        Events = new EventLog(identity.SandboxId, timeProvider);
        Contact = new EngineContact(Events, timeProvider);
        Environments = new EnvironmentTable(options.Name);
        OpenClaims = new OpenClaims(options.Name);
        Slots = new SlotIndex(timeProvider);
        Images = new ImageLibrary(backend, optimization, logger);
        var (specs, userIds) = (new SlotSpecFactory(identity, timeProvider), UserIdBlock.Draw(capabilities));
        Networks = new SandboxNetworks(backend, identity, new NetworkProof(backend, specs, userIds, timeProvider), timeProvider, logger);
        NetworkRemoval = new NetworkRemoval(backend, identity, Networks, timeProvider, logger);
        var slots = new SlotFactory(
            backend, specs, userIds, Networks, Slots, optimization.StartupTimeout,
            PoolFactory.IsOneAfterAnother(options) ? new StartTurns() : null, Background, timeProvider, logger, workspace);
        PoolMaker = new PoolFactory(
            options, profiles, Engine.ProcessorCount, new PoolSlots(Images, slots),
            new PoolImages(reference => Images.Find(reference)?.Id, options.ImageChangePolicy), new PoolTraffic(timeProvider),
            Background, Events, timeProvider, logger);
        Pools = new PoolTable(PoolMaker.MakeDefault());
        foreach (var template in options.Templates)
            Pools.TryAdd(PoolMaker.Make(template));
        foreach (var pool in Pools.All)
            Demand.Observe(pool.Template.Name, pool.Target);
        var verification = new SlotVerification(backend, identity, timeProvider);
        ClaimCheck = new ClaimCheck(optimization.OptimizationEnabled, Pools, Images, Demand, timeProvider, logger);
        Sampler = new ResourceSampler(backend, new ControlGroupPaths("/"), identity.SandboxId, Keep, Background, timeProvider);
        Rehearsal = new ClaimRehearsal(Images, slots, verification, Sampler);
        Claims = new ClaimFlow(
            identity, ClaimCheck, slots, verification, Environments,
            Sampler, Metrics, Events, Demand, new CommandPatience(token => backend.ListContainersAsync(identity.Selector, token), Background, timeProvider),
            new ClaimDeadline(optimization.StartupTimeout, timeProvider), new AfterClaim(backend, Sampler, Background, timeProvider, logger), Background,
            timeProvider, logger, workspace);
        End = new ContainerEnd(backend, new ContainerAbsence(backend, identity.Selector), timeProvider);
        Quarantine = new Quarantine(End, Background, timeProvider, logger);
        Removal = new SlotRemoval(backend, End, Quarantine, identity.SandboxId, timeProvider, logger);
        Health = new HealthCheck(
            new ContainerProbe(backend, Contact, identity.Selector, timeProvider), new SpaceProbe(timeProvider),
            new WorkspaceProbe(workspace, options.WorkspaceLimit), Sampler, Pools, Contact, Events,
            identity.SandboxId, timeProvider);
        Monitor = new SandboxMonitor(
            (interval, monitored) => new MonitorRun(
                Environments, Sampler, new HealthWatch(Health, Metrics, Background, timeProvider), Events,
                new AutomaticOptimization(this, monitored, timeProvider, logger), interval, timeProvider, logger),
            run => Background.Start("watching the environments", run.RunAsync));
    }

    public SandboxOptions Options { get; }

    public SandboxIdentity Identity { get; }

    public ISandboxBackend Backend { get; }

    /// <summary>The folder in which its agents work; null where workspaces are in memory.</summary>
    public BoundWorkspace? Workspace { get; }

    public SecurityProfiles Profiles { get; }

    public BackendCapabilities Capabilities { get; }

    public EngineInfo Engine => Capabilities.Engine;

    public BackgroundWork Background { get; }

    public MetricsLedger Metrics { get; }

    /// <summary>What claims found, and waited for.</summary>
    public DemandBook Demand { get; }

    /// <summary>What recommendations rest on.</summary>
    public EvidenceReader Evidence { get; }

    public Optimizer Optimizer { get; }

    /// <summary>Whether the images of all templates are brought ahead of need.</summary>
    public bool PreloadsImages { get; set; }

    public ResourceSampler Sampler { get; }

    public SandboxMonitor Monitor { get; }

    public ResourceHistory History { get; }

    /// <summary>What happened.</summary>
    public EventLog Events { get; }

    /// <summary>Whether the engine answers.</summary>
    public EngineContact Contact { get; }

    public EnvironmentTable Environments { get; }

    public SlotIndex Slots { get; }

    public ImageLibrary Images { get; }

    public SandboxNetworks Networks { get; }

    public NetworkRemoval NetworkRemoval { get; }

    public PoolFactory PoolMaker { get; }

    public PoolTable Pools { get; }

    public ClaimCheck ClaimCheck { get; }

    public ClaimFlow Claims { get; }

    public ClaimRehearsal Rehearsal { get; }

    public OpenClaims OpenClaims { get; }

    public ContainerEnd End { get; }

    public Quarantine Quarantine { get; }

    public SlotRemoval Removal { get; }

    public HealthCheck Health { get; }

    private void Keep(ResourceSample sample, long at)
    {
        Metrics.Sampled(sample, at);
        History.Add(sample);
    }

    /// <summary>Ends what no sandbox came of: there is no environment yet, and nobody to prove anything to.</summary>
    public async Task EndUnusedAsync()
    {
        foreach (var slot in Pools.Close())
            await slot.DisposeAsync().ConfigureAwait(false);
        await Background.DisposeAsync().ConfigureAwait(false);
        await NetworkRemoval.RunAsync().ConfigureAwait(false);
        End.Dispose();
        Optimizer.Dispose();
    }
}
