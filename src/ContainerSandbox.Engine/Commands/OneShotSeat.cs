using ContainerSandbox.Engine.Sessions;

namespace ContainerSandbox.Engine.Commands;

/// <summary>Runs a command in a session that becomes it: for a command that reads its standard input.</summary>
internal sealed class OneShotSeat(SessionSet sessions) : ICommandSeat
{
    private readonly WorkerSeat _worker = new(sessions);

    public CommandSource Source => CommandSource.OneShot;

    public Task<ShellSession> TakeAsync(CancellationToken cancellationToken) => sessions.TakeOneShotAsync(cancellationToken);

    public Exchange NewExchange(ShellSession session, long maximumOutput) => Exchange.OneShot(ShellSession.NewMark(), maximumOutput);

    public Task SendAsync(ShellSession session, Exchange exchange, CommandRequest request, CancellationToken cancellationToken)
    {
        var text = SessionScript.OneShot(sessions.ArmFor(session), CommandText.Prelude(request, ""), request.Command, exchange.Mark);
        return session.SendAsync(exchange, text, cancellationToken);
    }

    public Task<int> CountLeftAsync(ShellSession session, CancellationToken cancellationToken) => _worker.CountLeftAsync(session, cancellationToken);

    public Task TerminateAsync(ShellSession session, CancellationToken cancellationToken) => _worker.TerminateAsync(session, cancellationToken);

    public Task<bool> KillAsync(ShellSession session, CancellationToken cancellationToken) => _worker.KillAsync(session, cancellationToken);

    public ValueTask ReturnAsync(ShellSession session, int? processesLeft) => sessions.DiscardAsync(session);
}
