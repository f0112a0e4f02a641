using System.Globalization;
using ContainerSandbox.Engine.Sessions;

namespace ContainerSandbox.Engine.Commands;

/// <summary>Runs a command in a session that takes the next one afterwards.</summary>
internal sealed class WorkerSeat(SessionSet sessions) : ICommandSeat
{
    public CommandSource Source => CommandSource.Worker;

    public Task<ShellSession> TakeAsync(CancellationToken cancellationToken) => sessions.TakeWorkerAsync(cancellationToken);

    // The directory is the workspace already: a worker's commands cannot change it for each other.
    public string Request(ShellSession session, CommandRequest request, string mark) =>
        SessionScript.Worker(sessions.ArmFor(session), CommandText.Prelude(request, ""), request.Command, mark);

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

    public ValueTask ReturnAsync(ShellSession session, int? processesLeft) => sessions.ReturnAsync(session, processesLeft);
}
