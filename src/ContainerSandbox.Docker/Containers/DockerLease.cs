using ContainerSandbox.Engine.Backends;
using Docker.DotNet;

namespace ContainerSandbox.Docker.Containers;

/// <summary>The connection to a container's standard input, on which its life hangs.</summary>
internal sealed class DockerLease : IContainerLease
{
    private readonly MultiplexedStream _input;
    private int _released;

    public DockerLease(string containerId, MultiplexedStream input)
    {
        ContainerId = containerId;
        _input = input;
        Ended = WatchAsync();
    }

    public string ContainerId { get; }

    public Task Ended { get; }

    public void Release()
    {
        // Closing the socket is all: the engine sees it and ends the main process's input.
        if (Interlocked.Exchange(ref _released, 1) == 0)
            _input.Dispose();
    }

    public ValueTask DisposeAsync()
    {
        Release();
        return ValueTask.CompletedTask;
    }

    // No output was asked for, so the engine says nothing here: whatever there is to read is the end.
    private async Task WatchAsync()
    {
        Task end = _input.ReadOutputAsync(new byte[1], 0, 1, CancellationToken.None);
        await end.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
    }
}
