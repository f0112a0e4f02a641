using System.Diagnostics;
using System.Net.Sockets;
using System.Text;
using ContainerSandbox.Docker.Tests.Faults;
using ContainerSandbox.Testing;

namespace ContainerSandbox.Fault.Tests.Proxy;

/// <summary>The proxy does to a call what its rule says, and nothing to the others.</summary>
public sealed class FaultProxyTests : IAsyncLifetime
{
    private const string Body = """{"one":1,"two":2}""";
    private static readonly TimeSpan AMoment = TimeSpan.FromSeconds(5);
    private static readonly TimeSpan AWhile = TimeSpan.FromMilliseconds(150);
    private readonly FakeEngine _engine = FakeEngine.Start();
    private FaultProxy _proxy = null!;

    public Task InitializeAsync()
    {
        _engine.Answer("GET /thing", FakeEngine.Json(Body));
        _engine.Answer("POST /thing", FakeEngine.Json(Body));
        _engine.Answer("DELETE /thing", "HTTP/1.1 204 No Content\r\n\r\n");
        _proxy = FaultProxy.Start(_engine.Host);
        return Task.CompletedTask;
    }

    public async Task DisposeAsync()
    {
        await _proxy.DisposeAsync();
        await _engine.DisposeAsync();
    }

    [Fact]
    public async Task Without_a_rule_everything_passes_as_it_is()
    {
        Assert.Equal(FakeEngine.Json(Body), await AskAsync("GET /v1.41/thing?all=1"));
        Assert.Equal(["GET /thing?all=1"], _proxy.Calls);
    }

    [Fact]
    public async Task Only_the_calls_that_a_rule_counts_get_its_fault()
    {
        _proxy.Inject(new FaultRule("^GET /thing", FaultKind.Status) { Skip = 1, Times = 1, Status = 503 });

        Assert.StartsWith("HTTP/1.1 200", await AskAsync("GET /thing"), StringComparison.Ordinal);
        Assert.StartsWith("HTTP/1.1 200", await AskAsync("POST /thing", "{}"), StringComparison.Ordinal);
        Assert.StartsWith("HTTP/1.1 503", await AskAsync("GET /thing"), StringComparison.Ordinal);
        Assert.StartsWith("HTTP/1.1 200", await AskAsync("GET /thing"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_fault_ends_when_it_is_lifted()
    {
        var fault = _proxy.Inject(new FaultRule("thing", FaultKind.Truncate));
        Assert.False(fault.Hit.IsCompleted);
        await AskAsync("GET /thing");
        Assert.True(fault.Hit.IsCompleted);

        fault.Lift();

        Assert.EndsWith(Body, await AskAsync("GET /thing"), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(FaultDirection.Request)]
    [InlineData(FaultDirection.Response)]
    public async Task A_delayed_call_takes_its_time(object direction)
    {
        _proxy.Inject(new FaultRule("thing", FaultKind.Delay) { Direction = (FaultDirection)direction, Wait = AWhile });
        var clock = Stopwatch.StartNew();

        Assert.EndsWith(Body, await AskAsync("GET /thing"), StringComparison.Ordinal);

        Assert.True(clock.Elapsed >= AWhile, $"{clock.Elapsed}");
    }

    [Fact]
    public async Task A_request_that_hangs_reaches_the_engine_when_the_fault_is_lifted_although_nobody_waits()
    {
        var fault = _proxy.Inject(new FaultRule("^POST", FaultKind.Hang) { Direction = FaultDirection.Request });
        using (var client = await ConnectAsync())
        {
            await client.SendAsync(Encoding.ASCII.GetBytes("POST /thing HTTP/1.1\r\nContent-Length: 2\r\n\r\n{}"));
            await fault.Hit.WaitAsync(AMoment);
        }

        await Task.Delay(AWhile, TimeProvider.System);
        Assert.Empty(_engine.Requests);
        fault.Lift();

        await Eventually.HoldsAsync("the engine was asked", AMoment, () => Task.FromResult(_engine.Requests.Count == 1));
    }

    [Fact]
    public async Task An_answer_that_hangs_was_carried_out()
    {
        var fault = _proxy.Inject(new FaultRule("^POST", FaultKind.Hang));
        var answer = AskAsync("POST /thing", "{}");
        await Eventually.HoldsAsync("the engine was asked", AMoment, () => Task.FromResult(_engine.Requests.Count == 1));
        await Task.Delay(AWhile, TimeProvider.System);
        Assert.False(answer.IsCompleted);

        fault.Lift();

        Assert.EndsWith(Body, await answer.WaitAsync(AMoment), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_reset_is_one_for_the_client_after_what_passed()
    {
        _proxy.Inject(new FaultRule("thing", FaultKind.Reset) { After = 5 });
        var received = new StringBuilder();

        var failure = await Assert.ThrowsAsync<SocketException>(() => AskAsync("POST /thing", "{}", received));

        Assert.Equal(SocketError.ConnectionReset, failure.SocketErrorCode);
        Assert.EndsWith("\r\n\r\n" + Body[..5], received.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_truncated_answer_ends_in_order_and_too_early()
    {
        _proxy.Inject(new FaultRule("thing", FaultKind.Truncate) { After = 5 });

        Assert.Equal(FakeEngine.Json(Body)[..^(Body.Length - 5)], await AskAsync("GET /thing"));
    }

    [Theory]
    [InlineData(FaultKind.Reset)]
    [InlineData(FaultKind.Truncate)]
    public async Task An_answer_without_a_body_is_cut_in_its_head(object kind)
    {
        _proxy.Inject(new FaultRule("thing", (FaultKind)kind) { After = 5 });
        var received = new StringBuilder();

        await Record.ExceptionAsync(() => AskAsync("DELETE /thing", null, received));

        Assert.Equal("HTTP/1.1 204 No Content\r\n", received.ToString());
    }

    [Theory]
    [InlineData(FaultDirection.Request)]
    [InlineData(FaultDirection.Response)]
    public async Task Bytes_come_one_by_one_and_all_of_them(object direction)
    {
        _proxy.Inject(new FaultRule("thing", FaultKind.Slice) { Direction = (FaultDirection)direction });

        Assert.Equal(FakeEngine.Json(Body), await AskAsync("POST /thing", "{}"));
    }

    [Fact]
    public async Task A_garbled_answer_has_its_length_and_none_of_its_sense()
    {
        _proxy.Inject(new FaultRule("thing", FaultKind.Garble));

        var answer = await AskAsync("GET /thing");

        Assert.Equal(FakeEngine.Json(Body).Length, answer.Length);
        Assert.StartsWith("HTTP/1.1 200 OK", answer, StringComparison.Ordinal);
        Assert.DoesNotContain("one", answer, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("GET", true)]
    [InlineData("DELETE", false)]
    public async Task Another_status_leaves_the_body(string method, bool body)
    {
        _proxy.Inject(new FaultRule("thing", FaultKind.Status));

        var answer = await AskAsync($"{method} /thing");

        Assert.StartsWith("HTTP/1.1 500 ", answer, StringComparison.Ordinal);
        Assert.EndsWith(body ? Body : "\r\n\r\n", answer, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_request_that_is_doubled_is_answered_once()
    {
        _proxy.Inject(new FaultRule("thing", FaultKind.Duplicate) { Direction = FaultDirection.Request });

        Assert.Equal(FakeEngine.Json(Body), await AskAsync("POST /thing", "{}"));

        Assert.Equal(["POST /thing", "POST /thing"], _engine.Requests);
    }

    [Fact]
    public async Task An_answer_that_is_doubled_says_everything_twice()
    {
        _proxy.Inject(new FaultRule("thing", FaultKind.Duplicate));

        Assert.EndsWith(Body + Body, await AskAsync("GET /thing"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Calls_under_way_can_be_broken_by_their_name()
    {
        _engine.Hang("GET /thing");
        var answer = AskAsync("GET /thing");
        await Eventually.HoldsAsync("the engine was asked", AMoment, () => Task.FromResult(_engine.Requests.Count == 1));

        _proxy.Break("^GET /other");
        Assert.False(answer.IsCompleted);
        _proxy.Break("^GET /thing");

        Assert.Equal("", await answer.WaitAsync(AMoment));
    }

    [Fact]
    public async Task The_clients_side_of_a_call_can_end_without_the_engine_noticing()
    {
        var noticed = false;
        _engine.Answer("GET /thing", async stream =>
        {
            await stream.ReadAtLeastAsync(new byte[1], 1, throwOnEndOfStream: false);
            noticed = true;
        });
        var answer = AskAsync("GET /thing");
        await Eventually.HoldsAsync("the engine was asked", AMoment, () => Task.FromResult(_engine.Requests.Count == 1));

        _proxy.Forsake("^GET /thing");

        Assert.Equal("", await answer.WaitAsync(AMoment));
        await Task.Delay(TimeSpan.FromMilliseconds(100), TimeProvider.System);
        Assert.False(noticed);
    }

    private async Task<Socket> ConnectAsync()
    {
        var socket = new Socket(AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified);
        await socket.ConnectAsync(new UnixDomainSocketEndPoint(_proxy.Host["unix://".Length..]));
        return socket;
    }

    private async Task<string> AskAsync(string request, string? body = null, StringBuilder? received = null)
    {
        using var client = await ConnectAsync();
        var length = body is null ? "" : $"Content-Length: {body.Length}\r\n";
        await client.SendAsync(Encoding.ASCII.GetBytes($"{request} HTTP/1.1\r\nHost: engine\r\n{length}\r\n{body}"));
        received ??= new StringBuilder();
        var buffer = new byte[1024];
        while (await client.ReceiveAsync(buffer) is var count and > 0)
            received.Append(Encoding.ASCII.GetString(buffer, 0, count));
        return received.ToString();
    }
}
