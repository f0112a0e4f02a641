using ContainerSandbox.Engine.Sessions;

namespace ContainerSandbox.Engine.Commands;

/// <summary>One way to run a command: where its session comes from and how everything that it started is ended.</summary>
internal interface ICommandSeat
{
    /// <summary>What the result calls this way.</summary>
    CommandSource Source { get; }

    /// <summary>Takes a session for one command.</summary>
    Task<ShellSession> TakeAsync(CancellationToken cancellationToken);

    /// <summary>What the session is sent the command with.</summary>
    Exchange NewExchange(ShellSession session, long maximumOutput);

    /// <summary>Has the session run the command.</summary>
    Task SendAsync(ShellSession session, Exchange exchange, CommandRequest request, CancellationToken cancellationToken);

    /// <summary>Counts what the command left, once its session ended with it.</summary>
    Task<int> CountLeftAsync(ShellSession session, CancellationToken cancellationToken);

    /// <summary>Asks the processes of the session's command to end.</summary>
    Task TerminateAsync(ShellSession session, CancellationToken cancellationToken);

    /// <summary>Ends the session and everything that its command started; false when something would not end.</summary>
    Task<bool> KillAsync(ShellSession session, CancellationToken cancellationToken);

    /// <summary>Gives the session back, with the number of processes that its command left; null when it is used up.</summary>
    ValueTask ReturnAsync(ShellSession session, int? processesLeft);
}
