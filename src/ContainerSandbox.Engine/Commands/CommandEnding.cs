using ContainerSandbox.Engine.Sessions;

namespace ContainerSandbox.Engine.Commands;

/// <summary>Waits for the end of a command and learns its exit code.</summary>
internal sealed class CommandEnding(TimeProvider timeProvider)
{
    private static readonly TimeSpan FirstLook = TimeSpan.FromMilliseconds(50);
    private static readonly TimeSpan LongestPause = TimeSpan.FromMilliseconds(500);
    private static readonly TimeSpan Quiet = TimeSpan.FromMilliseconds(50);
    private static readonly TimeSpan LongestDrain = TimeSpan.FromSeconds(2);
    private static readonly TimeSpan ExitCodeDeadline = TimeSpan.FromSeconds(5);

    /// <summary>Waits; a worker says so itself, of every other session the engine knows.</summary>
    /// <exception cref="SandboxException">The connection or the container was lost before the exit code was known.</exception>
    public async Task<CommandOutcome> WaitAsync(ICommandSeat seat, ShellSession session, Exchange exchange, CancellationToken cancellationToken)
    {
        if (seat.Source == CommandSource.Worker)
        {
            var end = await exchange.End.WaitAsync(cancellationToken).ConfigureAwait(false);
            if (end.Status is { } status)
                return new CommandOutcome(status, end.ProcessesLeft, false);
            if (end.Failure is null && !exchange.HasBegun)
                return new CommandOutcome(CommandRunner.Killed, null, false);
        }
        else if (await LeaderEndAsync(session, exchange, cancellationToken).ConfigureAwait(false) is { } exitCode)
        {
            return new CommandOutcome(exitCode, null, false);
        }

        return new CommandOutcome(await ExitCodeAsync(session, exchange, cancellationToken).ConfigureAwait(false), null, false);
    }

    // The streams of a command whose child holds them end two seconds after it; its own end shows earlier by asking.
    private async Task<int?> LeaderEndAsync(ShellSession session, Exchange exchange, CancellationToken cancellationToken)
    {
        for (var pause = FirstLook; !exchange.End.IsCompleted; pause = pause * 2 < LongestPause ? pause * 2 : LongestPause)
        {
            await Task.WhenAny(exchange.End, Task.Delay(pause, timeProvider, cancellationToken)).ConfigureAwait(false);
            cancellationToken.ThrowIfCancellationRequested();
            if (exchange.End.IsCompleted)
                break;
            if (await session.GetExitCodeAsync(cancellationToken).ConfigureAwait(false) is { } exitCode)
            {
                await DrainAsync(exchange, cancellationToken).ConfigureAwait(false);
                return exitCode;
            }
        }

        return null;
    }

    // A child that writes without pause is not waited for longer than an engine would.
    private async Task DrainAsync(Exchange exchange, CancellationToken cancellationToken)
    {
        var start = timeProvider.GetTimestamp();
        for (var reads = -1L; reads != exchange.Reads && !exchange.End.IsCompleted && timeProvider.GetElapsedTime(start) < LongestDrain;)
        {
            reads = exchange.Reads;
            await Task.WhenAny(exchange.End, Task.Delay(Quiet, timeProvider, cancellationToken)).ConfigureAwait(false);
        }
    }

    // The end of the streams alone is never success: only an exit code is.
    private async Task<int> ExitCodeAsync(ShellSession session, Exchange exchange, CancellationToken cancellationToken)
    {
        var end = await exchange.End.WaitAsync(cancellationToken).ConfigureAwait(false);
        if (end.Failure is not null)
            throw Lost(end.Failure);
        var start = timeProvider.GetTimestamp();
        for (var pause = TimeSpan.FromMilliseconds(1); timeProvider.GetElapsedTime(start) < ExitCodeDeadline; pause *= 2)
        {
            if (await session.GetExitCodeAsync(cancellationToken).ConfigureAwait(false) is { } exitCode)
                return exitCode;
            await Task.Delay(pause, timeProvider, cancellationToken).ConfigureAwait(false);
        }

        throw Lost(null);
    }

    private static Exception Lost(Exception? cause) => cause as SandboxException ?? new SandboxException(
        SandboxErrorId.EngineLost,
        SandboxErrorCategory.ConnectionError,
        "The connection to the command was lost before its exit code was known. Whether it ran to its end cannot be told.",
        innerException: cause);
}
