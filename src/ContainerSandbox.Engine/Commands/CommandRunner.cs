using ContainerSandbox.Engine.Hosting;
using ContainerSandbox.Engine.Sessions;

namespace ContainerSandbox.Engine.Commands;

/// <summary>Runs one command from its request to its result, whichever way it goes.</summary>
internal sealed class CommandRunner(TimeProvider timeProvider, MemoryWatch memory, Task opening)
{
    private const int MostAttempts = 3;
    public const int Killed = 137;
    private static readonly TimeSpan KillDeadline = TimeSpan.FromSeconds(10);
    private static readonly TimeSpan CountDeadline = TimeSpan.FromSeconds(2);
    private readonly CommandEnding _ending = new(timeProvider);

    /// <summary>Runs a command.</summary>
    /// <param name="origin">Whose it is.</param>
    /// <param name="seat">The way to run it.</param>
    /// <param name="request">The command.</param>
    /// <param name="giveUp">Called when processes of the command would not end: the environment must go.</param>
    /// <param name="cancellationToken">Ends the command and the call.</param>
    public async Task<CommandResult> RunAsync(
        CommandOrigin origin, ICommandSeat seat, CommandRequest request, Action<string> giveUp, CancellationToken cancellationToken)
    {
        using var timeout = TimeLimit.Start(request.Timeout, timeProvider);
        using var ending = CancellationTokenSource.CreateLinkedTokenSource(timeout.Token, cancellationToken);
        for (var attempt = 1; attempt <= MostAttempts; attempt++)
        {
            var (startedAt, start) = (timeProvider.GetUtcNow(), timeProvider.GetTimestamp());
            ShellSession session;
            try
            {
                await opening.WaitAsync(ending.Token).ConfigureAwait(false);
                session = await seat.TakeAsync(ending.Token).ConfigureAwait(false);
            }
            catch (SandboxException exception) when (attempt < MostAttempts && IsLostSession(exception))
            {
                // Nothing of the command was sent yet: what was lost is a session, and another may open.
                continue;
            }
            catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
            {
                // Another command had the turn, or no session came, all the time that this one had.
                var never = new CommandOutcome(Killed, null, TimedOut: true);
                var nothing = Exchange.Control(ShellSession.NewMark());
                return Result(origin, seat, request, nothing, never, startedAt, timeProvider.GetElapsedTime(start), outOfMemory: false);
            }

            int? left = null;
            try
            {
                var exchange = seat.NewExchange(session, request.MaximumOutput);
                (startedAt, start) = (timeProvider.GetUtcNow(), timeProvider.GetTimestamp());
                var since = memory.Now;
                var outcome = await ConductAsync(seat, session, exchange, request, giveUp, ending.Token, cancellationToken).ConfigureAwait(false);

                // The agent may end its own idle sessions: then nothing of the command ran, and another session takes it.
                if (!exchange.HasBegun && !outcome.TimedOut)
                    continue;
                left = outcome.ProcessesLeft;
                var duration = timeProvider.GetElapsedTime(start);
                var outOfMemory = await memory.HappenedSinceAsync(since, outcome is { ExitCode: Killed, TimedOut: false }, cancellationToken)
                    .ConfigureAwait(false);
                if (outcome is { ProcessesLeft: null, TimedOut: false })
                    outcome = outcome with { ProcessesLeft = await CountLeftAsync(seat, session, cancellationToken).ConfigureAwait(false) };
                return Result(origin, seat, request, exchange, outcome, startedAt, duration, outOfMemory);
            }
            finally
            {
                await seat.ReturnAsync(session, left).ConfigureAwait(false);
            }
        }

        throw new SandboxException(
            SandboxErrorId.SessionFailed,
            SandboxErrorCategory.ResourceUnavailable,
            $"The command was not run: {MostAttempts} sessions in a row ended before they took it up. The agent may end its sessions, or may have used up its processes.",
            request.Command);
    }

    // One that was silent has had its time, and another would be.
    private static bool IsLostSession(SandboxException exception) =>
        exception.ErrorId is SandboxErrorId.EngineLost or SandboxErrorId.EngineError or SandboxErrorId.SessionFailed
        && exception.Category != SandboxErrorCategory.OperationTimeout;

    private async Task<CommandOutcome> ConductAsync(
        ICommandSeat seat, ShellSession session, Exchange exchange, CommandRequest request, Action<string> giveUp,
        CancellationToken ending, CancellationToken cancellationToken)
    {
        try
        {
            await seat.SendAsync(session, exchange, request, ending).ConfigureAwait(false);
            if (seat.Source != CommandSource.Worker)
                await CommandInput.FeedAsync(session, exchange, request.StandardInput, ending).ConfigureAwait(false);
            return await _ending.WaitAsync(seat, session, exchange, ending).ConfigureAwait(false);
        }
        catch (OperationCanceledException)
        {
            var grace = cancellationToken.IsCancellationRequested ? TimeSpan.Zero : request.GracePeriod;
            var exitCode = await EndAsync(seat, session, exchange, grace, giveUp).ConfigureAwait(false);
            cancellationToken.ThrowIfCancellationRequested();
            return new CommandOutcome(exitCode, null, TimedOut: true);
        }
        catch (Exception exception) when (exception is not SandboxException)
        {
            // Its input failed: the command must not go on without anybody who waits for it.
            await EndAsync(seat, session, exchange, TimeSpan.Zero, giveUp).ConfigureAwait(false);
            throw;
        }
    }

    // The command has ended and its exit code is known: a session that cannot count does not change that.
    private async Task<int> CountLeftAsync(ICommandSeat seat, ShellSession session, CancellationToken cancellationToken)
    {
        using var deadline = new CancellationTokenSource(CountDeadline, timeProvider);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(deadline.Token, cancellationToken);
        try
        {
            return await seat.CountLeftAsync(session, either.Token).ConfigureAwait(false);
        }
        catch (Exception exception) when (exception is SandboxException or OperationCanceledException)
        {
            return 0;
        }
    }

    private async Task<int> EndAsync(ICommandSeat seat, ShellSession session, Exchange exchange, TimeSpan grace, Action<string> giveUp)
    {
        using var deadline = new CancellationTokenSource(KillDeadline, timeProvider);
        try
        {
            if (grace > TimeSpan.Zero)
            {
                await seat.TerminateAsync(session, deadline.Token).ConfigureAwait(false);
                deadline.CancelAfter(grace + KillDeadline);
                await Task.WhenAny(exchange.End, Task.Delay(grace, timeProvider, deadline.Token)).ConfigureAwait(false);
            }

            var ended = exchange.End.IsCompleted ? await exchange.End.ConfigureAwait(false) : null;
            if (!await seat.KillAsync(session, deadline.Token).ConfigureAwait(false))
                giveUp("processes of a command that was over would not end");
            await exchange.End.WaitAsync(deadline.Token).ConfigureAwait(false);
            return ended?.Status ?? Killed;
        }
        catch (Exception exception) when (exception is OperationCanceledException or SandboxException)
        {
            giveUp("a command that was over could not be ended");
            return Killed;
        }
    }

    private static CommandResult Result(
        CommandOrigin origin, ICommandSeat seat, CommandRequest request, Exchange exchange, CommandOutcome outcome,
        DateTimeOffset startedAt, TimeSpan duration, bool outOfMemory)
    {
        exchange.Close();
        var output = exchange.Output.Text(out var invalidOutput);
        var error = exchange.Error.Text(out var invalidError);
        return new CommandResult
        {
            AgentId = origin.AgentId,
            SandboxId = origin.SandboxId,
            EnvironmentId = origin.EnvironmentId,
            Command = request.Command,
            ExitCode = outcome.ExitCode,
            StandardOutput = output,
            StandardError = error,
            Duration = duration,
            TimedOut = outcome.TimedOut,
            Truncated = exchange.Output.Truncated || exchange.Error.Truncated,
            InvalidUtf8 = invalidOutput || invalidError,
            OomKilled = outOfMemory,
            ProcessesLeft = outcome.ProcessesLeft ?? 0,
            Source = seat.Source,
            StartedAt = startedAt,
        };
    }
}
