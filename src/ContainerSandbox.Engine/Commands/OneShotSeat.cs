using ContainerSandbox.Engine.Sessions;

namespace ContainerSandbox.Engine.Commands;

/// <summary>Runs a command in a session that becomes it: for a command that reads its standard input.</summary>
internal sealed class OneShotSeat(SessionSet sessions) : ICommandSeat
{
    private readonly WorkerSeat _worker = new(sessions);

    public CommandSource Source => CommandSource.OneShot;

    public Task<ShellSession> TakeAsync(CancellationToken cancellationToken) => sessions.TakeOneShotAsync(cancellationToken);

    public string Request(ShellSession session, CommandRequest request, string mark) =>
        SessionScript.OneShot(sessions.ArmFor(session), CommandText.Prelude(request, ""), request.Command, mark);

    public Task<int> CountLeftAsync(ShellSession session, CancellationToken cancellationToken) => _worker.CountLeftAsync(session, cancellationToken);

    public Task TerminateAsync(ShellSession session, CancellationToken cancellationToken) => _worker.TerminateAsync(session, cancellationToken);

    public Task<bool> KillAsync(ShellSession session, CancellationToken cancellationToken) => _worker.KillAsync(session, cancellationToken);

    public ValueTask ReturnAsync(ShellSession session, int? processesLeft) => sessions.DiscardAsync(session);
}
