namespace ContainerSandbox;

/// <summary>What <c>Initialize-Sandbox</c> was asked for.</summary>
public sealed record SandboxOptions
{
    /// <summary>Name of the sandbox.</summary>
    public string Name { get; init; } = "default";

    /// <summary>Reference of the image.</summary>
    public required string Image { get; init; }

    /// <summary>Address of the engine; null finds it as the engine's own command line does.</summary>
    public string? Endpoint { get; init; }

    /// <summary>Containers that the pool keeps ready; 0 or more.</summary>
    public int WarmupContainers { get; init; } = 2;

    /// <summary>False starts containers one after another.</summary>
    public bool EnableParallelStartup { get; init; } = true;

    /// <summary>False turns the pool off: each claim is cold.</summary>
    public bool OptimizationEnabled { get; init; } = true;

    /// <summary>Bounds each start, and the first filling of the pool as a whole.</summary>
    public TimeSpan StartupTimeout { get; init; } = TimeSpan.FromSeconds(30);

    /// <summary>Containers that start at once; null lets the sandbox decide.</summary>
    public int? ThrottleLimit { get; init; }

    /// <summary>Memory limit of an environment in bytes.</summary>
    public long Memory { get; init; } = 512L * 1024 * 1024;

    /// <summary>Processor limit of an environment in cores.</summary>
    public double Cpu { get; init; } = 1.0;

    /// <summary>Limit of processes in an environment.</summary>
    public int PidsLimit { get; init; } = 256;

    /// <summary>File that holds the seccomp profile.</summary>
    public required string SecurityProfilePath { get; init; }
}
