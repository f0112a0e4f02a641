using System.Collections.Concurrent;
using System.Net.Sockets;

namespace ContainerSandbox.Fault.Tests.Proxy;

/// <summary>
/// Stands between a client and an engine on unix sockets and does to the calls what its rules say. It knows one request for each
/// connection, which is how the adapter's client asks; what follows on the same connection passes with the first.
/// </summary>
internal sealed class FaultProxy : IAsyncDisposable
{
    private readonly Socket _listener = new(AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified);
    private readonly string _folder = Directory.CreateTempSubdirectory("cs-proxy-").FullName;
    private readonly string _engine;
    private readonly ConcurrentDictionary<ProxiedCall, Task> _open = new();
    private readonly ConcurrentQueue<string> _calls = new();
    private readonly CancellationTokenSource _closing = new();
    private readonly Task _accepting;
    private volatile InjectedFault[] _faults = [];

    private FaultProxy(string engine)
    {
        _engine = engine["unix://".Length..];
        _listener.Bind(new UnixDomainSocketEndPoint(Path.Combine(_folder, "docker.sock")));
        _listener.Listen(256);
        _accepting = AcceptAsync();
    }

    public string Host => "unix://" + Path.Combine(_folder, "docker.sock");

    /// <summary>What was asked, in order: method and path with its query, without the version.</summary>
    public IReadOnlyCollection<string> Calls => _calls;

    public static FaultProxy Start(string engine) => new(engine);

    /// <summary>Sets a rule to work. The first that is about a call decides.</summary>
    public InjectedFault Inject(FaultRule rule)
    {
        var fault = new InjectedFault(rule);
        _faults = [.. _faults, fault];
        return fault;
    }

    /// <summary>Sets a rule that does nothing but to tell of its first call.</summary>
    public Task WhenCalledAsync(string call) => Inject(new FaultRule(call, FaultKind.Delay)).Hit;

    /// <summary>Ends the connections of calls that are under way.</summary>
    public void Break(string call)
    {
        foreach (var open in UnderWay(call))
            open.Close();
    }

    /// <summary>Ends the clients' side of calls that are under way; the engine does not notice.</summary>
    public void Forsake(string call)
    {
        foreach (var open in UnderWay(call))
            open.Forsake();
    }

    public async ValueTask DisposeAsync()
    {
        await _closing.CancelAsync();
        _listener.Dispose();
        await _accepting;
        foreach (var open in _open.Keys)
            open.Close();
        await Task.WhenAll(_open.Values);
        _closing.Dispose();
        Directory.Delete(_folder, recursive: true);
    }

    private IEnumerable<ProxiedCall> UnderWay(string call) =>
        _open.Keys.Where(open => open.Head is { } head && new FaultRule(call, FaultKind.Reset).IsAbout(head));

    private async Task AcceptAsync()
    {
        try
        {
            while (true)
            {
                var call = new ProxiedCall(await _listener.AcceptAsync(_closing.Token), _engine, Decide, _closing.Token);
                var running = Task.Run(call.RunAsync);
                _open[call] = running;
                _ = running.ContinueWith(_ => _open.TryRemove(call, out var _), TaskScheduler.Default);
            }
        }
        catch (Exception e) when (e is SocketException or ObjectDisposedException or OperationCanceledException)
        {
            return;
        }
    }

    private FaultRule? Decide(MessageHead head, out Task lifted)
    {
        _calls.Enqueue(head.Call);
        var fault = _faults.FirstOrDefault(fault => fault.Takes(head));
        lifted = fault?.Lifted ?? Task.CompletedTask;
        return fault?.Rule;
    }
}
