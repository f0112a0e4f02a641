using ContainerSandbox.Engine.Backends;
using ContainerSandbox.Engine.Commands;
using ContainerSandbox.Engine.Hosting;
using ContainerSandbox.Engine.Metrics;
using ContainerSandbox.Engine.Ownership;
using ContainerSandbox.Engine.Pools;
using ContainerSandbox.Engine.Slots;
using Microsoft.Extensions.Logging;

namespace ContainerSandbox.Engine.Environments;

/// <summary>Gives an agent a container: a ready one where there is one, else a new one. Never an error because a pool is empty.</summary>
internal sealed class ClaimFlow(
    SandboxIdentity sandbox, bool optimizationEnabled, SandboxPool pool, SlotFactory slots, SlotVerification verification, ISandboxBackend backend,
    EnvironmentTable environments, MetricsLedger metrics, ClaimDeadline deadline, BackgroundWork background, TimeProvider timeProvider, ILogger logger)
{
    private static readonly TimeSpan AfterClaim = TimeSpan.FromMilliseconds(20);
    private readonly CommandPatience _patience = new(token => backend.ListContainersAsync(sandbox.Selector, token), background, timeProvider);

    /// <summary>Gives an agent a container within the time that it may take.</summary>
    public Task<AgentEnvironment> ClaimAsync(ClaimRequest request, CancellationToken cancellationToken) =>
        deadline.RunAsync(token => ClaimWithinAsync(request, token, cancellationToken), cancellationToken);

    // The creation flow, stage by stage.
    private async Task<AgentEnvironment> ClaimWithinAsync(ClaimRequest request, CancellationToken cancellationToken, CancellationToken caller)
    {
        var clock = new StageClock(timeProvider);
        var agentId = request.AgentId ?? AgentIds.Random();
        AgentIds.Check(agentId);
        CommandText.CheckVariables(request.EnvironmentVariables);
        var limits = Limits(request);
        using var reservation = environments.Reserve(agentId);
        if (reservation.Lost is { } lost)
            background.Start("closing what a lost environment held", async _ => await lost.Slot.DisposeAsync().ConfigureAwait(false));
        var failed = new List<Slot>();
        Slot? slot = null;
        Slot? candidate = null;
        try
        {
            // 1. Optimization check: may the pool serve this?
            var miss = CheckOptimization(limits);
            clock.End(ClaimStage.OptimizationCheck);

            var variables = Variables(request, agentId);
            while (slot is null)
            {
                // 2. Allocation: a slot from the pool, else a start of its own.
                var warm = miss == MissReason.None ? pool.TryTake() : null;
                if (warm is null && miss == MissReason.None)
                    miss = WhyNoSlot(failed.Count);
                candidate = warm ?? await slots.StartAsync(pool.Template, limits, isAwaited: true, cancellationToken).ConfigureAwait(false);
                clock.End(ClaimStage.Allocation);

                // 3. Verification: it answers, holds the agent's variables and has the agent's limits. A container that was started this
                // very moment is handed over while its sessions open; whoever needs one waits for it.
                if (warm is null)
                    slot = Arm(candidate, variables);
                else if (await verification.TryAsync(candidate, limits, CommandText.Arm(variables), cancellationToken).ConfigureAwait(false))
                    slot = candidate;
                else
                    await verification.RejectAsync(pool, failed, Forget(ref candidate), cancellationToken).ConfigureAwait(false);
                clock.End(ClaimStage.Verification);
            }

            // 4. Monitoring: from here on the event feed's word about this container is about this agent.
            var source = miss == MissReason.None ? StartupSource.Warm : StartupSource.Cold;
            var environment = new LiveEnvironment(Facts(request, agentId, slot, limits, source, miss), slot, variables, _patience, timeProvider);
            reservation.Complete(environment);
            if (slot.IsGone)
                environment.Lose(slot.EndReason);
            clock.End(ClaimStage.Monitoring);

            // 5. Metrics.
            metrics.Claimed(environment.Snapshot(), clock.Total);
            clock.End(ClaimStage.Metrics);

            environment.Started(clock);
            AfterwardsInTheBackground(environment);
            EngineLog.Claimed(logger, agentId, slot.Name, source, miss, clock.Total.TotalMilliseconds);
            return environment.Snapshot();
        }
        catch (Exception exception)
        {
            if (candidate is not null)
                pool.Discard(candidate, "its claim was given up");
            if (exception is SandboxException || !caller.IsCancellationRequested)
                metrics.ClaimFailed(agentId);
            throw;
        }
        finally
        {
            failed.ForEach(each => pool.Discard(each, "it did not answer"));
        }
    }

    /// <summary>
    /// Goes both ways once without giving anything away: so the first claim is as fast as the second, and a template that cannot serve
    /// shows at initialization also where no pool tries it.
    /// </summary>
    /// <exception cref="SandboxException">A container cannot be started or does not pass its verification.</exception>
    public async Task RehearseAsync(CancellationToken cancellationToken)
    {
        if (pool.Target == 0)
        {
            pool.Discard(
                await slots.StartAsync(pool.Template, pool.Template.Limits, isAwaited: false, cancellationToken).ConfigureAwait(false),
                "it was started to try the template");
        }

        if (pool.TryTake() is not { } slot)
            return;
        var answers = false;
        try
        {
            answers = await verification.TryAsync(
                slot, slot.Limits, CommandText.Arm(new Dictionary<string, string>()), cancellationToken).ConfigureAwait(false);
        }
        finally
        {
            if (answers)
                pool.PutBack(slot);
            else
                pool.Discard(slot, "it did not answer");
        }
    }

    private static Slot Arm(Slot slot, IReadOnlyDictionary<string, string> variables)
    {
        slot.Sessions.Arm(CommandText.Arm(variables));
        return slot;
    }

    // From here on somebody else sees to it.
    private static Slot Forget(ref Slot? candidate)
    {
        var forgotten = candidate!;
        candidate = null;
        return forgotten;
    }

    private MissReason WhyNoSlot(int failed) =>
        failed > 0 ? MissReason.SlotsUnhealthy : pool.State == PoolState.Degraded ? MissReason.PoolDegraded : MissReason.PoolEmpty;

    private MissReason CheckOptimization(ResourceLimits limits)
    {
        if (!optimizationEnabled)
            return MissReason.OptimizationDisabled;
        if (pool.Target == 0)
            return MissReason.PoolDisabled;
        return TmpfsPlan.Fits(pool.Template.Limits.Memory, limits.Memory) ? MissReason.None : MissReason.MemoryBelowTmpfs;
    }

    private ResourceLimits Limits(ClaimRequest request)
    {
        var usual = pool.Template.Limits;
        var limits = new ResourceLimits(request.Memory ?? usual.Memory, request.Cpu ?? usual.Cpu, request.PidsLimit ?? usual.PidsLimit);
        LimitRules.Check(limits);
        return limits;
    }

    private static Dictionary<string, string> Variables(ClaimRequest request, string agentId)
    {
        var variables = new Dictionary<string, string>(request.EnvironmentVariables)
        {
            ["AGENT_ID"] = agentId,
            ["AGENT_SPECIALIZATION"] = request.Specialization ?? SandboxTemplate.DefaultName,
        };
        return variables;
    }

    private AgentEnvironment Facts(
        ClaimRequest request, string agentId, Slot slot, ResourceLimits limits, StartupSource source, MissReason miss) => new()
        {
            AgentId = agentId,
            SandboxId = sandbox.SandboxId,
            EnvironmentId = Guid.NewGuid().ToString("n")[..12],
            Specialization = request.Specialization ?? SandboxTemplate.DefaultName,
            Template = slot.Template.Name,
            State = AgentEnvironmentState.Running,
            StartupSource = source,
            MissReason = miss,
            StartupTime = TimeSpan.Zero,
            OptimizationCheckTime = TimeSpan.Zero,
            AllocationTime = TimeSpan.Zero,
            VerificationTime = TimeSpan.Zero,
            MonitoringTime = TimeSpan.Zero,
            MetricsTime = TimeSpan.Zero,
            Health = HealthStatus.Healthy,
            ContainerId = slot.ContainerId,
            ContainerName = slot.Name,
            Image = slot.Template.ImageReference,
            WorkspacePath = SlotPaths.Workspace,
            MemoryLimit = limits.Memory,
            CpuLimit = limits.Cpu,
            PidsLimit = limits.PidsLimit,
            CreatedAt = timeProvider.GetUtcNow(),
            Weakenings = "",
            Tags = string.Join(';', request.Tags.Select(tag => $"{tag.Key}={tag.Value}")),
        };

    // The caller has its object first: the engine's work for the next claim and for people's eyes comes a moment later.
    private void AfterwardsInTheBackground(LiveEnvironment environment)
    {
        pool.Claimed(environment.Slot);
        if (!environment.Slot.Sessions.Opening.IsCompletedSuccessfully)
            background.Start("waiting for the sessions of a container", _ => environment.WatchOpeningAsync());
        background.Start("forking ahead of an agent's first command", async cancellationToken =>
        {
            await Task.Delay(AfterClaim, timeProvider, cancellationToken).ConfigureAwait(false);
            await environment.Slot.Sessions.ForkAheadAsync(cancellationToken).ConfigureAwait(false);
        });
        background.Start("naming a container after its agent", async cancellationToken =>
        {
            var name = ContainerNames.Claimed(environment.Slot.Name, environment.AgentId);
            try
            {
                var given = await environment.Naming.GiveAsync(
                    AfterClaim,
                    () => backend.UpdateContainerAsync(environment.Slot.ContainerId, new ContainerUpdate(Name: name), cancellationToken),
                    cancellationToken).ConfigureAwait(false);
                if (given)
                    environment.ContainerName = name;
            }
            catch (SandboxException exception)
            {
                EngineLog.RenameFailed(logger, environment.AgentId, exception.Message);
            }
        });
    }
}
