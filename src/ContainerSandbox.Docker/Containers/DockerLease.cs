using ContainerSandbox.Engine.Backends;
using Docker.DotNet;

namespace ContainerSandbox.Docker.Containers;

/// <summary>The connection to a container's standard input, on which its life hangs.</summary>
internal sealed class DockerLease(string containerId, MultiplexedStream input) : IContainerLease
{
    private int _released;

    public string ContainerId => containerId;

    public void Release()
    {
        // Closing the socket is all: the engine sees it and ends the main process's input.
        if (Interlocked.Exchange(ref _released, 1) == 0)
            input.Dispose();
    }

    public ValueTask DisposeAsync()
    {
        Release();
        return ValueTask.CompletedTask;
    }
}
