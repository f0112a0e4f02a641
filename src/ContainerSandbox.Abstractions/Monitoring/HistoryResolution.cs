namespace ContainerSandbox;

/// <summary>How finely a history is kept, the finest first. Each keeps at least the stretch of time that it names.</summary>
public enum HistoryResolution
{
    /// <summary>Sample by sample, for 10 minutes with a sample each second; more of them in a second last for fewer minutes.</summary>
    Raw,

    /// <summary>10 seconds, for 2 hours.</summary>
    TenSeconds,

    /// <summary>1 minute, for 24 hours.</summary>
    OneMinute,

    /// <summary>10 minutes, for 7 days.</summary>
    TenMinutes,
}
