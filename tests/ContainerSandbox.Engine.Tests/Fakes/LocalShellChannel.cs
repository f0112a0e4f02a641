using System.Diagnostics;
using System.Threading.Channels;
using ContainerSandbox.Engine.Backends;

namespace ContainerSandbox.Engine.Tests.Fakes;

/// <summary>A session that is a real process of this machine.</summary>
internal sealed class LocalShellChannel : ISessionChannel
{
    private readonly Process _process;
    private readonly Channel<(SessionOutput Source, ReadOnlyMemory<byte> Data)> _output =
        Channel.CreateBounded<(SessionOutput, ReadOnlyMemory<byte>)>(16);

    private (SessionOutput Source, ReadOnlyMemory<byte> Data) _rest;

    public LocalShellChannel(Process process)
    {
        _process = process;
        _ = PumpAsync();
    }

    public int ProcessId => _process.Id;

    public async ValueTask WriteAsync(ReadOnlyMemory<byte> data, CancellationToken cancellationToken)
    {
        // In a container these end everything of one user. Here that user is whoever runs the tests.
        foreach (var deadly in (ReadOnlySpan<byte[]>)
                 [[.. "__cs_kill "u8], [.. "__cs_clear "u8], [.. "kill -TERM -"u8], [.. "kill -TERM $__cs_f"u8]])
            Assert.True(data.Span.IndexOf(deadly) < 0, "This must never run outside a container.");
        try
        {
            await _process.StandardInput.BaseStream.WriteAsync(data, cancellationToken);
            await _process.StandardInput.BaseStream.FlushAsync(cancellationToken);
        }
        catch (IOException)
        {
            throw EngineFault.Broken();
        }
    }

    public ValueTask CompleteInputAsync(CancellationToken cancellationToken)
    {
        _process.StandardInput.BaseStream.Close();
        return ValueTask.CompletedTask;
    }

    public async ValueTask<SessionRead> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken)
    {
        while (_rest.Data.IsEmpty)
        {
            if (!await _output.Reader.WaitToReadAsync(cancellationToken))
                return new SessionRead(SessionOutput.Standard, 0);
            _rest = await _output.Reader.ReadAsync(cancellationToken);
        }

        var count = Math.Min(buffer.Length, _rest.Data.Length);
        _rest.Data[..count].CopyTo(buffer);
        _rest.Data = _rest.Data[count..];
        return new SessionRead(_rest.Source, count);
    }

    public Task<int?> GetExitCodeAsync(CancellationToken cancellationToken) =>
        Task.FromResult<int?>(_process.HasExited ? _process.ExitCode : null);

    // The shell ends by itself when its input does.
    public ValueTask DisposeAsync()
    {
        _output.Writer.TryComplete();
        _process.StandardInput.BaseStream.Close();
        return ValueTask.CompletedTask;
    }

    private async Task PumpAsync()
    {
        await Task.WhenAll(PumpAsync(SessionOutput.Standard, _process.StandardOutput.BaseStream), PumpAsync(SessionOutput.Error, _process.StandardError.BaseStream));
        await _process.WaitForExitAsync();
        _output.Writer.TryComplete();
    }

    // On a thread of its own: a read of a pipe holds one, and the pool has few.
    private Task PumpAsync(SessionOutput source, Stream stream) => Task.Factory.StartNew(
        () =>
        {
            var buffer = new byte[64 * 1024];
            int count;
            while ((count = stream.Read(buffer)) > 0)
            {
                if (!_output.Writer.WriteAsync((source, buffer.AsSpan(0, count).ToArray())).AsTask().ContinueWith(write => write.IsCompletedSuccessfully, TaskScheduler.Default).GetAwaiter().GetResult())
                    return;
            }
        },
        CancellationToken.None,
        TaskCreationOptions.LongRunning,
        TaskScheduler.Default);
}
