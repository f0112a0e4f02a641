namespace ContainerSandbox.Engine.Metrics;

/// <summary>What is counted of claims. Its holder sees to one writer at a time.</summary>
internal sealed class ClaimLedger
{
    private const int TimesKept = 500;

    private readonly RecentTimes _times = new(TimesKept);
    private readonly Tally<MissReason> _misses = new();
    private TimeSpan _allocation;
    private TimeSpan _verification;

    public long Warm { get; private set; }

    public long Cold { get; private set; }

    public long Failed { get; private set; }

    public TimeSpan WarmTime { get; private set; }

    public TimeSpan ColdTime { get; private set; }

    public long Served => Warm + Cold;

    /// <summary>Mean time to find or start a container.</summary>
    public TimeSpan? AverageAllocation => AgentLedger.Mean(_allocation, Served);

    /// <summary>Mean time to verify one.</summary>
    public TimeSpan? AverageVerification => AgentLedger.Mean(_verification, Served);

    /// <summary>Why claims were not served from a pool, as text.</summary>
    public string MissReasons => _misses.ToString();

    /// <summary>One was served.</summary>
    public void Add(AgentEnvironment environment, ClaimTimes times)
    {
        if (environment.StartupSource == StartupSource.Warm)
        {
            Warm++;
            WarmTime += times.Total;
        }
        else
        {
            Cold++;
            ColdTime += times.Total;
            _misses.Add(environment.MissReason);
        }

        _times.Add(times.Total);
        _allocation += times.Allocation;
        _verification += times.Verification;
    }

    /// <summary>One failed for a reason of the platform.</summary>
    public void AddFailure() => Failed++;

    /// <summary>Percentiles of the last start-up times.</summary>
    public TimeSpan?[] Percentiles(params ReadOnlySpan<double> shares) => _times.Percentiles(shares);
}
