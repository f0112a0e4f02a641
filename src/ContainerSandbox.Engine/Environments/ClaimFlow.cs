using ContainerSandbox.Engine.Commands;
using ContainerSandbox.Engine.Events;
using ContainerSandbox.Engine.Hosting;
using ContainerSandbox.Engine.Metrics;
using ContainerSandbox.Engine.Monitoring;
using ContainerSandbox.Engine.Optimization;
using ContainerSandbox.Engine.Ownership;
using ContainerSandbox.Engine.Pools;
using ContainerSandbox.Engine.Slots;
using ContainerSandbox.Engine.Workspaces;
using Microsoft.Extensions.Logging;

namespace ContainerSandbox.Engine.Environments;

/// <summary>Gives an agent a container: a ready one where there is one, else a new one. Never an error because a pool is empty.</summary>
internal sealed class ClaimFlow(
    SandboxIdentity sandbox, ClaimCheck check, SlotFactory slots, SlotVerification verification, EnvironmentTable environments,
    ResourceSampler sampler, MetricsLedger metrics, EventLog events, DemandBook demand, CommandPatience patience, ClaimDeadline deadline, AfterClaim afterwards, BackgroundWork background,
    TimeProvider timeProvider, ILogger logger, BoundWorkspace? workspace = null)
{
    /// <summary>Gives an agent a container within the time that it may take.</summary>
    public Task<AgentEnvironment> ClaimAsync(ClaimRequest request, CancellationToken cancellationToken) =>
        deadline.RunAsync((begin, token) => ClaimWithinAsync(request, begin, token, cancellationToken), cancellationToken);

    // The creation flow, stage by stage.
    private async Task<AgentEnvironment> ClaimWithinAsync(
        ClaimRequest request, Action beginTime, CancellationToken cancellationToken, CancellationToken caller)
    {
        var clock = new StageClock(timeProvider);
        var agentId = request.AgentId ?? environments.Draw(AgentIds.Random);
        AgentIds.Check(agentId);
        CommandText.CheckVariables(request.EnvironmentVariables);
        var pool = check.PoolOf(request.Specialization);
        var limits = ClaimCheck.Limits(request, pool.Template);
        using var reservation = environments.Reserve(agentId);
        if (reservation.Lost is { } lost)
            background.Start("closing what a lost environment held", async _ => await lost.Slot.DisposeAsync().ConfigureAwait(false));
        using var folder = workspace is not null && pool.Template.Workspace == WorkspaceKind.Bound
            ? await workspace.ClaimAsync(agentId, cancellationToken).ConfigureAwait(false) : null;
        var failed = new List<Slot>();
        Slot? slot = null;
        Slot? candidate = null;
        try
        {
            // 1. Optimization check: may the pool serve this? An image that has to be brought first takes as long as it takes.
            var order = await check.RunAsync(request, agentId, pool, limits, folder, cancellationToken).ConfigureAwait(false);
            var miss = order.Miss;
            beginTime();
            clock.End(ClaimStage.OptimizationCheck);

            var variables = ClaimFacts.Variables(request, agentId);
            while (slot is null)
            {
                // 2. Allocation: a slot from the pool, else a start of its own.
                var warm = miss is null ? pool.TryTake() : null;
                if (warm is null)
                    miss ??= check.WhyNoSlot(agentId, pool, failed.Count);
                candidate = warm
                    ?? await slots.StartAsync(order.Template, order.Image, limits, isAwaited: true, cancellationToken, folder).ConfigureAwait(false);
                clock.End(ClaimStage.Allocation);

                // 3. Verification: it answers, holds the agent's variables, has the agent's limits and the agent's folder. A container that was started this
                // very moment is handed over while its sessions open; whoever needs one waits for it.
                if (warm is null)
                    slot = Arm(candidate, variables);
                else if (!await verification.TryAsync(candidate, limits, CommandText.Arm(variables), pool.Ready == 0, cancellationToken).ConfigureAwait(false))
                    await verification.RejectAsync(pool, failed, Forget(ref candidate), cancellationToken).ConfigureAwait(false);
                else if (folder?.Adopt(candidate.Workspace) is not { } notMovable)
                    slot = candidate;
                else
                    miss = Discard(pool, Forget(ref candidate), check.NotMovable(agentId, notMovable));
                clock.End(ClaimStage.Verification);
            }

            // 4. Monitoring: from here on the event feed's word about this container is about this agent. A first sample, where that needs no call.
            var facts = ClaimFacts.Describe(
                request, agentId, sandbox.SandboxId, slot, limits, miss?.Reason ?? MissReason.None, timeProvider.GetUtcNow());
            var environment = new LiveEnvironment(facts, slot, variables, patience, timeProvider) { Request = request };
            if (reservation.Lost is { } former)
                environment.HealthRecord.Follow(former.HealthRecord);
            reservation.Complete(environment);
            folder?.Complete();
            if (slot.IsGone)
                environment.Lose(slot.EndReason);
            var isSampled = sampler.TryTakeFirst(environment);
            clock.End(ClaimStage.Monitoring);

            // 5. Metrics.
            pool.Claims.Add(miss);
            metrics.Claimed(environment.Snapshot(), new ClaimTimes(clock.Total, clock[ClaimStage.Allocation], clock[ClaimStage.Verification]));
            clock.End(ClaimStage.Metrics);

            // The caller has its object first: the engine's work for the next claim comes a moment later.
            environment.Started(clock);
            Tell(pool, environment, miss, clock.Total);
            pool.Claimed(slot);
            afterwards.Begin(environment, isSampled);
            EngineLog.Claimed(logger, agentId, slot.Name, facts.StartupSource, facts.MissReason, clock.Total.TotalMilliseconds);
            return environment.Snapshot();
        }
        catch (Exception exception)
        {
            if (candidate is not null)
                pool.Discard(candidate, "its claim was given up");
            if (exception is SandboxException || !caller.IsCancellationRequested)
            {
                metrics.ClaimFailed(agentId);
                events.ClaimFailed(agentId, exception);
            }

            throw;
        }
        finally
        {
            failed.ForEach(each => pool.Discard(each, "it did not answer"));
        }
    }

    // In this order: it is lost after it was claimed, also where it ended meanwhile.
    private void Tell(SandboxPool pool, LiveEnvironment environment, SandboxPoolMiss? miss, TimeSpan took)
    {
        if (miss is not null)
            events.Missed(miss, environment.EnvironmentId);
        var claimed = environment.Snapshot();
        events.Claimed(claimed, took);
        demand.Claimed(pool.Template.Name, pool.Target, claimed.MissReason, claimed.AllocationTime);
        environment.TellOfLoss(events.Lost);
    }

    // It holds the agent's variables: nobody else gets it.
    private static SandboxPoolMiss Discard(SandboxPool pool, Slot slot, SandboxPoolMiss why)
    {
        pool.Discard(slot, why.Detail);
        return why;
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
}
