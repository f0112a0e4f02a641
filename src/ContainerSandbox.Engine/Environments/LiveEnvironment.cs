using ContainerSandbox.Engine.Backends;
using ContainerSandbox.Engine.Commands;
using ContainerSandbox.Engine.Health;
using ContainerSandbox.Engine.Slots;

namespace ContainerSandbox.Engine.Environments;

/// <summary>An agent's environment while it lives: the slot behind it and what became of it.</summary>
internal sealed class LiveEnvironment
{
    private static readonly TimeSpan EventTakes = TimeSpan.FromMilliseconds(500);

    private readonly IReadOnlyDictionary<string, string> _variables;
    private readonly CommandPatience _patience;
    private readonly TimeProvider _timeProvider;
    private readonly CommandRunner _runner;
    private readonly object _gate = new();
    private AgentEnvironment _facts;
    private AgentEnvironmentState _state = AgentEnvironmentState.Running;
    private string _reason = "";
    private Action<LiveEnvironment, string>? _lost;
    private Task<IReadOnlyList<CleanupReceipt>>? _removal;

    public LiveEnvironment(AgentEnvironment facts, Slot slot, IReadOnlyDictionary<string, string> variables, CommandPatience patience, TimeProvider timeProvider)
    {
        _facts = facts;
        _variables = variables;
        _patience = patience;
        _timeProvider = timeProvider;
        _runner = new CommandRunner(timeProvider, slot.Memory, slot.Sessions.Opening);
        Slot = slot;
        HealthRecord = new HealthRecord(timeProvider);
        Naming = new ContainerNaming(timeProvider);
        ContainerName = slot.Name;
        LimitsSince = timeProvider.GetTimestamp();
    }

    public Slot Slot { get; }

    /// <summary>What was asked for when it was claimed.</summary>
    public ClaimRequest Request { get; init; } = new();

    /// <summary>Timestamp of the moment from which on it has the limits that it has.</summary>
    public long LimitsSince { get; private set; }

    public ContainerNaming Naming { get; }

    public string AgentId => _facts.AgentId;

    public string EnvironmentId => _facts.EnvironmentId;

    public string Specialization => _facts.Specialization;

    /// <summary>Its container's name, which gets the agent's id appended soon after the claim.</summary>
    public string ContainerName { get; set; }

    /// <summary>Its last known health.</summary>
    public HealthStatus Health { get; private set; } = HealthStatus.Healthy;

    /// <summary>What is remembered of it for its health.</summary>
    public HealthRecord HealthRecord { get; }

    public AgentEnvironmentState State
    {
        get
        {
            lock (_gate)
                return _state;
        }
    }

    /// <summary>Changes its health, and says what it was before.</summary>
    public HealthStatus ChangeHealth(HealthStatus health)
    {
        lock (_gate)
        {
            var before = Health;
            Health = health;
            return before;
        }
    }

    /// <summary>Its container has other limits from now on.</summary>
    public void ChangeLimits(ResourceLimits limits)
    {
        lock (_gate)
        {
            Slot.Limits = limits;
            LimitsSince = _timeProvider.GetTimestamp();
            _facts = _facts with { MemoryLimit = limits.Memory, CpuLimit = limits.Cpu, PidsLimit = limits.PidsLimit };
        }
    }

    /// <summary>What it is now.</summary>
    public AgentEnvironment Snapshot()
    {
        lock (_gate)
        {
            return _facts with
            {
                State = _state,
                StateReason = _reason,
                Health = _state == AgentEnvironmentState.Lost ? HealthStatus.Critical : Health,
                ContainerName = ContainerName,
            };
        }
    }

    /// <summary>Its claim ended: how long that took.</summary>
    public void Started(StageClock clock)
    {
        lock (_gate)
        {
            _facts = _facts with
            {
                StartupTime = clock.Total,
                OptimizationCheckTime = clock[ClaimStage.OptimizationCheck],
                AllocationTime = clock[ClaimStage.Allocation],
                VerificationTime = clock[ClaimStage.Verification],
                MonitoringTime = clock[ClaimStage.Monitoring],
                MetricsTime = clock[ClaimStage.Metrics],
            };
        }
    }

    /// <summary>Its container ended without having been asked to. False when that was known or asked for.</summary>
    public bool Lose(string reason)
    {
        Action<LiveEnvironment, string>? tell;
        lock (_gate)
        {
            if (_state != AgentEnvironmentState.Running)
                return false;
            _state = AgentEnvironmentState.Lost;
            _reason = reason;
            tell = _lost;
        }

        HealthRecord.Lost();
        tell?.Invoke(this, reason);
        return true;
    }

    /// <summary>Whom to tell, once, when it is lost; at once where it is already.</summary>
    public void TellOfLoss(Action<LiveEnvironment, string> tell)
    {
        lock (_gate)
        {
            if (_state != AgentEnvironmentState.Lost)
            {
                _lost = tell;
                return;
            }
        }

        tell(this, _reason);
    }

    /// <summary>Removes it, once: whoever asks again joins the first.</summary>
    public Task<IReadOnlyList<CleanupReceipt>> RemoveOnceAsync(Func<Task<IReadOnlyList<CleanupReceipt>>> remove)
    {
        lock (_gate)
        {
            if (_removal is not null)
                return _removal;
            _state = AgentEnvironmentState.Removing;
            var named = Naming.EndAsync();
            return _removal = Task.Run(async () =>
            {
                await named.ConfigureAwait(false);
                return await remove().ConfigureAwait(false);
            });
        }
    }

    /// <summary>Runs a command.</summary>
    /// <exception cref="SandboxException"><see cref="SandboxErrorId.AgentEnvironmentLost"/>: its container ended.</exception>
    public async Task<CommandResult> RunAsync(CommandRequest request, CancellationToken cancellationToken)
    {
        ThrowIfNotRunning(null);
        ICommandSeat seat = request.Isolated ? new IsolatedSeat(Slot.Isolated, _variables)
            : request.StandardInput is not null ? new OneShotSeat(Slot.Sessions)
            : new WorkerSeat(Slot.Sessions);
        try
        {
            var command = _runner.RunAsync(new CommandOrigin(AgentId, _facts.SandboxId, EnvironmentId), seat, request, GiveUp, cancellationToken);
            var result = await _patience.WaitAsync(command, request.Timeout, Slot.HeardSince, cancellationToken).ConfigureAwait(false);

            // The end of its container is no outcome of a command, even where the engine has an exit code for it.
            if (result is { ExitCode: CommandRunner.Killed, TimedOut: false } && Slot.IsGone)
            {
                Lose(Slot.EndReason);
                ThrowIfNotRunning(null);
            }

            return result;
        }
        catch (SandboxException exception) when (exception.ErrorId is SandboxErrorId.ContainerNotFound or SandboxErrorId.EngineLost
            or SandboxErrorId.SessionFailed or SandboxErrorId.EngineError)
        {
            // The end of a container reaches its sessions before the event feed tells of it.
            await Task.WhenAny(Slot.Ended, Task.Delay(EventTakes, _timeProvider, cancellationToken)).ConfigureAwait(false);
            if (Slot.IsGone || exception.ErrorId == SandboxErrorId.ContainerNotFound)
                Lose(Slot.IsGone ? Slot.EndReason : "the engine does not know its container any more");
            ThrowIfNotRunning(exception);
            throw;
        }
    }

    /// <summary>Waits for the sessions of a container that was handed over while they open; without them it is lost.</summary>
    public async Task WatchOpeningAsync()
    {
        try
        {
            await Slot.Sessions.Opening.ConfigureAwait(false);
        }
        catch (SandboxException exception)
        {
            GiveUp($"its container was started and then not usable: {exception.Message}");
        }
    }

    // What cannot be ended inside ends with the container.
    private void GiveUp(string reason)
    {
        Lose(reason);
        Slot.Release();
    }

    private void ThrowIfNotRunning(Exception? cause)
    {
        lock (_gate)
        {
            if (_state == AgentEnvironmentState.Running)
                return;
            throw new SandboxException(
                SandboxErrorId.AgentEnvironmentLost,
                SandboxErrorCategory.ResourceUnavailable,
                _state == AgentEnvironmentState.Lost
                    ? $"The environment of '{AgentId}' is lost: {_reason}. Claim a new one with New-AgentEnvironment -AgentId {AgentId}."
                    : $"The environment of '{AgentId}' is being removed.",
                AgentId,
                cause);
        }
    }
}
