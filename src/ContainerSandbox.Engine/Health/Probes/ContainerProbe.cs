using ContainerSandbox.Engine.Backends;
using ContainerSandbox.Engine.Environments;
using ContainerSandbox.Engine.Watching;

namespace ContainerSandbox.Engine.Health.Probes;

/// <summary>Finds out whether a container runs and answers. The engine is asked only when no session answers.</summary>
internal sealed class ContainerProbe(ISandboxBackend backend, EngineContact contact, string selector, TimeProvider timeProvider)
{
    private const string Replace = "remove it with Remove-AgentEnvironment and claim it again";
    private static readonly TimeSpan PingDeadline = TimeSpan.FromSeconds(2);
    private static readonly TimeSpan EngineDeadline = TimeSpan.FromSeconds(5);

    /// <summary>Asks a session.</summary>
    public async Task<HealthFinding> RunAsync(LiveEnvironment environment, TimeSpan slow, CancellationToken cancellationToken)
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
            return took < slow
                ? new HealthFinding(HealthStatus.Healthy, "container running; session answers")
                : new HealthFinding(
                    HealthStatus.Warning,
                    $"container running; session answers only after {took.TotalMilliseconds:F0} ms (warning from {slow.TotalMilliseconds:F0} ms): see what it runs, and how busy the engine's machine is");
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

    private async Task<HealthFinding> AskEngineAsync(LiveEnvironment environment, string why, CancellationToken cancellationToken)
    {
        IReadOnlyList<BackendContainer> containers = [];
        try
        {
            await contact.AskAsync(async token => containers = await ListAsync(token).ConfigureAwait(false), cancellationToken).ConfigureAwait(false);
        }
        catch (SandboxException exception)
        {
            return new HealthFinding(
                HealthStatus.Unknown, $"the engine does not say how the container is: {exception.Message} Test-SandboxEngine says what helps");
        }

        var state = containers.FirstOrDefault(each => each.Id == environment.Slot.ContainerId)?.State;
        var (what, next) = state switch
        {
            BackendContainerState.Running => ("container running", $"see what it runs, or {Replace}"),
            BackendContainerState.Paused => ("container paused", $"somebody paused it; unpause it with the engine's command line, or {Replace}"),
            null => ("container gone", Replace),
            _ => ("container ended", Replace),
        };
        return new HealthFinding(HealthStatus.Critical, $"{what}; {why}: {next}");
    }

    // Sooner than the engine's own calls give up: whoever checks waits for it.
    private async Task<IReadOnlyList<BackendContainer>> ListAsync(CancellationToken cancellationToken)
    {
        using var deadline = new CancellationTokenSource(EngineDeadline, timeProvider);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(deadline.Token, cancellationToken);
        try
        {
            return await backend.ListContainersAsync(selector, either.Token).ConfigureAwait(false);
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            throw new SandboxException(
                SandboxErrorId.EngineNotResponding, SandboxErrorCategory.OperationTimeout, $"The engine did not answer within {EngineDeadline.TotalSeconds:0} s.");
        }
    }
}
