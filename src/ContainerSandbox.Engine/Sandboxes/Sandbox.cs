using ContainerSandbox.Engine.Events;
using ContainerSandbox.Engine.Hosting;
using Microsoft.Extensions.Logging;

namespace ContainerSandbox.Engine.Sandboxes;

/// <summary>One engine connection, its pools, and the environments claimed from them.</summary>
public sealed class Sandbox
{
    private readonly SandboxParts _parts;
    private readonly ILogger _logger;
    private readonly DateTimeOffset _createdAt;
    private TimeSpan _initializationTime;
    private readonly Lazy<SandboxRemoval> _removal;

    internal Sandbox(
        SandboxParts parts, IReadOnlyList<string> knownImages, ILogger logger, TimeProvider timeProvider, Action<Sandbox> removed)
    {
        _parts = parts;
        _logger = logger;
        _createdAt = timeProvider.GetUtcNow();
        _removal = new Lazy<SandboxRemoval>(() => new SandboxRemoval(parts, () => removed(this)));
        KnownImages = knownImages;
        Pools = new SandboxPools(parts, logger, timeProvider, Enter);
        Monitoring = new SandboxMonitoring(parts, Enter);
        History = new SandboxHistory(parts);
        Optimization = new SandboxOptimizing(parts, Enter);
    }

    /// <summary>Eight hexadecimal digits.</summary>
    public string Id => _parts.Identity.SandboxId;

    /// <summary>The name given to it.</summary>
    public string Name => _parts.Options.Name;

    /// <summary>Changes its pools.</summary>
    public SandboxPools Pools { get; }

    /// <summary>Watches its environments.</summary>
    public SandboxMonitoring Monitoring { get; }

    /// <summary>What should change, and the means to do it.</summary>
    public SandboxOptimizing Optimization { get; }

    /// <summary>What its environments used.</summary>
    public SandboxHistory History { get; }

    /// <summary>The specializations that it has templates for or environments of, in memory.</summary>
    public IReadOnlyList<string> Specializations =>
    [
        .. _parts.Pools.All.Select(pool => pool.Template.Name)
            .Union(_parts.Environments.All.Select(environment => environment.Specialization), StringComparer.OrdinalIgnoreCase),
    ];

    /// <summary>The images that its engine had when it was initialized, in memory.</summary>
    public IReadOnlyList<string> KnownImages { get; }

    /// <summary>The networks that its engine had when they were last listed, in memory.</summary>
    public IReadOnlyList<string> KnownNetworks => _parts.Networks.Known;

    /// <summary>What it is now.</summary>
    public SandboxInfo GetInfo()
    {
        var now = GetConfiguration();
        return new SandboxInfo
        {
            SandboxId = Id,
            Name = Name,
            State = _removal.IsValueCreated ? _removal.Value.State
                : _parts.Pools.All.Any(pool => pool.State == PoolState.Degraded) ? SandboxState.Degraded : SandboxState.Ready,
            Image = now.Image,
            Workspace = now.Workspace ?? "",
            ImageId = _parts.Images.Find(now.Image)?.Id ?? "",
            Engine = _parts.Engine,
            Optimization = now.Optimization,
            Templates = string.Join(", ", now.Templates.Select(template => template.Specialization)),
            PoolIdleTimeout = now.PoolIdleTimeout,
            ImageChangePolicy = now.ImageChangePolicy,
            ThrottleLimit = now.ThrottleLimit,
            WarmupContainers = _parts.Pools.Target,
            Ready = _parts.Pools.Ready,
            Environments = _parts.Environments.All.Count,
            Quarantined = _parts.Quarantine.Held.Count,
            Memory = now.Memory,
            Cpu = now.Cpu,
            PidsLimit = now.PidsLimit,
            Weakenings = Openers.Weakenings.Join(_parts.Pools.All.Select(pool => pool.Template.Openers)),
            CreatedAt = _createdAt,
            InitializationTime = _initializationTime,
        };
    }

    /// <summary>The configuration in force: what would make the same sandbox, with every change that was made since.</summary>
    public SandboxOptions GetConfiguration() => ConfigurationInForce.Of(_parts);

    /// <summary>Its pools as they are now, the default one first.</summary>
    /// <param name="isDetailed">True with each container and the last claims that they did not serve.</param>
    public IReadOnlyList<SandboxPoolInfo> GetPools(bool isDetailed = false) => [.. _parts.Pools.All.Select(pool => pool.GetInfo(Id, isDetailed))];

    /// <summary>Its environments as they are now, oldest first.</summary>
    public IReadOnlyList<AgentEnvironment> GetEnvironments() => [.. _parts.Environments.All.Select(environment => environment.Snapshot())];

    /// <summary>Gives an agent a container of its own.</summary>
    /// <param name="request">Who it is for and what it may use.</param>
    /// <param name="observer">Hears messages.</param>
    /// <param name="cancellationToken">Ends the call; nothing stays.</param>
    /// <exception cref="SandboxException">
    /// <see cref="SandboxErrorId.InvalidAgentId"/>, <see cref="SandboxErrorId.AgentEnvironmentExists"/>, <see cref="SandboxErrorId.LimitTooSmall"/>,
    /// <see cref="SandboxErrorId.InvalidEnvironmentVariable"/>, or why no container could be started.
    /// </exception>
    public Task<AgentEnvironment> ClaimAsync(ClaimRequest request, ISandboxObserver observer, CancellationToken cancellationToken)
    {
        Enter(observer);
        return _parts.OpenClaims.RunAsync(token => _parts.Claims.ClaimAsync(request, token), cancellationToken);
    }

    /// <summary>True when a claim finds a container ready that may serve it, as far as one can tell before.</summary>
    /// <param name="request">The claim.</param>
    public bool MayServeWarm(ClaimRequest request) => _parts.ClaimCheck.MayServeWarm(request);

    /// <summary>Ends, in the background, an environment that nobody was told of.</summary>
    /// <param name="environment">The environment.</param>
    public void Release(AgentEnvironment environment) => _parts.Background.Start(
        "removing an environment that nobody was told of",
        _ => EnvironmentRemoval.RunAsync(_parts, _parts.Environments.Get(environment.AgentId, environment.EnvironmentId), TimeSpan.Zero));

    /// <summary>Runs a command in an agent's environment.</summary>
    /// <param name="agentId">The agent.</param>
    /// <param name="environmentId">The environment that must be the agent's; null takes whichever it has.</param>
    /// <param name="request">The command.</param>
    /// <param name="observer">Hears messages.</param>
    /// <param name="cancellationToken">Ends the call, the command and all that it started.</param>
    /// <exception cref="SandboxException">
    /// <see cref="SandboxErrorId.AgentEnvironmentNotFound"/>, <see cref="SandboxErrorId.AgentEnvironmentReplaced"/>,
    /// <see cref="SandboxErrorId.AgentEnvironmentLost"/>, <see cref="SandboxErrorId.EngineLost"/>, <see cref="SandboxErrorId.InvalidCommand"/>.
    /// </exception>
    public async Task<CommandResult> RunCommandAsync(
        string agentId, string? environmentId, CommandRequest request, ISandboxObserver observer, CancellationToken cancellationToken)
    {
        Enter(observer);
        Commands.CommandText.Check(request);
        var environment = _parts.Environments.Get(agentId, environmentId);
        try
        {
            var result = await environment.RunAsync(request, cancellationToken).ConfigureAwait(false);
            _parts.Metrics.Ran(result);
            environment.HealthRecord.Commands.Ended(result);
            _parts.Events.CommandEnded(result);
            return result;
        }
        catch (SandboxException exception)
        {
            _parts.Metrics.CommandFailed(agentId);
            environment.HealthRecord.Commands.Failed();
            _parts.Events.CommandFailed(environment.AgentId, environment.EnvironmentId, exception);
            throw;
        }
        catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
        {
            _parts.Events.CommandCancelled(environment.AgentId, environment.EnvironmentId);
            throw;
        }
    }

    /// <summary>Ends an environment and proves it gone.</summary>
    /// <param name="agentId">The agent.</param>
    /// <param name="environmentId">The environment that must be the agent's; null takes whichever it has.</param>
    /// <param name="gracePeriod">How long its processes may take to end after TERM.</param>
    /// <param name="observer">Hears messages.</param>
    /// <param name="cancellationToken">Ends the wait; the removal itself goes on.</param>
    /// <exception cref="SandboxException"><see cref="SandboxErrorId.AgentEnvironmentNotFound"/>, <see cref="SandboxErrorId.AgentEnvironmentReplaced"/>.</exception>
    public async Task<CleanupReceipt> RemoveEnvironmentAsync(
        string agentId, string? environmentId, TimeSpan gracePeriod, ISandboxObserver observer, CancellationToken cancellationToken)
    {
        var receipts = await RemoveEnvironmentAsync(agentId, environmentId, gracePeriod, false, observer, cancellationToken).ConfigureAwait(false);
        return receipts[0];
    }

    /// <summary>Ends an environment, with its workspace if that is wanted, and proves it gone.</summary>
    /// <param name="agentId">The agent.</param>
    /// <param name="environmentId">The environment that must be the agent's; null takes whichever it has.</param>
    /// <param name="gracePeriod">How long its processes may take to end after TERM.</param>
    /// <param name="removeWorkspace">True deletes the agent's folder too; there is a receipt for that then, after that of the environment.</param>
    /// <param name="observer">Hears messages.</param>
    /// <param name="cancellationToken">Ends the wait; the removal itself goes on.</param>
    /// <exception cref="SandboxException"><see cref="SandboxErrorId.AgentEnvironmentNotFound"/>, <see cref="SandboxErrorId.AgentEnvironmentReplaced"/>.</exception>
    public Task<IReadOnlyList<CleanupReceipt>> RemoveEnvironmentAsync(
        string agentId, string? environmentId, TimeSpan gracePeriod, bool removeWorkspace, ISandboxObserver observer, CancellationToken cancellationToken)
    {
        Enter(observer);
        return EnvironmentRemoval.RunAsync(_parts, _parts.Environments.Get(agentId, environmentId), gracePeriod, removeWorkspace).WaitAsync(cancellationToken);
    }

    /// <summary>Ends everything that it made, in parallel, and proves it gone. Repeating it joins the first.</summary>
    /// <param name="gracePeriod">How long the agents' processes may take to end after TERM.</param>
    /// <param name="observer">Hears messages and progress.</param>
    /// <param name="cancellationToken">Ends the wait; the removal itself goes on.</param>
    public Task<IReadOnlyList<CleanupReceipt>> RemoveAsync(TimeSpan gracePeriod, ISandboxObserver observer, CancellationToken cancellationToken) =>
        RemoveAsync(gracePeriod, false, observer, cancellationToken);

    /// <summary>Ends everything that it made, with its agents' workspaces if that is wanted, and proves it gone. Repeating it joins the first.</summary>
    /// <param name="gracePeriod">How long the agents' processes may take to end after TERM.</param>
    /// <param name="removeWorkspaces">True deletes the folders of the agents that have an environment now; each has a receipt then.</param>
    /// <param name="observer">Hears messages and progress.</param>
    /// <param name="cancellationToken">Ends the wait; the removal itself goes on.</param>
    public Task<IReadOnlyList<CleanupReceipt>> RemoveAsync(
        TimeSpan gracePeriod, bool removeWorkspaces, ISandboxObserver observer, CancellationToken cancellationToken)
    {
        ObserverLogging.Attach(observer);
        return _removal.Value.RunAsync(gracePeriod, removeWorkspaces, observer).WaitAsync(cancellationToken);
    }

    /// <summary>Checks an environment now.</summary>
    /// <param name="agentId">The agent.</param>
    /// <param name="environmentId">The environment that must be the agent's; null takes whichever it has.</param>
    /// <param name="observer">Hears messages.</param>
    /// <param name="cancellationToken">Ends the call.</param>
    /// <exception cref="SandboxException"><see cref="SandboxErrorId.AgentEnvironmentNotFound"/>, <see cref="SandboxErrorId.AgentEnvironmentReplaced"/>.</exception>
    public Task<HealthResult> CheckHealthAsync(
        string agentId, string? environmentId, ISandboxObserver observer, CancellationToken cancellationToken) =>
        CheckHealthAsync(agentId, environmentId, HealthCheckOptions.Usual, observer, cancellationToken);

    /// <summary>Checks an environment now.</summary>
    /// <param name="agentId">The agent.</param>
    /// <param name="environmentId">The environment that must be the agent's; null takes whichever it has.</param>
    /// <param name="options">What to look at beside the usual.</param>
    /// <param name="observer">Hears messages.</param>
    /// <param name="cancellationToken">Ends the call.</param>
    /// <exception cref="SandboxException"><see cref="SandboxErrorId.AgentEnvironmentNotFound"/>, <see cref="SandboxErrorId.AgentEnvironmentReplaced"/>.</exception>
    public async Task<HealthResult> CheckHealthAsync(
        string agentId, string? environmentId, HealthCheckOptions options, ISandboxObserver observer, CancellationToken cancellationToken)
    {
        Enter(observer);
        var environment = _parts.Environments.Get(agentId, environmentId);
        var result = await _parts.Health.LookAsync(environment, options, cancellationToken).ConfigureAwait(false);
        if (!options.MoreFollows)
            Settle(environment, result);
        return result;
    }

    /// <summary>Ends a check of which more was to follow: its verdict counts now. Where the environment is gone meanwhile, it does not matter.</summary>
    /// <param name="result">The verdict, of everything.</param>
    public void CompleteHealthCheck(HealthResult result)
    {
        if (_parts.Environments.Find(result.AgentId, result.EnvironmentId) is { } environment)
            Settle(environment, result);
    }

    /// <summary>What was computed for each agent, in the order of their first claims.</summary>
    public IReadOnlyList<PerformanceMetrics> GetMetrics() => _parts.Metrics.Agents(
        GetEnvironments().ToDictionary(environment => environment.EnvironmentId, environment => environment.State));

    /// <summary>What was computed for the whole.</summary>
    public SandboxSummary GetSummary() => _parts.Metrics.Summary(Id, Name, GetEnvironments());

    /// <summary>What happened, oldest first: the newest 8,000 claims, commands and removals, and the newest 2,000 of everything else.</summary>
    /// <param name="since">Only from then on; null from the beginning.</param>
    /// <param name="kinds">Only of these kinds; null for all.</param>
    public IReadOnlyList<SandboxEvent> GetEvents(DateTimeOffset? since = null, IReadOnlyCollection<SandboxEventKind>? kinds = null) =>
        _parts.Events.Read(since, kinds);

    internal void MarkInitialized(TimeSpan took) => _initializationTime = took;

    private void Settle(Environments.LiveEnvironment environment, HealthResult result)
    {
        _parts.Health.Settle(environment, result);
        _parts.Metrics.Checked(result);
    }

    private void Enter(ISandboxObserver observer)
    {
        ObserverLogging.Attach(observer);
        if (_removal.IsValueCreated)
            throw OpenClaims.Removed(Name);
    }
}
