using System.Buffers;
using System.Globalization;
using System.Security.Cryptography;
using ContainerSandbox.Engine.Backends;

namespace ContainerSandbox.Engine.Sessions;

/// <summary>
/// A shell in a container that waits for requests. It is read all the time, so that its end is known when it happens. Its holder
/// sees to it that requests come one after another.
/// </summary>
internal sealed class ShellSession : IAsyncDisposable
{
    private const int ReadSize = 16 * 1024;
    private static readonly TimeSpan AnswerDeadline = TimeSpan.FromSeconds(30);

    private readonly ISessionChannel _channel;
    private readonly TimeProvider _timeProvider;
    private readonly CancellationTokenSource _lifetime = new();
    private readonly Task _reading;
    private readonly object _gate = new();
    private readonly Lazy<Task> _closing;
    private long _heardAt;
    private Exchange? _current;
    private Exception? _failure;
    private string? _aheadMark;

    private ShellSession(ISessionChannel channel, long groupId, TimeProvider timeProvider)
    {
        _channel = channel;
        _timeProvider = timeProvider;
        GroupId = groupId;
        _closing = new Lazy<Task>(CloseAsync);
        _reading = Task.Run(ReadAsync);
    }

    /// <summary>The group that only this session has: the mark by which its processes are found.</summary>
    public long GroupId { get; }

    /// <summary>Its process id inside the container, which is that of its process group too.</summary>
    public int ProcessId { get; private set; }

    /// <summary>True when it holds the variables of the claim.</summary>
    public bool IsArmed { get; set; }

    /// <summary>True when it becomes a command, whose process it is then.</summary>
    public bool IsCommand { get; set; }

    /// <summary>False once its process or its connection ended, or it said something unasked.</summary>
    public bool IsAlive { get; private set; } = true;

    /// <summary>Timestamp of the last word from it.</summary>
    public long HeardAt => Volatile.Read(ref _heardAt);

    /// <summary>Opens a session and waits until it answers.</summary>
    public static async Task<ShellSession> OpenAsync(
        ISandboxBackend backend, string containerId, long userId, long groupId, string workingDirectory, TimeProvider timeProvider,
        CancellationToken cancellationToken)
    {
        var spec = new SessionSpec(containerId, userId, groupId, SessionScript.Command(groupId), workingDirectory);
        var session = new ShellSession(await backend.OpenSessionAsync(spec, cancellationToken).ConfigureAwait(false), groupId, timeProvider);
        using var deadline = new CancellationTokenSource(AnswerDeadline, timeProvider);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(deadline.Token, cancellationToken);
        try
        {
            var (_, answer) = await session.AskAsync("echo $$", either.Token).ConfigureAwait(false);
            if (!int.TryParse(answer.AsSpan().Trim(), NumberStyles.None, CultureInfo.InvariantCulture, out var processId))
                throw Ended(null, answer);
            session.ProcessId = processId;
            return session;
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            await session.DisposeAsync().ConfigureAwait(false);
            throw new SandboxException(
                SandboxErrorId.SessionFailed,
                SandboxErrorCategory.OperationTimeout,
                $"A command session was opened and did not answer in time ({AnswerDeadline.TotalSeconds:0} s).");
        }
        catch
        {
            await session.DisposeAsync().ConfigureAwait(false);
            throw;
        }
    }

    /// <summary>A word that nobody can guess.</summary>
    public static string NewMark() => Convert.ToHexString(RandomNumberGenerator.GetBytes(12));

    /// <summary>Has the shell evaluate something that is no command, and returns its status and what it printed.</summary>
    /// <exception cref="SandboxException"><see cref="SandboxErrorId.SessionFailed"/>: the session ended instead of answering.</exception>
    public async Task<(int Status, string Output)> AskAsync(string text, CancellationToken cancellationToken)
    {
        var exchange = Exchange.Control(NewMark());
        ExchangeEnd end;
        try
        {
            await TakeBackAsync(cancellationToken).ConfigureAwait(false);
            await SendAsync(exchange, SessionScript.Control(text, exchange.Mark), cancellationToken).ConfigureAwait(false);
            end = await exchange.End.WaitAsync(cancellationToken).ConfigureAwait(false);
        }
        catch (OperationCanceledException)
        {
            // Its answer would be taken for that to the next request.
            IsAlive = false;
            throw;
        }

        var output = exchange.Output.Text(out _);
        return end.Status is { } status ? (status, output) : throw Ended(end.Failure, output + exchange.Error.Text(out _));
    }

    /// <summary>Forks a child ahead of the next command. A session that has ended meanwhile shows that to whoever uses it.</summary>
    public async Task ForkAheadAsync(CancellationToken cancellationToken)
    {
        if (_aheadMark is not null || !IsAlive)
            return;
        _aheadMark = NewMark();
        try
        {
            await WriteAsync(SessionScript.ForkAhead(_aheadMark), cancellationToken).ConfigureAwait(false);
        }
        catch (SandboxException)
        {
            IsAlive = false;
        }
    }

    /// <summary>What the next command of this worker is sent with.</summary>
    public Exchange NewCommand(long maximumOutput) => Exchange.Worker(_aheadMark ?? NewMark(), maximumOutput);

    /// <summary>Sends a command of a worker, to the child that was forked ahead where there is one.</summary>
    public async Task SendCommandAsync(Exchange exchange, string request, CancellationToken cancellationToken)
    {
        if (!Begin(exchange))
            return;
        var frame = SessionScript.Frame(request);
        if (_aheadMark is null)
            frame = [.. SessionScript.ForkAhead(exchange.Mark), .. frame];
        _aheadMark = null;
        await WriteAsync(frame, cancellationToken).ConfigureAwait(false);
    }

    /// <summary>Sends a request; what comes back goes to the exchange.</summary>
    public async Task SendAsync(Exchange exchange, string request, CancellationToken cancellationToken)
    {
        if (Begin(exchange))
            await WriteAsync(SessionScript.Frame(request), cancellationToken).ConfigureAwait(false);
    }

    /// <summary>Hands a command its standard input, to the end.</summary>
    public async Task FeedAsync(Stream input, CancellationToken cancellationToken)
    {
        var buffer = ArrayPool<byte>.Shared.Rent(ReadSize);
        try
        {
            int count;
            while ((count = await input.ReadAsync(buffer, cancellationToken).ConfigureAwait(false)) > 0)
                await _channel.WriteAsync(buffer.AsMemory(0, count), cancellationToken).ConfigureAwait(false);
            await _channel.CompleteInputAsync(cancellationToken).ConfigureAwait(false);
        }
        catch (ObjectDisposedException)
        {
            // It was closed, and its command ended with it.
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(buffer);
        }
    }

    /// <summary>Its exit code by the engine's word; null while it runs.</summary>
    public Task<int?> GetExitCodeAsync(CancellationToken cancellationToken) => _channel.GetExitCodeAsync(cancellationToken);

    /// <summary>
    /// Closes the connection. The shell ends by it when it waits for a request; a command that runs goes on. The removal of an
    /// environment and the command that it ends both do so: it is closed once.
    /// </summary>
    public ValueTask DisposeAsync() => new(_closing.Value);

    private static SandboxException Ended(Exception? failure, string said) => failure as SandboxException ?? new SandboxException(
        SandboxErrorId.SessionFailed,
        SandboxErrorCategory.ResourceUnavailable,
        $"A command session ended instead of answering. It said: '{said.Trim()}'. The agent may have ended it or may have used up its processes.",
        innerException: failure);

    // Whoever closed it ends what is under way with it: there is nobody to write to.
    private async ValueTask WriteAsync(ReadOnlyMemory<byte> data, CancellationToken cancellationToken)
    {
        try
        {
            await _channel.WriteAsync(data, cancellationToken).ConfigureAwait(false);
        }
        catch (ObjectDisposedException)
        {
            IsAlive = false;
        }
    }

    // A child that was forked ahead would take any request for its command: it is let go without one.
    private async Task TakeBackAsync(CancellationToken cancellationToken)
    {
        if (_aheadMark is null)
            return;
        var exchange = NewCommand(0);
        await SendCommandAsync(exchange, SessionScript.NoCommand(), cancellationToken).ConfigureAwait(false);
        await exchange.End.WaitAsync(cancellationToken).ConfigureAwait(false);
    }

    private async Task CloseAsync()
    {
        IsAlive = false;
        await _lifetime.CancelAsync().ConfigureAwait(false);
        await _channel.DisposeAsync().ConfigureAwait(false);
        await _reading.ConfigureAwait(false);
        _lifetime.Dispose();
    }

    private bool Begin(Exchange exchange)
    {
        lock (_gate)
        {
            if (IsAlive)
            {
                _current = exchange;
                return true;
            }
        }

        exchange.EndWithSession(_failure);
        return false;
    }

    private async Task ReadAsync()
    {
        var buffer = ArrayPool<byte>.Shared.Rent(ReadSize);
        try
        {
            while (true)
            {
                var read = await _channel.ReadAsync(buffer, _lifetime.Token).ConfigureAwait(false);
                if (read.IsEnd)
                    break;
                Deliver(read, buffer.AsSpan(0, read.Count));
            }
        }
        catch (Exception exception) when (exception is OperationCanceledException or SandboxException or IOException or ObjectDisposedException)
        {
            _failure = exception is OperationCanceledException or ObjectDisposedException ? null : exception;
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(buffer);
            End();
        }
    }

    // Whatever comes while nothing is asked was not written by the loop: such a session is not used again. It is read on all the
    // same, since a process that writes there must not block.
    private void Deliver(SessionRead read, ReadOnlySpan<byte> data)
    {
        Volatile.Write(ref _heardAt, _timeProvider.GetTimestamp());
        Exchange? current;
        lock (_gate)
        {
            current = _current is { End.IsCompleted: false } ? _current : null;
            IsAlive &= current is not null;
        }

        if (read.Source == SessionOutput.Standard)
            current?.AcceptOutput(data);
        else
            current?.AcceptError(data);
    }

    private void End()
    {
        Exchange? current;
        lock (_gate)
        {
            IsAlive = false;
            current = _current;
        }

        current?.EndWithSession(_failure);
    }
}
