namespace ContainerSandbox;

/// <summary>What <c>Test-SandboxEngine</c> was asked for.</summary>
public sealed record EngineCheckOptions
{
    /// <summary>Address of the engine; null finds it as the engine's own command line does.</summary>
    public string? Endpoint { get; init; }

    /// <summary>Reference of the image to try.</summary>
    public required string Image { get; init; }

    /// <summary>File that holds the seccomp profile.</summary>
    public required string SecurityProfilePath { get; init; }

    /// <summary>The container runtime to try, by the engine's name for it; null for the engine's default.</summary>
    public string? Runtime { get; init; }

    /// <summary>The network to try: Isolated, or the name of one that exists; null for none.</summary>
    public string? Network { get; init; }

    /// <summary>How long the start of a container may take.</summary>
    public TimeSpan StartupTimeout { get; init; } = TimeSpan.FromSeconds(30);
}
