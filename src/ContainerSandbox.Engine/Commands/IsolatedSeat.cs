using ContainerSandbox.Engine.Sessions;
using ContainerSandbox.Engine.Slots;

namespace ContainerSandbox.Engine.Commands;

/// <summary>Runs a command under the environment's second user, in a session of its own.</summary>
internal sealed class IsolatedSeat(IsolatedSessions sessions, IReadOnlyDictionary<string, string> claimVariables) : ICommandSeat
{
    public CommandSource Source => CommandSource.Isolated;

    public Task<ShellSession> TakeAsync(CancellationToken cancellationToken) => sessions.TakeAsync(cancellationToken);

    public Exchange NewExchange(ShellSession session, long maximumOutput) => Exchange.OneShot(ShellSession.NewMark(), maximumOutput);

    public Task SendAsync(ShellSession session, Exchange exchange, CommandRequest request, CancellationToken cancellationToken)
    {
        var variables = new Dictionary<string, string>(claimVariables);
        foreach (var (name, value) in sessions.Variables)
            variables[name] = value;
        var prelude = CommandText.Prelude(request, SlotPaths.Workspace);
        return session.SendAsync(
            exchange, SessionScript.OneShot(CommandText.Arm(variables), prelude, request.Command, exchange.Mark), cancellationToken);
    }

    // Whatever it left is ended before the next one begins.
    public Task<int> CountLeftAsync(ShellSession session, CancellationToken cancellationToken) => Task.FromResult(0);

    public Task TerminateAsync(ShellSession session, CancellationToken cancellationToken) => sessions.TerminateAsync(session, cancellationToken);

    public Task<bool> KillAsync(ShellSession session, CancellationToken cancellationToken) => sessions.KillAsync(cancellationToken);

    public ValueTask ReturnAsync(ShellSession session, int? processesLeft)
    {
        sessions.Return(session);
        return ValueTask.CompletedTask;
    }
}
