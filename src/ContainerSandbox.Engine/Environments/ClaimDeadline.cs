using ContainerSandbox.Engine.Hosting;

namespace ContainerSandbox.Engine.Environments;

/// <summary>How long a claim may take in all, whatever it waits for but an image: each of its calls may take long alone.</summary>
internal sealed class ClaimDeadline(TimeSpan limit, TimeProvider timeProvider)
{
    /// <summary>Runs a claim within the time.</summary>
    /// <param name="claim">The claim; it says when its time begins.</param>
    /// <param name="cancellationToken">Ends it.</param>
    /// <exception cref="SandboxException"><see cref="SandboxErrorId.StartTimedOut"/>: the time was over.</exception>
    public async Task<AgentEnvironment> RunAsync(Func<Action, CancellationToken, Task<AgentEnvironment>> claim, CancellationToken cancellationToken)
    {
        using var deadline = TimeLimit.Start(null, timeProvider);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(deadline.Token, cancellationToken);
        try
        {
            return await claim(() => TimeLimit.Begin(deadline, limit), either.Token).ConfigureAwait(false);
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            throw new SandboxException(
                SandboxErrorId.StartTimedOut,
                SandboxErrorCategory.OperationTimeout,
                $"No container could be handed over within {limit.TotalSeconds:0.#} s. Look at the engine's load, or give Initialize-Sandbox a longer -StartupTimeout.");
        }
    }
}
