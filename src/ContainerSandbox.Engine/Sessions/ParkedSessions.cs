namespace ContainerSandbox.Engine.Sessions;

/// <summary>Sessions whose command left processes. Each stays open as long as one of them lives, for their output has to go somewhere.</summary>
internal sealed class ParkedSessions(SessionRoster roster, SpareSession spare, TimeProvider timeProvider)
{
    private static readonly TimeSpan LookDeadline = TimeSpan.FromSeconds(10);

    private readonly object _gate = new();
    private readonly List<ShellSession> _sessions = [];

    public void Add(ShellSession session)
    {
        lock (_gate)
            _sessions.Add(session);
    }

    /// <summary>Closes those that nothing is left of.</summary>
    public async Task CloseFinishedAsync(CancellationToken cancellationToken)
    {
        ShellSession[] sessions;
        lock (_gate)
            sessions = [.. _sessions];
        foreach (var session in sessions)
        {
            // A spare that does not answer must not be held without end: it is what ends commands and tells of health.
            using var deadline = new CancellationTokenSource(LookDeadline, timeProvider);
            using var either = CancellationTokenSource.CreateLinkedTokenSource(deadline.Token, cancellationToken);
            var (left, _) = await spare.AskAsync(
                $"__cs_find Gid {session.GroupId} {session.ProcessId}; [ -n \"$__cs_f\" ]", either.Token).ConfigureAwait(false);
            if (left == 0)
                continue;
            lock (_gate)
                _sessions.Remove(session);
            await roster.CloseAsync(session).ConfigureAwait(false);
        }
    }
}
