using System.Net.Sockets;

namespace ContainerSandbox.Fault.Tests.Proxy;

/// <summary>One connection through the proxy.</summary>
internal sealed class ProxiedCall(Socket client, string enginePath, DecideFault decide, CancellationToken closing)
{
    private const int LongestRequest = 1024 * 1024;
    private static readonly TimeSpan Look = TimeSpan.FromMilliseconds(1);
    private readonly Socket _engine = Open();
    private volatile bool _isForsaken;

    /// <summary>What is asked, once that is known.</summary>
    public MessageHead? Head { get; private set; }

    /// <summary>Ends both connections.</summary>
    public void Close()
    {
        client.Dispose();
        _engine.Dispose();
    }

    /// <summary>Ends the client's connection and keeps the engine's, which does not notice: so a machine that vanishes from the network does.</summary>
    public void Forsake()
    {
        _isForsaken = true;
        client.Dispose();
    }

    public async Task RunAsync()
    {
        try
        {
            var head = await PeekHeadAsync();
            Head = head;
            var rule = decide(head, out var lifted);
            await _engine.ConnectAsync(new UnixDomainSocketEndPoint(enginePath), closing);
            if (rule is { Kind: FaultKind.Duplicate, Direction: FaultDirection.Request })
                await AskTwiceAsync(head);
            else if (rule is { Kind: FaultKind.Reset, Direction: FaultDirection.Response } && !head.Upgrades)
                await ResetLaterAsync(head, rule, lifted);
            else
                await PassAsync(rule, lifted);
        }
        catch (Exception e) when (e is SocketException or ObjectDisposedException or OperationCanceledException or EndOfStreamException)
        {
            // Either side may go at any time.
        }
        finally
        {
            Close();
        }
    }

    private void Drop()
    {
        if (_isForsaken)
            client.Dispose();
        else
            Close();
    }

    private static Socket Open() => new(AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified);

    private async Task PassAsync(FaultRule? rule, Task lifted)
    {
        var asking = new FaultyPipe(client, _engine, rule?.Direction == FaultDirection.Request && rule.Kind != FaultKind.Status ? rule : null, lifted, Drop);
        var answering = new FaultyPipe(_engine, client, rule?.Direction == FaultDirection.Response || rule?.Kind == FaultKind.Status ? rule : null, lifted, Drop);
        await Task.WhenAll(asking.RunAsync(closing), answering.RunAsync(closing));
    }

    // A unix socket that is closed while it holds something unread is reset for the other side; one that was read to the end is just
    // closed. So the last byte of the request stays where it is.
    private async Task ResetLaterAsync(MessageHead head, FaultRule rule, Task lifted)
    {
        var request = await PeekRequestAsync(head);
        await _engine.SendAsync(request, SocketFlags.None, closing);
        for (var rest = request.Length - 1; rest > 0;)
            rest -= await client.ReceiveAsync(new byte[rest], SocketFlags.None, closing);
        await new FaultyPipe(_engine, client, rule, lifted, Drop).RunAsync(closing);
    }

    private async Task AskTwiceAsync(MessageHead head)
    {
        var request = await PeekRequestAsync(head);
        using (var before = Open())
        {
            await before.ConnectAsync(new UnixDomainSocketEndPoint(enginePath), closing);
            await before.SendAsync(request, SocketFlags.None, closing);
            await before.ReceiveAsync(new byte[1024], SocketFlags.None, closing);
        }

        await PassAsync(null, Task.CompletedTask);
    }

    private Task<MessageHead> PeekHeadAsync() => PeekAsync(MessageHead.Read);

    private Task<byte[]> PeekRequestAsync(MessageHead head) => PeekAsync(data =>
    {
        var complete = head.IsChunked ? data.EndsWith("0\r\n\r\n"u8) : data.Length >= head.Bytes.Length + (head.BodyLength ?? 0);
        return complete ? data.ToArray() : null;
    });

    private async Task<T> PeekAsync<T>(Read<T> read)
        where T : class
    {
        var buffer = new byte[LongestRequest];
        for (var before = 0; ;)
        {
            var count = await client.ReceiveAsync(buffer, SocketFlags.Peek, closing);
            if (count == 0)
                throw new EndOfStreamException();
            if (count > before && read(buffer.AsSpan(0, count)) is { } found)
                return found;
            before = count;
            await Task.Delay(Look, TimeProvider.System, closing);
        }
    }

    private delegate T? Read<T>(ReadOnlySpan<byte> data);
}
