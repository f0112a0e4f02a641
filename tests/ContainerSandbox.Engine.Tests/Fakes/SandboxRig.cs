using ContainerSandbox.Engine.Hosting;
using ContainerSandbox.Engine.Ownership;
using ContainerSandbox.Engine.Sandboxes;
using Microsoft.Extensions.Logging.Abstractions;

namespace ContainerSandbox.Engine.Tests.Fakes;

/// <summary>A whole sandbox on a fake engine.</summary>
internal sealed class SandboxRig : IAsyncDisposable
{
    public const string SandboxId = "0123abcd";

    private readonly string _profile = Path.GetTempFileName();
    private Sandbox? _sandbox;

    public SandboxRig()
    {
        File.WriteAllText(_profile, "{}");
        Backend = new FakeBackend(Clock);
        Options = new SandboxOptions { Image = "image:1", SecurityProfilePath = _profile };
    }

    public TestClock Clock { get; } = new();

    public FakeBackend Backend { get; }

    /// <summary>The sandboxes of the process that have ended, as far as this rig knows.</summary>
    public EndedSandboxes Ended { get; } = new();

    public SandboxOptions Options { get; set; }

    public FakeObserver Observer { get; } = new();

    public bool IsRemoved { get; private set; }

    /// <summary>The warnings that were heard so far.</summary>
    public IReadOnlyList<string> Warnings => [.. Observer.Warnings];

    /// <summary>Containers that were started for the initialization.</summary>
    public int StartsBefore { get; private set; }

    /// <summary>Containers that were started since.</summary>
    public int Starts => Backend.Count(BackendCall.Start) - StartsBefore;

    public Sandbox Sandbox => _sandbox ?? throw new InvalidOperationException("The sandbox is not initialized.");

    /// <summary>Makes a sandbox with so many containers ready.</summary>
    public static async Task<SandboxRig> OpenAsync(
        int warmup = 2, Func<StartupOptimization, StartupOptimization>? optimization = null, Func<SandboxOptions, SandboxOptions>? options = null)
    {
        var rig = new SandboxRig();
        rig.Optimize(optimization => optimization with { WarmupContainers = warmup });
        rig.Optimize(optimization ?? (same => same));
        rig.Options = options?.Invoke(rig.Options) ?? rig.Options;
        await rig.InitializeAsync();
        return rig;
    }

    /// <summary>Changes how containers are to start fast.</summary>
    public void Optimize(Func<StartupOptimization, StartupOptimization> change) =>
        Options = Options with { Optimization = change(Options.Optimization) };

    public Task InitializeAsync() => InitializeAsync(CancellationToken.None);

    public async Task InitializeAsync(CancellationToken cancellationToken)
    {
        ObserverLogging.Attach(Observer);
        var initializer = new SandboxInitializer(new FakeBackendFactory(Backend), Ended, Clock, new ObserverLogging().CreateLogger(""));
        _sandbox = await Eventually.EndsAsync(initializer.InitializeAsync(Options, SandboxId, _ => IsRemoved = true, Observer, cancellationToken));
        await Eventually.TrueAsync(() => Backend.Feed.Watchers > 0, "the sandbox follows the engine's events");

        // Where no pool tries the template, a container is started for that and goes at once.
        if (Pool().State == PoolState.Disabled)
            await Eventually.TrueAsync(() => Backend.Containers.Count == 0 && Pool().Removing == 0, "the trial is over");
        StartsBefore = Backend.Count(BackendCall.Start);
    }

    /// <summary>Makes another sandbox of the same process on the same engine.</summary>
    public Task<Sandbox> InitializeNextAsync(string sandboxId) => Eventually.EndsAsync(
        new SandboxInitializer(new FakeBackendFactory(Backend), Ended, Clock, NullLogger.Instance).InitializeAsync(
            Options, sandboxId, _ => { }, Observer, CancellationToken.None));

    public Task<AgentEnvironment> ClaimAsync(string? agentId = "agent") => ClaimAsync(new ClaimRequest { AgentId = agentId });

    public Task<AgentEnvironment> ClaimAsync(ClaimRequest request, CancellationToken cancellationToken = default) =>
        Sandbox.ClaimAsync(request, Observer, cancellationToken);

    public Task<CommandResult> RunAsync(string agentId, string command, string? environmentId = null) =>
        RunAsync(agentId, new CommandRequest { Command = command }, environmentId);

    public Task<CommandResult> RunAsync(string agentId, CommandRequest request, string? environmentId = null, CancellationToken cancellationToken = default) =>
        Sandbox.RunCommandAsync(agentId, environmentId, request, Observer, cancellationToken);

    /// <summary>Removes an environment, with all the time that this needs.</summary>
    public Task<CleanupReceipt> RemoveAsync(string agentId, string? environmentId = null, TimeSpan gracePeriod = default) => Eventually.PassTimeAsync(
        Clock,
        TimeSpan.FromMilliseconds(20),
        Sandbox.RemoveEnvironmentAsync(agentId, environmentId, gracePeriod, Observer, CancellationToken.None));

    /// <summary>Removes the sandbox, with all the time that this needs.</summary>
    public Task<IReadOnlyList<CleanupReceipt>> RemoveSandboxAsync(TimeSpan gracePeriod = default) =>
        Eventually.PassTimeAsync(Clock, TimeSpan.FromMilliseconds(100), Sandbox.RemoveAsync(gracePeriod, Observer, CancellationToken.None));

    /// <summary>The default pool, or that of a specialization.</summary>
    public SandboxPoolInfo Pool(string specialization = "default") => Sandbox.GetPools().Single(pool => pool.Specialization == specialization);

    public FakeContainer Container(AgentEnvironment environment) => Backend.History.Single(container => container.Id == environment.ContainerId);

    public Task UntilFullAsync() => Eventually.TrueAsync(
        () => Pool() is { Creating: 0, Removing: 0 } pool && pool.Ready == pool.Target, $"the pool is full, not {Pool()}");

    public async ValueTask DisposeAsync()
    {
        if (_sandbox is not null)
        {
            foreach (var call in Enum.GetValues<BackendCall>())
                Backend.Heal(call);
            await RemoveSandboxAsync();
        }

        File.Delete(_profile);
    }
}
