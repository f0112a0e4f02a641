namespace ContainerSandbox.Session;

/// <summary>How things end unless told otherwise.</summary>
internal static class RemovalDefaults
{
    /// <summary>How long an agent's processes may take to end after TERM.</summary>
    public static readonly TimeSpan GracePeriod = TimeSpan.FromSeconds(2);

    /// <summary>How long the end of a runspace or of the module in it may take.</summary>
    public static readonly TimeSpan TeardownLimit = TimeSpan.FromSeconds(10);

    /// <summary>Environments that are removed at once.</summary>
    public const int ThrottleLimit = 16;
}
