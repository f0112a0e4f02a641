namespace ContainerSandbox.Engine.Backends;

/// <summary>The streams of a process in a container. One reader and one writer at a time, which may be two threads. Disposing it does not end the process.</summary>
public interface ISessionChannel : IAsyncDisposable
{
    /// <summary>Writes to the process's standard input.</summary>
    /// <exception cref="SandboxException"><see cref="SandboxErrorId.EngineLost"/>: the connection is gone.</exception>
    ValueTask WriteAsync(ReadOnlyMemory<byte> data, CancellationToken cancellationToken);

    /// <summary>Ends the process's standard input; its output goes on.</summary>
    ValueTask CompleteInputAsync(CancellationToken cancellationToken);

    /// <summary>Reads what the process wrote next.</summary>
    /// <exception cref="SandboxException"><see cref="SandboxErrorId.EngineLost"/>: the connection broke.</exception>
    ValueTask<SessionRead> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken);

    /// <summary>The exit code of the process; null while it runs.</summary>
    /// <exception cref="SandboxException"><see cref="SandboxErrorId.ContainerNotFound"/>: it went with its container.</exception>
    Task<int?> GetExitCodeAsync(CancellationToken cancellationToken);
}
