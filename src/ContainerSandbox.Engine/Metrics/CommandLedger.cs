namespace ContainerSandbox.Engine.Metrics;

/// <summary>What is counted of commands. Its holder sees to one writer at a time.</summary>
internal sealed class CommandLedger
{
    private const int TimesKept = 500;

    private readonly RecentTimes _times = new(TimesKept);
    private readonly Tally<int> _exitCodes = new();

    public long All { get; private set; }

    public long Failed { get; private set; }

    public long NonZeroExits { get; private set; }

    public long Timeouts { get; private set; }

    public long OutOfMemory { get; private set; }

    /// <summary>Exit codes and how often each came, as text.</summary>
    public string ExitCodes => _exitCodes.ToString();

    /// <summary>One ended with a result.</summary>
    public void Add(CommandResult result)
    {
        All++;
        if (result.TimedOut || result.OomKilled)
            Failed++;
        if (result.TimedOut)
            Timeouts++;
        if (result.OomKilled)
            OutOfMemory++;
        if (result.ExitCode != 0)
            NonZeroExits++;
        _exitCodes.Add(result.ExitCode);
        _times.Add(result.Duration);
    }

    /// <summary>One ended without.</summary>
    public void AddFailure()
    {
        All++;
        Failed++;
    }

    /// <summary>Percentiles of the last durations.</summary>
    public TimeSpan?[] Percentiles(params ReadOnlySpan<double> shares) => _times.Percentiles(shares);
}
