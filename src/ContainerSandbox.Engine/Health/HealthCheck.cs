using ContainerSandbox.Engine.Environments;
using ContainerSandbox.Engine.Events;
using ContainerSandbox.Engine.Health.Probes;
using ContainerSandbox.Engine.Monitoring;
using ContainerSandbox.Engine.Pools;
using ContainerSandbox.Engine.Watching;

namespace ContainerSandbox.Engine.Health;

/// <summary>
/// Finds out how well an environment is: looks at it from all sides, has all checks judge what was seen, and remembers the verdict. None of
/// that counts as activity of the agent.
/// </summary>
internal sealed class HealthCheck(
    ContainerProbe container, SpaceProbe space, WorkspaceProbe workspaces, IResourceSampler sampler, PoolTable pools, EngineContact engine,
    EventLog events, string sandboxId, TimeProvider timeProvider)
{
    private const int IntervalsUnseen = 3;
    private static readonly TimeSpan SampleDeadline = TimeSpan.FromSeconds(5);
    private static readonly TimeSpan Lately = TimeSpan.FromMinutes(1);

    /// <summary>From when on something is not well.</summary>
    public HealthThresholds Thresholds { get; init; } = new();

    /// <summary>Checks an environment and settles the verdict.</summary>
    public async Task<HealthResult> RunAsync(LiveEnvironment environment, CancellationToken cancellationToken)
    {
        var result = await LookAsync(environment, HealthCheckOptions.Usual, cancellationToken).ConfigureAwait(false);
        Settle(environment, result);
        return result;
    }

    /// <summary>Checks an environment; the verdict counts once it is settled.</summary>
    public async Task<HealthResult> LookAsync(LiveEnvironment environment, HealthCheckOptions options, CancellationToken cancellationToken)
    {
        var start = timeProvider.GetTimestamp();
        var view = await SeeAsync(environment, options, cancellationToken).ConfigureAwait(false);
        return Result(environment, HealthChecks.Judge(view), timeProvider.GetElapsedTime(start));
    }

    /// <summary>
    /// Judges by a sample and by what is known without asking anybody: for whoever looks often. Of all else it takes the word of the last check, so
    /// that what only a check sees does not come and go.
    /// </summary>
    public HealthResult Judge(LiveEnvironment environment, ResourceSample sample)
    {
        var record = environment.HealthRecord;
        var found = environment.State == AgentEnvironmentState.Lost ? LostFinding(environment) : record.Container;
        var answers = found.Status is HealthStatus.Healthy or HealthStatus.Warning;
        var now = answers ? SpaceProbe.LookNow(environment) : [];
        var view = View(environment, found, sample) with
        {
            Space = answers ? [.. now, .. record.Space.ExceptBy(now.Select(each => each.Path), each => each.Path)] : [],
            WorkspaceTrouble = record.WorkspaceTrouble,
        };
        return Result(environment, HealthChecks.Judge(view), TimeSpan.Zero);
    }

    /// <summary>Makes a verdict the environment's; another one than before is an event.</summary>
    public void Settle(LiveEnvironment environment, HealthResult result)
    {
        if (result.Status != HealthStatus.Unknown)
            environment.HealthRecord.Seen();
        var before = environment.ChangeHealth(result.Status);
        if (before != result.Status)
            events.HealthChanged(environment, before, result.Status, result.Reasons);
    }

    /// <summary>
    /// For whoever checks at an interval and could not: where nothing was seen of an environment for three of them, its health is Unknown.
    /// Null as long as it was.
    /// </summary>
    public HealthResult? Expire(LiveEnvironment environment, TimeSpan interval)
    {
        if (environment.HealthRecord.Unseen is var unseen && unseen <= IntervalsUnseen * interval)
            return null;
        var result = Result(
            environment, new HealthFinding(HealthStatus.Unknown, $"nothing was seen of it for {unseen.TotalSeconds:0} s: Test-SandboxHealth looks now"), TimeSpan.Zero);
        Settle(environment, result);
        return result;
    }

    private async Task<HealthView> SeeAsync(LiveEnvironment environment, HealthCheckOptions options, CancellationToken cancellationToken)
    {
        var (found, sample) = environment.State == AgentEnvironmentState.Lost
            ? (LostFinding(environment), null) : await ProbeAsync(environment, cancellationToken).ConfigureAwait(false);
        var answers = found.Status is HealthStatus.Healthy or HealthStatus.Warning;
        var record = environment.HealthRecord;
        record.Container = found;
        record.Space = answers ? await space.RunAsync(environment, cancellationToken).ConfigureAwait(false) : [];
        record.WorkspaceTrouble = await workspaces.RunAsync(environment, cancellationToken).ConfigureAwait(false);
        return View(environment, found, sample) with
        {
            Space = record.Space,
            WorkspaceTrouble = record.WorkspaceTrouble,
            Connection = answers && options.ConnectivityHost is { } host
                ? await ConnectionProbe.RunAsync(environment, host, options.ConnectivityPort, cancellationToken).ConfigureAwait(false) : null,
        };
    }

    private HealthView View(LiveEnvironment environment, HealthFinding found, ResourceSample? sample)
    {
        var (slot, record) = (environment.Slot, environment.HealthRecord);
        return new HealthView
        {
            Thresholds = Thresholds,
            History = record.Figures,
            Container = found,
            Limits = slot.Limits,
            Sample = sample,
            OutOfMemorySinceLast = record.TakeOutOfMemory(slot.Memory.Count, sample?.OomKills),
            OutOfMemoryLately = slot.Memory.CountWithin(Lately),
            Commands = record.Commands.Read(),
            Losses = record.Losses,
            EngineTrouble = found.Status is HealthStatus.Healthy or HealthStatus.Warning ? engine.Trouble : "",
            PoolTrouble = pools.Find(slot.Template.Name)?.Trouble ?? "",
        };
    }

    private async Task<(HealthFinding Container, ResourceSample? Sample)> ProbeAsync(LiveEnvironment environment, CancellationToken cancellationToken)
    {
        var sampling = SampleAsync(environment, cancellationToken);
        var probing = container.RunAsync(environment, Thresholds.SlowAnswer, cancellationToken);
        await Task.WhenAll(sampling, probing).ConfigureAwait(false);
        return (await probing.ConfigureAwait(false), await sampling.ConfigureAwait(false));
    }

    // Where figures come from the engine they may take long. They are not what a verdict waits for.
    private async Task<ResourceSample> SampleAsync(LiveEnvironment environment, CancellationToken cancellationToken)
    {
        using var deadline = new CancellationTokenSource(SampleDeadline, timeProvider);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(deadline.Token, cancellationToken);
        try
        {
            return await sampler.TakeAsync(environment, either.Token).ConfigureAwait(false);
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            return new ResourceSample
            {
                AgentId = environment.AgentId,
                SandboxId = sandboxId,
                EnvironmentId = environment.EnvironmentId,
                Timestamp = timeProvider.GetUtcNow(),
                GapReason = $"none came within {SampleDeadline.TotalSeconds:0} s",
            };
        }
    }

    private static HealthFinding LostFinding(LiveEnvironment environment) => new(
        HealthStatus.Critical, $"{environment.Snapshot().StateReason}: claim a new one with New-AgentEnvironment -AgentId {environment.AgentId}");

    private HealthResult Result(LiveEnvironment environment, HealthFinding verdict, TimeSpan took) => new()
    {
        AgentId = environment.AgentId,
        SandboxId = sandboxId,
        EnvironmentId = environment.EnvironmentId,
        Status = verdict.Status,
        Reasons = verdict.Reason,
        CheckedAt = timeProvider.GetUtcNow(),
        Duration = took,
    };
}
