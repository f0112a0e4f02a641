namespace ContainerSandbox;

/// <summary>What a health check looks at beside the usual.</summary>
public sealed record HealthCheckOptions
{
    /// <summary>Nothing beside the usual.</summary>
    public static HealthCheckOptions Usual { get; } = new();

    /// <summary>The name or address that must be reachable from inside by TCP; null tries none.</summary>
    public string? ConnectivityHost { get; init; }

    /// <summary>Its port, 1 to 65535.</summary>
    public int ConnectivityPort { get; init; }

    /// <summary>True when another check follows: the verdict counts only with that.</summary>
    public bool MoreFollows { get; init; }
}
