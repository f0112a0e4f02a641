using ContainerSandbox.Engine.Backends;
using ContainerSandbox.Engine.Environments;
using ContainerSandbox.Engine.Pools;

namespace ContainerSandbox.Engine.Health;

/// <summary>Finds out how well an environment is: its container runs and a session of it answers.</summary>
internal sealed class HealthCheck(
    ISandboxBackend backend, PoolTable pools, WorkspaceCheck workspaces, string selector, string sandboxId, TimeProvider timeProvider)
{
    private static readonly TimeSpan PingDeadline = TimeSpan.FromSeconds(2);
    private static readonly TimeSpan SlowPing = TimeSpan.FromMilliseconds(500);

    /// <summary>Checks an environment. The engine is asked only when the session does not answer.</summary>
    public async Task<HealthResult> RunAsync(LiveEnvironment environment, CancellationToken cancellationToken)
    {
        var start = timeProvider.GetTimestamp();
        var (status, reasons) = environment.State == AgentEnvironmentState.Lost
            ? (HealthStatus.Critical, environment.Snapshot().StateReason)
            : await PingAsync(environment, cancellationToken).ConfigureAwait(false);

        // It works, but nothing stands ready to follow it.
        if (pools.Find(environment.Slot.Template.Name)?.Trouble is { Length: > 0 } trouble)
            (status, reasons) = (status == HealthStatus.Healthy ? HealthStatus.Warning : status, $"{reasons}; its pool is degraded: {trouble}");
        if (await workspaces.RunAsync(environment, cancellationToken).ConfigureAwait(false) is { } tooLarge)
            (status, reasons) = (status == HealthStatus.Healthy ? HealthStatus.Warning : status, $"{reasons}; {tooLarge}");
        environment.Health = status;
        return new HealthResult
        {
            AgentId = environment.AgentId,
            SandboxId = sandboxId,
            EnvironmentId = environment.EnvironmentId,
            Status = status,
            Reasons = reasons,
            CheckedAt = timeProvider.GetUtcNow(),
            Duration = timeProvider.GetElapsedTime(start),
        };
    }

    private async Task<(HealthStatus Status, string Reasons)> PingAsync(LiveEnvironment environment, CancellationToken cancellationToken)
    {
        using var deadline = new CancellationTokenSource(PingDeadline, timeProvider);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(deadline.Token, cancellationToken);
        try
        {
            // Its sessions may still be opening, when it was handed over a moment ago: that is no slow answer.
            await environment.Slot.Sessions.Opening.WaitAsync(either.Token).ConfigureAwait(false);
            var start = timeProvider.GetTimestamp();
            await environment.Slot.Sessions.AskSpareAsync(":", either.Token).ConfigureAwait(false);
            var took = timeProvider.GetElapsedTime(start);
            return took < SlowPing
                ? (HealthStatus.Healthy, "container running; session answers")
                : (HealthStatus.Warning, $"container running; session answers only after {took.TotalMilliseconds:F0} ms");
        }
        catch (SandboxException exception)
        {
            return await AskEngineAsync(environment, exception.Message, cancellationToken).ConfigureAwait(false);
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            return await AskEngineAsync(
                environment, $"no session answers within {PingDeadline.TotalSeconds:F0} s", cancellationToken).ConfigureAwait(false);
        }
    }

    private async Task<(HealthStatus Status, string Reasons)> AskEngineAsync(LiveEnvironment environment, string why, CancellationToken cancellationToken)
    {
        try
        {
            var containers = await backend.ListContainersAsync(selector, cancellationToken).ConfigureAwait(false);
            var container = containers.FirstOrDefault(each => each.Id == environment.Slot.ContainerId);
            var state = container?.State switch
            {
                BackendContainerState.Running => "container running",
                BackendContainerState.Paused => "container paused",
                null => "container gone",
                _ => "container ended",
            };
            return (HealthStatus.Critical, $"{state}; {why}");
        }
        catch (SandboxException exception)
        {
            return (HealthStatus.Unknown, $"the engine does not say how the container is: {exception.Message}");
        }
    }
}
