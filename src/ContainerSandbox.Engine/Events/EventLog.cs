namespace ContainerSandbox.Engine.Events;

/// <summary>
/// What happened in a sandbox, from any thread. It keeps the newest of what every claim and command brings, and apart from those the newest
/// of what is rare, so that a busy agent pushes out no loss. Adding formats nothing and waits for nobody.
/// </summary>
internal sealed class EventLog(string sandboxId, TimeProvider timeProvider, int mostUsual = 8000, int mostRare = 2000)
{
    private readonly object _gate = new();
    private readonly Queue<EventEntry> _usual = new();
    private readonly Queue<EventEntry> _rare = new();
    private EventFollower[] _followers = [];
    private long _count;

    /// <summary>Adds one.</summary>
    /// <param name="kind">What kind of thing happened.</param>
    /// <param name="agentId">The agent that it is about; empty for none.</param>
    /// <param name="environmentId">The environment that it is about; empty for none.</param>
    /// <param name="cause">Makes its text when that is read, maybe more than once and much later. Never a secret, and never the text of a command.</param>
    public void Add(SandboxEventKind kind, string agentId, string environmentId, Func<string> cause)
    {
        lock (_gate)
        {
            var entry = new EventEntry(++_count, timeProvider.GetUtcNow(), kind, agentId, environmentId, cause);
            var (queue, most) = IsUsual(kind) ? (_usual, mostUsual) : (_rare, mostRare);
            if (queue.Count == most)
                queue.Dequeue();
            queue.Enqueue(entry);

            // Under the gate, so that all of them hear everything in the order of the numbers. None of them keeps the writer waiting.
            foreach (var follower in _followers)
                follower.Hear(entry);
        }
    }

    /// <summary>What is kept, oldest first.</summary>
    /// <param name="since">Only from then on; null from the beginning.</param>
    /// <param name="kinds">Only of these kinds; null for all.</param>
    public IReadOnlyList<SandboxEvent> Read(DateTimeOffset? since = null, IReadOnlyCollection<SandboxEventKind>? kinds = null)
    {
        EventEntry[] entries;
        lock (_gate)
            entries = [.. _usual, .. _rare];
        return
        [
            .. entries.Where(entry => entry.At >= (since ?? DateTimeOffset.MinValue) && (kinds is null || kinds.Contains(entry.Kind)))
                .OrderBy(entry => entry.Number).Select(entry => entry.ToEvent(sandboxId)),
        ];
    }

    /// <summary>Follows what happens from now on, until that is disposed.</summary>
    /// <param name="capacity">Events that may wait for the follower; of more the oldest are dropped, and counted.</param>
    public EventFollower Follow(int capacity = 1000)
    {
        var follower = new EventFollower(sandboxId, capacity, Forget);
        lock (_gate)
            _followers = [.. _followers, follower];
        return follower;
    }

    private static bool IsUsual(SandboxEventKind kind) => kind is SandboxEventKind.Claimed or SandboxEventKind.Missed or SandboxEventKind.ClaimFailed
        or SandboxEventKind.CommandEnded or SandboxEventKind.CommandFailed or SandboxEventKind.Removed;

    private void Forget(EventFollower follower)
    {
        lock (_gate)
            _followers = [.. _followers.Where(each => each != follower)];
    }
}
