using System.Text;
using System.Threading.Channels;
using ContainerSandbox.Engine.Backends;

namespace ContainerSandbox.Engine.Tests.Fakes;

/// <summary>A session of a fake container. It takes requests as session.sh does and answers as its container says.</summary>
internal sealed class FakeSessionChannel(FakeContainer container, SessionSpec spec, int processId) : ISessionChannel
{
    private readonly Channel<(SessionOutput Source, byte[] Data)> _output = Channel.CreateUnbounded<(SessionOutput, byte[])>();
    private readonly RequestReader _requests = new();
    private readonly object _gate = new();
    private readonly List<string> _heard = [];
    private readonly MemoryStream _input = new();
    private (SessionOutput Source, ReadOnlyMemory<byte> Data) _rest;
    private int? _exitCode;
    private bool _broken;

    public SessionSpec Spec => spec;

    public int ProcessId => processId;

    public FakeContainer Container => container;

    /// <summary>True: it hears and never answers.</summary>
    public bool IsSilent { get; set; }

    /// <summary>True once it is a command, whose standard input is what comes now.</summary>
    public bool IsCommand { get; set; }

    /// <summary>The mark of the command that its next request is; null when it is none.</summary>
    public string? AheadMark { get; set; }

    /// <summary>True: the command has closed its standard input.</summary>
    public bool RefusesInput { get; set; }

    public int RefusedInputs { get; private set; }

    public bool IsDisposed { get; private set; }

    public bool IsInputComplete { get; private set; }

    public bool IsEnded => _exitCode is not null;

    /// <summary>True when all that it said was read.</summary>
    public bool IsDrained => _output.Reader.Count == 0;

    /// <summary>The requests that came, silent or not.</summary>
    public IReadOnlyList<string> Heard
    {
        get
        {
            lock (_gate)
                return [.. _heard];
        }
    }

    /// <summary>What came as standard input of the command that it became.</summary>
    public byte[] Input
    {
        get
        {
            lock (_gate)
                return _input.ToArray();
        }
    }

    public void Say(SessionOutput source, byte[] data) => _output.Writer.TryWrite((source, data));

    /// <summary>Its process ends.</summary>
    public void End(int exitCode)
    {
        _exitCode ??= exitCode;
        _output.Writer.TryComplete();
    }

    /// <summary>Its process ends, but a child holds its streams.</summary>
    public void EndLeader(int exitCode) => _exitCode ??= exitCode;

    /// <summary>Its streams end and nobody knows its exit code.</summary>
    public void EndStreams() => _output.Writer.TryComplete();

    /// <summary>Its connection breaks.</summary>
    public void Break()
    {
        _broken = true;
        _output.Writer.TryComplete(EngineFault.Broken());
    }

    public ValueTask WriteAsync(ReadOnlyMemory<byte> data, CancellationToken cancellationToken)
    {
        ObjectDisposedException.ThrowIf(IsDisposed, this);
        if (IsEnded || _broken)
            throw EngineFault.Broken();
        List<string> requests = [];
        lock (_gate)
        {
            if (IsCommand)
            {
                if (RefusesInput)
                {
                    RefusedInputs++;
                    throw EngineFault.Broken();
                }

                _input.Write(data.Span);
                return ValueTask.CompletedTask;
            }

            _requests.Add(data.Span);
            while (_requests.Next() is { } request)
                requests.Add(request);
            _heard.AddRange(requests);
        }

        if (!IsSilent)
            requests.ForEach(request => FakeShell.Answer(this, request));
        return ValueTask.CompletedTask;
    }

    public ValueTask CompleteInputAsync(CancellationToken cancellationToken)
    {
        ObjectDisposedException.ThrowIf(IsDisposed, this);
        IsInputComplete = true;
        return ValueTask.CompletedTask;
    }

    public async ValueTask<SessionRead> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken)
    {
        ObjectDisposedException.ThrowIf(IsDisposed, this);
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
        container.IsPresent ? Task.FromResult(_exitCode) : Task.FromException<int?>(EngineFault.NoContainer());

    public ValueTask DisposeAsync()
    {
        IsDisposed = true;
        _output.Writer.TryComplete();
        return ValueTask.CompletedTask;
    }

    public override string ToString() => $"session {processId} of {container.Name}: {Encoding.UTF8.GetByteCount(string.Concat(Heard))} bytes heard";
}
