using ContainerSandbox.Engine.Hosting;

namespace ContainerSandbox.Engine.Environments;

/// <summary>
/// Ends the wait for a command whose time is over when the engine is silent, or only its container: what was to end the command hangs
/// then too. It goes on without the caller.
/// </summary>
internal sealed class CommandPatience(Func<CancellationToken, Task> ask, BackgroundWork background, TimeProvider timeProvider)
{
    private static readonly TimeSpan EndingTakes = TimeSpan.FromMilliseconds(500);
    private static readonly TimeSpan AnswerTakes = TimeSpan.FromMilliseconds(500);

    // Whoever ends the command may have woken up earlier than who waits for it.
    private static readonly TimeSpan Earlier = TimeSpan.FromMilliseconds(100);

    /// <summary>Waits for a command.</summary>
    /// <param name="command">The command, which ends itself after its time, and at cancellation.</param>
    /// <param name="timeout">Its time.</param>
    /// <param name="containerAnswered">True when its container said something at a timestamp or later.</param>
    /// <param name="cancellationToken">Its cancellation.</param>
    /// <exception cref="SandboxException"><see cref="SandboxErrorId.EngineNotResponding"/>: it is not known to have ended.</exception>
    public async Task<CommandResult> WaitAsync(
        Task<CommandResult> command, TimeSpan? timeout, Func<long, bool> containerAnswered, CancellationToken cancellationToken)
    {
        using var time = TimeLimit.Start(timeout, timeProvider);
        using var over = CancellationTokenSource.CreateLinkedTokenSource(time.Token, cancellationToken);
        await ((Task)command).WaitAsync(over.Token).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        if (command.IsCompleted)
            return await command.ConfigureAwait(false);
        var end = timeProvider.GetTimestamp() - (long)(Earlier.TotalSeconds * timeProvider.TimestampFrequency);
        await PauseAsync(command, EndingTakes).ConfigureAwait(false);
        var engineAnswers = command.IsCompleted || await EngineAnswersAsync(command).ConfigureAwait(false);
        if (engineAnswers && !command.IsCompleted && !containerAnswered(end))
            await PauseAsync(command, AnswerTakes).ConfigureAwait(false);

        // The command may take its time to end in a container that works; then its result is worth the wait.
        if (command.IsCompleted || (engineAnswers && containerAnswered(end)))
            return await command.ConfigureAwait(false);

        background.Start("ending a command that was over", _ => command);
        cancellationToken.ThrowIfCancellationRequested();
        throw new SandboxException(
            SandboxErrorId.EngineNotResponding,
            SandboxErrorCategory.OperationTimeout,
            engineAnswers
                ? "The command's time was over, and its container does not answer, although the engine does: whether the command ended cannot be told. If the container stays silent, its environment is lost."
                : "The command's time was over, and the engine does not answer: whether the command ended cannot be told. It ends when the engine answers again, or with its environment.");
    }

    private Task<Task> PauseAsync(Task command, TimeSpan pause) => Task.WhenAny(command, Task.Delay(pause, timeProvider, CancellationToken.None));

    private async Task<bool> EngineAnswersAsync(Task command)
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
