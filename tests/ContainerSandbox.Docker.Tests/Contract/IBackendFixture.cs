using ContainerSandbox.Engine.Backends;

namespace ContainerSandbox.Docker.Tests.Contract;

/// <summary>What the contract suite needs to run against an adapter: an engine to act on, and a view of it that is not the adapter's.</summary>
public interface IBackendFixture
{
    /// <summary>True for Podman, which does otherwise what docs/engines.md says.</summary>
    bool IsPodman { get; }

    /// <summary>A connection to the engine.</summary>
    ISandboxBackend Backend { get; }

    /// <summary>Label, as <c>name=value</c>, that everything of this run carries so that the fixture can remove it.</summary>
    string RunLabel { get; }

    /// <summary>Name of an image with busybox.</summary>
    string Busybox { get; }

    /// <summary>Name of an image whose /bin/sh is dash.</summary>
    string Dash { get; }

    /// <summary>Name of an image whose /bin/sh is bash.</summary>
    string Bash { get; }

    /// <summary>Name of an image without /bin/sh.</summary>
    string WithoutShell { get; }

    /// <summary>Name of an image whose /bin/sh is a link that leads nowhere.</summary>
    string DanglingShell { get; }

    /// <summary>Name of an image with a volume, an entry point, a health check and root as its user.</summary>
    string Hostile { get; }

    /// <summary>Puts an image that the engine does not have into a registry that it can reach, and gives the name to pull it by.</summary>
    Task<string> PublishAsync();

    /// <summary>Gives an image one more name, and gives that.</summary>
    Task<string> TagAsync(string image);

    /// <summary>Freezes the processes of a container.</summary>
    Task PauseAsync(string containerId);

    /// <summary>Makes a container of a name with the run's label, and does not start it.</summary>
    Task<string> MakeUnstartedAsync(string name);

    /// <summary>What the engine says about a container.</summary>
    Task<ContainerView> InspectAsync(string containerId);

    /// <summary>Ids of all containers with a label.</summary>
    Task<IReadOnlyList<string>> ContainersAsync(string label);
}
