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

    /// <summary>An existing folder of this machine in which each agent works in a folder of its own; null keeps workspaces in memory.</summary>
    public string? Workspace { get; init; }

    /// <summary>Bytes on the disk above which the health of an agent's environment says that its folder is too large; null does not look.</summary>
    public long? WorkspaceLimit { get; init; }

    /// <summary>How its containers start fast.</summary>
    public StartupOptimization Optimization { get; init; } = StartupOptimization.Development;

    /// <summary>The templates of specializations that have one of their own; each name once, without regard to case, and never <c>default</c>.</summary>
    public IReadOnlyList<TemplateOptions> Templates { get; init; } = [];

    /// <summary>After so long without a claim a pool keeps nothing ready until the next one; null always keeps its target.</summary>
    public TimeSpan? PoolIdleTimeout { get; init; }

    /// <summary>What becomes of ready containers when the name of their image comes to stand for another one.</summary>
    public ImageChangePolicy ImageChangePolicy { get; init; }

    /// <summary>Containers that start at once; null lets the sandbox decide.</summary>
    public int? ThrottleLimit { get; init; }

    /// <summary>Memory limit of an environment in bytes.</summary>
    public long Memory { get; init; } = 512L * 1024 * 1024;

    /// <summary>Processor limit of an environment in cores.</summary>
    public double Cpu { get; init; } = 1.0;

    /// <summary>Limit of processes in an environment.</summary>
    public int PidsLimit { get; init; } = 256;

    /// <summary>What is opened of its containers.</summary>
    public SandboxOpeners Openers { get; init; } = new();

    /// <summary>File that holds the seccomp profile of containers for which no other was given.</summary>
    public required string SecurityProfilePath { get; init; }
}
