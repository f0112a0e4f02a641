using System.Runtime.InteropServices;
using ContainerSandbox.Engine.Backends;
using Docker.DotNet;

namespace ContainerSandbox.Docker.Sessions;

/// <summary>The streams of a process that the engine started in a container.</summary>
internal sealed class DockerSessionChannel(SessionProcess process, MultiplexedStream stream) : ISessionChannel
{
    private readonly byte[] _buffer = new byte[16 * 1024];
    private Task<MultiplexedStream.ReadResult>? _pending;
    private SessionOutput _source;
    private int _offset;
    private int _count;
    private bool _ended;
    private volatile bool _disposed;

    /// <summary>Ends when there is something to read; it takes nothing away from the next read and never fails.</summary>
    public Task ArrivalAsync() => Arrival(_pending ??= Begin());

    public async ValueTask WriteAsync(ReadOnlyMemory<byte> data, CancellationToken cancellationToken)
    {
        ObjectDisposedException.ThrowIf(_disposed, this);
        var bytes = MemoryMarshal.TryGetArray(data, out var segment) ? segment : new ArraySegment<byte>(data.ToArray());
        try
        {
            await stream.WriteAsync(bytes.Array!, bytes.Offset, bytes.Count, cancellationToken).ConfigureAwait(false);
        }
        catch (Exception e) when (!cancellationToken.IsCancellationRequested && process.Broken(e, "take input") is { } broken)
        {
            throw broken;
        }
    }

    public ValueTask CompleteInputAsync(CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        ObjectDisposedException.ThrowIf(_disposed, this);
        try
        {
            stream.CloseWrite();
        }
        catch (System.Net.Sockets.SocketException)
        {
            // The engine closed the connection, and the process's input with it: that is what was asked for.
            return ValueTask.CompletedTask;
        }

        return ValueTask.CompletedTask;
    }

    public async ValueTask<SessionRead> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken)
    {
        ObjectDisposedException.ThrowIf(_disposed, this);
        if (buffer.IsEmpty)
            throw new ArgumentException("A read needs room for a byte: none read means the end.", nameof(buffer));
        if (_count == 0 && !_ended)
            await FillAsync(cancellationToken).ConfigureAwait(false);
        var count = Math.Min(_count, buffer.Length);
        _buffer.AsMemory(_offset, count).CopyTo(buffer);
        _offset += count;
        _count -= count;
        return new SessionRead(count == 0 ? SessionOutput.Standard : _source, count);
    }

    public Task<int?> GetExitCodeAsync(CancellationToken cancellationToken) => process.GetExitCodeAsync(cancellationToken);

    public async ValueTask DisposeAsync()
    {
        if (_disposed)
            return;
        _disposed = true;
        stream.Dispose();
        if (_pending is { } pending)
            await Arrival(pending).ConfigureAwait(false);
    }

    // A read that was cancelled in the middle of a frame's header would leave the library's reader out of step for good. So the read
    // of the connection is never cancelled: it goes on, and the next read of the channel takes what it brings.
    private async ValueTask FillAsync(CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        var pending = _pending ??= Begin();
        MultiplexedStream.ReadResult result;
        try
        {
            result = pending.IsCompleted
                ? await pending.ConfigureAwait(false)
                : await pending.WaitAsync(cancellationToken).ConfigureAwait(false);
        }
        catch (Exception e) when (!cancellationToken.IsCancellationRequested && process.Broken(e, "pass on output") is { } broken)
        {
            ObjectDisposedException.ThrowIf(_disposed, this);
            throw broken;
        }

        _pending = null;
        _ended = result.EOF;
        _source = result.Target == MultiplexedStream.TargetStream.StandardError ? SessionOutput.Error : SessionOutput.Standard;
        _offset = 0;
        _count = result.Count;
    }

    private Task<MultiplexedStream.ReadResult> Begin() =>
        stream.ReadOutputAsync(_buffer, 0, _buffer.Length, CancellationToken.None);

    private static async Task Arrival(Task pending) => await pending.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
}
