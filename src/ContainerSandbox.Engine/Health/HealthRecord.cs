namespace ContainerSandbox.Engine.Health;

/// <summary>What is remembered of one environment for its health.</summary>
internal sealed class HealthRecord(TimeProvider timeProvider)
{
    private const int MostLosses = 100;
    private static readonly TimeSpan LossesCount = TimeSpan.FromHours(1);

    private readonly object _gate = new();
    private List<long> _losses = [];
    private long _heard;
    private long _counted;
    private long _seenAt = timeProvider.GetTimestamp();

    /// <summary>Its figures.</summary>
    public FigureHistory Figures { get; } = new(timeProvider);

    /// <summary>Its commands.</summary>
    public RecentCommands Commands { get; } = new(timeProvider);

    /// <summary>What the last check found of its container. A claim has just seen it answer.</summary>
    public HealthFinding Container { get; set; } = new(HealthStatus.Healthy, "container running; its session answered at the last check");

    /// <summary>What the last check saw of its file systems.</summary>
    public IReadOnlyList<SpaceUse> Space { get; set; } = [];

    /// <summary>What the last check found wrong with the size of its folder; null for nothing.</summary>
    public string? WorkspaceTrouble { get; set; }

    /// <summary>How long nothing was seen of it. It begins to count with the claim, which saw it.</summary>
    public TimeSpan Unseen => timeProvider.GetElapsedTime(Interlocked.Read(ref _seenAt));

    /// <summary>Environments that its agent lost within the last hour.</summary>
    public int Losses
    {
        get
        {
            lock (_gate)
                return _losses.Count(at => timeProvider.GetElapsedTime(at) < LossesCount);
        }
    }

    /// <summary>It was seen now.</summary>
    public void Seen() => Interlocked.Exchange(ref _seenAt, timeProvider.GetTimestamp());

    /// <summary>It is lost.</summary>
    public void Lost()
    {
        lock (_gate)
            _losses.Add(timeProvider.GetTimestamp());
    }

    /// <summary>It takes the place of one that was lost.</summary>
    public void Follow(HealthRecord lost)
    {
        lock (lost._gate)
            _losses = [.. lost._losses.TakeLast(MostLosses)];
    }

    /// <summary>How many more processes were ended for want of memory than at the last call, by whichever source knows of more.</summary>
    /// <param name="heard">Those that the engine told of, in all.</param>
    /// <param name="counted">Those that the kernel counted, in all; null where that is not known.</param>
    public long TakeOutOfMemory(long heard, long? counted)
    {
        lock (_gate)
        {
            var more = Math.Max(heard - _heard, (counted ?? _counted) - _counted);
            _heard = heard;
            _counted = counted ?? _counted;
            return Math.Max(0, more);
        }
    }
}
