namespace ContainerSandbox.Engine.Optimization;

/// <summary>How much may be changed without anybody asking: each thing once in a while, so many things an hour, and no kind that made anything worse.</summary>
internal sealed class ChangePolicy(TimeProvider timeProvider)
{
    /// <summary>Changes an hour.</summary>
    public const int Budget = 12;

    /// <summary>How long one thing stays as it was made.</summary>
    public static readonly TimeSpan CoolDown = TimeSpan.FromMinutes(5);

    /// <summary>How long a kind is left alone that made something worse.</summary>
    public static readonly TimeSpan Stop = TimeSpan.FromHours(1);

    private static readonly TimeSpan BudgetSpan = TimeSpan.FromHours(1);

    private readonly Queue<long> _changes = new();
    private readonly Dictionary<string, long> _things = new(StringComparer.OrdinalIgnoreCase);
    private readonly Dictionary<RecommendationKind, long> _stopped = [];

    /// <summary>Whether a recommendation may be carried out now.</summary>
    public bool Allows(SandboxRecommendation recommendation)
    {
        Forget();
        return _changes.Count < Budget
            && !_things.ContainsKey(Thing(recommendation.Setting, recommendation.EnvironmentId, recommendation.Specialization))
            && !_stopped.ContainsKey(recommendation.Kind);
    }

    /// <summary>Something was tried, with success or not.</summary>
    public void Tried(SandboxRecommendation recommendation)
    {
        var now = timeProvider.GetTimestamp();
        _changes.Enqueue(now);
        _things[Thing(recommendation.Setting, recommendation.EnvironmentId, recommendation.Specialization)] = now;
    }

    /// <summary>A change of this kind made something worse.</summary>
    public void MadeWorse(RecommendationKind kind) => _stopped[kind] = timeProvider.GetTimestamp();

    private void Forget()
    {
        while (_changes.TryPeek(out var oldest) && timeProvider.GetElapsedTime(oldest) >= BudgetSpan)
            _changes.Dequeue();
        foreach (var (thing, _) in _things.Where(thing => timeProvider.GetElapsedTime(thing.Value) >= CoolDown).ToArray())
            _things.Remove(thing);
        foreach (var (kind, _) in _stopped.Where(kind => timeProvider.GetElapsedTime(kind.Value) >= Stop).ToArray())
            _stopped.Remove(kind);
    }

    private static string Thing(string setting, string environmentId, string specialization) =>
        $"{setting}/{(environmentId.Length > 0 ? environmentId : specialization)}";
}
