namespace ContainerSandbox.Engine.Health;

/// <summary>What was thought last of each figure of one environment: verdicts begin and end with some inertia.</summary>
internal sealed class FigureHistory(TimeProvider timeProvider)
{
    // A reading that is older says nothing about a figure that goes up and down.
    private static readonly TimeSpan Fresh = TimeSpan.FromSeconds(30);

    private readonly object _gate = new();
    private readonly Dictionary<string, Reading> _readings = [];

    /// <summary>The verdict on a figure. Where there is no reading before, it is immediate.</summary>
    public HealthStatus Judge(string figure, double value, HealthThreshold threshold)
    {
        lock (_gate)
        {
            var known = _readings.TryGetValue(figure, out var last);
            var before = known ? last.Verdict : HealthStatus.Healthy;
            var verdict = threshold.Judge(value, before);
            if (verdict > before && threshold.IsNoisy && known && timeProvider.GetElapsedTime(last.At) <= Fresh)
                verdict = Higher(before, Lower(verdict, threshold.Judge(last.Value, HealthStatus.Healthy)));
            _readings[figure] = new Reading(value, verdict, timeProvider.GetTimestamp());
            return verdict;
        }
    }

    private static HealthStatus Lower(HealthStatus one, HealthStatus other) => one < other ? one : other;

    private static HealthStatus Higher(HealthStatus one, HealthStatus other) => one > other ? one : other;

    private readonly record struct Reading(double Value, HealthStatus Verdict, long At);
}
