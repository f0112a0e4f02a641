namespace ContainerSandbox.Engine.History;

/// <summary>
/// What the environments of a sandbox used, in memory: a fixed number of bytes for each, and for all together. Samples are in the order in which they
/// come, by the time that passes: setting the clock changes the times that are shown and nothing else. For several threads at once.
/// </summary>
/// <param name="timeProvider">The clock.</param>
/// <param name="retainRemoved">How many of the newest removed environments keep their history.</param>
/// <param name="maximumBytes">Bytes for all: what is removed gives way first, the oldest first, then the oldest of what is kept longest.</param>
internal sealed class ResourceHistory(TimeProvider timeProvider, int retainRemoved = 200, long maximumBytes = ResourceHistory.DefaultBytes)
{
    /// <summary>Bytes for all environments of a sandbox.</summary>
    public const long DefaultBytes = 64L << 20;

    // A sample that was on its way when its environment was removed must not bring it back.
    private const int RememberedRemovals = 1000;

    private readonly object _gate = new();
    private readonly HistoryClock _clock = new(timeProvider);
    private readonly GapReasons _reasons = new();
    private readonly Dictionary<string, EnvironmentHistory> _histories = new(StringComparer.Ordinal);
    private readonly List<EnvironmentHistory> _inOrder = [];
    private readonly Queue<EnvironmentHistory> _retained = new();
    private readonly HashSet<string> _removed = new(StringComparer.Ordinal);
    private readonly Queue<string> _removals = new();
    private HistoryBudget? _budget;

    /// <summary>The agents of which something is remembered, in the order of their first samples.</summary>
    public IReadOnlyList<string> Agents
    {
        get
        {
            lock (_gate)
                return [.. _inOrder.Select(history => history.AgentId).Distinct(StringComparer.OrdinalIgnoreCase)];
        }
    }

    /// <summary>Bytes that all histories take.</summary>
    public long Bytes
    {
        get
        {
            lock (_gate)
                return Budget.Used;
        }
    }

    private HistoryBudget Budget => _budget ??= new HistoryBudget(maximumBytes, DropOldestRemoved);

    /// <summary>Remembers a sample. Its time of day is shown; its place is the moment of this call.</summary>
    public void Add(ResourceSample sample)
    {
        lock (_gate)
        {
            if (_removed.Contains(sample.EnvironmentId))
                return;
            if (!_histories.TryGetValue(sample.EnvironmentId, out var history))
                history = Begin(sample);
            history.Add(sample, _clock.Now());
        }
    }

    /// <summary>An environment is gone: what is remembered of it stays for a while, and nothing is added.</summary>
    public void Remove(string environmentId)
    {
        lock (_gate)
        {
            if (!_removed.Add(environmentId))
                return;
            _removals.Enqueue(environmentId);
            while (_removals.Count > RememberedRemovals)
                _removed.Remove(_removals.Dequeue());
            if (!_histories.TryGetValue(environmentId, out var history))
                return;
            _retained.Enqueue(history);
            while (_retained.Count > retainRemoved)
                DropOldestRemoved();
        }
    }

    /// <summary>Whether anything is remembered of an environment of this agent.</summary>
    public bool Has(string agentId, string environmentId)
    {
        lock (_gate)
            return _histories.TryGetValue(environmentId, out var history) && history.IsOf(agentId);
    }

    /// <summary>The wanted points of an agent, the oldest first, all at one resolution.</summary>
    public IReadOnlyList<HistoryReading> Read(string agentId, HistoryRequest request)
    {
        lock (_gate)
        {
            return HistoryReader.Read(_inOrder.FindAll(history => history.IsMeant(agentId, request)), request, _clock.Now());
        }
    }

    /// <summary>The same of the environment that the agent had last, or of the one that is asked for.</summary>
    public IReadOnlyList<HistoryReading> ReadLast(string agentId, HistoryRequest request)
    {
        lock (_gate)
        {
            var last = _inOrder.FindLast(history => history.IsMeant(agentId, request));
            return HistoryReader.Read(last is null ? [] : [last], request, _clock.Now());
        }
    }

    // An agent has one environment at a time: with a new one the one before is gone, also where nobody could remove it.
    private EnvironmentHistory Begin(ResourceSample sample)
    {
        foreach (var earlier in _inOrder.FindAll(history => history.IsOf(sample.AgentId)))
            Remove(earlier.EnvironmentId);
        Budget.Take(Tiers.Overhead);
        var history = new EnvironmentHistory(sample.AgentId, sample.SandboxId, sample.EnvironmentId, Budget, _reasons);
        _histories.Add(history.EnvironmentId, history);
        _inOrder.Add(history);
        return history;
    }

    private bool DropOldestRemoved()
    {
        if (!_retained.TryDequeue(out var oldest))
            return false;
        Budget.Return(oldest.Bytes + Tiers.Overhead);
        _histories.Remove(oldest.EnvironmentId);
        _inOrder.Remove(oldest);
        return true;
    }
}
