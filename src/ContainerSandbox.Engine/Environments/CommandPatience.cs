using ContainerSandbox.Engine.Hosting;

namespace ContainerSandbox.Engine.Environments;

/// <summary>
/// Ends the wait for a command whose time is over when the engine is silent: what was to end the command hangs then too. It goes on
/// without the caller.
/// </summary>
internal sealed class CommandPatience(Func<CancellationToken, Task> ask, BackgroundWork background, TimeProvider timeProvider)
{
    private static readonly TimeSpan EndingTakes = TimeSpan.FromMilliseconds(500);
    private static readonly TimeSpan AnswerTakes = TimeSpan.FromMilliseconds(500);

    /// <summary>Waits for a command.</summary>
    /// <param name="command">The command, which ends itself after its time, and at cancellation.</param>
    /// <param name="timeout">Its time.</param>
    /// <param name="cancellationToken">Its cancellation.</param>
    /// <exception cref="SandboxException"><see cref="SandboxErrorId.EngineNotResponding"/>: it is not known to have ended.</exception>
    public async Task<CommandResult> WaitAsync(Task<CommandResult> command, TimeSpan? timeout, CancellationToken cancellationToken)
    {
        using var time = TimeLimit.Start(timeout, timeProvider);
        using var over = CancellationTokenSource.CreateLinkedTokenSource(time.Token, cancellationToken);
        await ((Task)command).WaitAsync(over.Token).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        if (command.IsCompleted)
            return await command.ConfigureAwait(false);
        await Task.WhenAny(command, Task.Delay(EndingTakes, timeProvider, CancellationToken.None)).ConfigureAwait(false);
        if (command.IsCompleted || await AnswersAsync(command).ConfigureAwait(false))
            return await command.ConfigureAwait(false);

        background.Start("ending a command that was over", _ => command);
        cancellationToken.ThrowIfCancellationRequested();
        throw new SandboxException(
            SandboxErrorId.EngineNotResponding,
            SandboxErrorCategory.OperationTimeout,
            "The command's time was over, and the engine does not answer: whether the command ended cannot be told. It ends when the engine answers again, or with its environment.");
    }

    // The command may take its time to end in an engine that works; then its result is worth the wait.
    private async Task<bool> AnswersAsync(Task command)
    {
        using var deadline = new CancellationTokenSource(AnswerTakes, timeProvider);
        try
        {
            await Task.WhenAny(command, ask(deadline.Token)).Unwrap().ConfigureAwait(false);
            return true;
        }
        catch (Exception exception) when (exception is SandboxException or OperationCanceledException)
        {
            return command.IsCompleted;
        }
    }
}
