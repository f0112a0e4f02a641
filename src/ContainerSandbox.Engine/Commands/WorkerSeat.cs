using System.Globalization;
using ContainerSandbox.Engine.Sessions;

namespace ContainerSandbox.Engine.Commands;

/// <summary>Runs a command in a session that takes the next one afterwards.</summary>
internal sealed class WorkerSeat(SessionSet sessions) : ICommandSeat
{
    public CommandSource Source => CommandSource.Worker;

    public Task<ShellSession> TakeAsync(CancellationToken cancellationToken) => sessions.TakeWorkerAsync(cancellationToken);

    public Exchange NewExchange(ShellSession session, long maximumOutput) => session.NewCommand(maximumOutput);

    // The directory is the workspace already: a worker's commands cannot change it for each other.
    public Task SendAsync(ShellSession session, Exchange exchange, CommandRequest request, CancellationToken cancellationToken) =>
        session.SendCommandAsync(exchange, SessionScript.Worker(CommandText.Prelude(request, ""), request.Command), cancellationToken);

    public async Task<int> CountLeftAsync(ShellSession session, CancellationToken cancellationToken)
    {
        var (_, count) = await sessions.AskSpareAsync(
            $"__cs_find Gid {session.GroupId}; set -- $__cs_f; echo $#", cancellationToken).ConfigureAwait(false);
        return int.TryParse(count, NumberStyles.AllowTrailingWhite, CultureInfo.InvariantCulture, out var left) ? left : 0;
    }

    public Task TerminateAsync(ShellSession session, CancellationToken cancellationToken) =>
        sessions.AskSpareAsync($"kill -TERM -{session.ProcessId} 2>/dev/null", cancellationToken);

    public async Task<bool> KillAsync(ShellSession session, CancellationToken cancellationToken)
    {
        var (status, _) = await sessions.AskSpareAsync($"__cs_kill {session.GroupId} {session.ProcessId}", cancellationToken)
            .ConfigureAwait(false);
        return status == 0;
    }

    public async ValueTask ReturnAsync(ShellSession session, int? processesLeft)
    {
        if (processesLeft == 0)
            await session.ForkAheadAsync(CancellationToken.None).ConfigureAwait(false);
        await sessions.ReturnAsync(session, processesLeft).ConfigureAwait(false);
    }
}
