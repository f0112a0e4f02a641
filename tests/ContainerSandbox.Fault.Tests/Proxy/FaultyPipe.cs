using System.Net.Sockets;

namespace ContainerSandbox.Fault.Tests.Proxy;

/// <summary>Carries one way of a connection and does to it what a rule says.</summary>
internal sealed class FaultyPipe(Socket from, Socket to, FaultRule? rule, Task lifted, Action close)
{
    private const int LongestHead = 64 * 1024;
    private const byte Noise = 0x2a;
    private readonly byte[] _buffer = new byte[LongestHead];

    /// <summary>Carries until either side ends.</summary>
    public async Task RunAsync(CancellationToken cancellationToken)
    {
        try
        {
            await CarryAsync(cancellationToken);
        }
        catch (Exception e) when (e is SocketException or ObjectDisposedException)
        {
            // The end of one way is the end of the other.
            close();
        }
    }

    private async Task CarryAsync(CancellationToken cancellationToken)
    {
        var (head, rest) = await ReadHeadAsync(cancellationToken);
        if (rule?.Kind == FaultKind.Delay)
            await Task.Delay(rule.Wait, TimeProvider.System, cancellationToken);
        if (rule?.Kind == FaultKind.Hang)
            await lifted.WaitAsync(cancellationToken);
        if (head is null)
        {
            // The other side ended before it said anything.
            close();
            return;
        }

        var cuts = rule?.Kind is FaultKind.Reset or FaultKind.Truncate;
        if (cuts && head.HasNoBody)
        {
            await SendAsync(head.Bytes.AsMemory(0, head.Bytes.Length - 2), cancellationToken);
            close();
            return;
        }

        await SendAsync((rule?.Kind == FaultKind.Status ? head.WithStatus(rule.Status) : head).Bytes, cancellationToken);
        if (rule?.Kind == FaultKind.Status && (head.HasNoBody || head.Status == 101))
        {
            // An error without a length ends with its connection.
            close();
            return;
        }

        var passed = 0;
        do
        {
            var room = cuts ? Math.Min(rest.Length, rule!.After - passed) : rest.Length;
            await SendBodyAsync(rest[..room], cancellationToken);
            passed += room;
            if (cuts && passed >= rule!.After)
            {
                close();
                return;
            }

            rest = _buffer.AsMemory(0, await from.ReceiveAsync(_buffer, SocketFlags.None, cancellationToken));
        }
        while (rest.Length > 0);

        to.Shutdown(SocketShutdown.Send);
    }

    private async Task<(MessageHead? Head, Memory<byte> Body)> ReadHeadAsync(CancellationToken cancellationToken)
    {
        for (var count = 0; count < _buffer.Length;)
        {
            var more = await from.ReceiveAsync(_buffer.AsMemory(count), SocketFlags.None, cancellationToken);
            if (more == 0)
                break;
            count += more;
            if (MessageHead.Read(_buffer.AsSpan(0, count)) is { } head)
                return (head, _buffer.AsMemory(head.Bytes.Length..count));
        }

        return (null, default);
    }

    private async Task SendBodyAsync(Memory<byte> data, CancellationToken cancellationToken)
    {
        if (rule?.Kind == FaultKind.Garble)
        {
            foreach (ref var value in data.Span)
                value ^= Noise;
        }

        await SendAsync(data, cancellationToken);
        if (rule?.Kind == FaultKind.Duplicate)
            await SendAsync(data, cancellationToken);
    }

    private async Task SendAsync(ReadOnlyMemory<byte> data, CancellationToken cancellationToken)
    {
        var most = rule?.Kind == FaultKind.Slice ? 1 : int.MaxValue;
        while (data.Length > 0)
        {
            data = data[await to.SendAsync(data[..Math.Min(data.Length, most)], SocketFlags.None, cancellationToken)..];
            if (most == 1)
                await Task.Yield();
        }
    }
}
