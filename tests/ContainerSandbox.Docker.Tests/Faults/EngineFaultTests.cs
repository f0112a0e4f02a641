namespace ContainerSandbox.Docker.Tests.Faults;

/// <summary>What the adapter makes of calls that an engine does not answer as it should.</summary>
public sealed class EngineFaultTests : FaultTests
{
    private static readonly TimeSpan ShortStep = TimeSpan.FromMilliseconds(20);

    [Fact]
    public async Task A_call_without_an_answer_ends_at_its_deadline()
    {
        Engine.Hang("GET /containers/json");

        var call = Backend.ListContainersAsync("x", None);
        await AskedAsync("GET /containers/json");
        Time.Advance(TimeSpan.FromSeconds(9));
        Assert.False(call.IsCompleted);
        Time.Advance(TimeSpan.FromSeconds(1));

        Assert.Equal(SandboxErrorId.EngineNotResponding, (await FailureAsync(call)).ErrorId);
    }

    [Theory]
    [InlineData("GET /containers/json")]
    [InlineData("GET /events")]
    public async Task An_error_whose_body_never_ends_has_a_deadline_too(string request)
    {
        Engine.Answer(request, async stream =>
        {
            await stream.WriteAsync("HTTP/1.1 500 No\r\nContent-Type: application/json\r\nContent-Length: 100\r\n\r\n{"u8.ToArray());
            await Task.Delay(Timeout.InfiniteTimeSpan, TimeProvider.System);
        });
        await using var feed = Backend.WatchAsync("x", null, None).GetAsyncEnumerator(None);

        var call = request == "GET /events" ? (Task)feed.MoveNextAsync().AsTask() : Backend.ListContainersAsync("x", None);
        await AskedAsync(request);
        await AdvanceUntilAsync(call);

        Assert.Equal(SandboxErrorId.EngineNotResponding, (await FailureAsync(call)).ErrorId);
    }

    [Fact]
    public async Task A_cancelled_call_ends_at_once()
    {
        Engine.Hang("GET /containers/json");
        using var cancel = new CancellationTokenSource();

        var call = Backend.ListContainersAsync("x", cancel.Token);
        await AskedAsync("GET /containers/json");
        await cancel.CancelAsync();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => call.WaitAsync(TimeSpan.FromSeconds(1)));
    }

    [Theory]
    [InlineData("")]
    [InlineData("HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nTransfer-Encoding: chunked\r\n\r\n5\r\n[{\"")]
    [InlineData("garbage\r\n\r\n")]
    public async Task A_connection_that_breaks_is_an_engine_that_is_lost(string answer)
    {
        Engine.Answer("GET /containers/json", answer);

        var call = Backend.ListContainersAsync("x", None);
        await AdvanceUntilAsync(call, ShortStep);

        Assert.Equal(SandboxErrorId.EngineLost, (await FailureAsync(call)).ErrorId);
        Assert.Equal(3, Engine.Requests.Count(request => request == "GET /containers/json"));
    }

    [Fact]
    public async Task An_answer_that_was_lost_is_asked_for_again_a_moment_later()
    {
        Engine.Answer("GET /containers/json", "");

        var call = Backend.ListContainersAsync("x", None);
        await AskedAsync("GET /containers/json");
        Engine.Answer("GET /containers/json", FakeEngine.Json("[]"));
        await AdvanceUntilAsync(call, ShortStep);

        Assert.Empty(await call);
    }

    [Fact]
    public async Task An_engine_that_went_away_is_lost()
    {
        File.Delete(Engine.Host["unix://".Length..]);

        Assert.Equal(SandboxErrorId.EngineLost, (await FailureAsync(Backend.ListContainersAsync("x", None))).ErrorId);
    }

    [Theory]
    [InlineData("{\"message\":\"disk is full\"}", "disk is full")]
    [InlineData("disk is full\n", "disk is full")]
    [InlineData("<html><body>Bad gateway</body></html>", "a web page")]
    [InlineData("{\"unknown\":1}", "could not be understood")]
    [InlineData("", "gave no reason")]
    public async Task An_error_is_told_in_the_engines_words_without_its_wrapping(string body, string expected)
    {
        Engine.Answer("GET /containers/json", FakeEngine.Json(body, "500 Internal Server Error"));

        var failure = await FailureAsync(Backend.ListContainersAsync("x", None));

        Assert.Equal(SandboxErrorId.EngineError, failure.ErrorId);
        Assert.Contains(expected, failure.Message, StringComparison.Ordinal);
        Assert.DoesNotContain("{", failure.Message, StringComparison.Ordinal);
        Assert.DoesNotContain("<", failure.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("[{\"Id\":")]
    [InlineData("{\"not\":\"a list\"}")]
    public async Task An_answer_that_makes_no_sense_is_a_protocol_error(string body)
    {
        Engine.Answer("GET /containers/json", FakeEngine.Json(body));

        var call = Backend.ListContainersAsync("x", None);
        await AdvanceUntilAsync(call, ShortStep);

        Assert.Equal(SandboxErrorCategory.ProtocolError, (await FailureAsync(call)).Category);
    }

    [Theory]
    [InlineData("200 OK")]
    [InlineData("500 Internal Server Error")]
    public async Task An_answer_without_end_is_not_kept(string status)
    {
        var written = 0L;
        Engine.Answer("GET /containers/json", async stream =>
        {
            await stream.WriteAsync(System.Text.Encoding.ASCII.GetBytes($"HTTP/1.1 {status}\r\nContent-Type: application/json\r\n\r\n[\""));
            for (var block = new byte[1 << 20]; written < 200; written++)
                await stream.WriteAsync(block);
        });

        Assert.Equal(SandboxErrorCategory.ProtocolError, (await FailureAsync(Backend.ListContainersAsync("x", None))).Category);
        Assert.InRange(written, 31, 40);
    }

    [Fact]
    public async Task A_redirect_is_not_followed()
    {
        Engine.Answer("GET /containers/json", "HTTP/1.1 302 Found\r\nLocation: /stolen\r\nContent-Length: 0\r\n\r\n");

        var call = Backend.ListContainersAsync("x", None);
        await AdvanceUntilAsync(call, ShortStep);
        await FailureAsync(call);

        Assert.DoesNotContain("GET /stolen", Engine.Requests);
    }

    [Theory]
    [InlineData("name=seccomp,profile=default", 2147483646, false)]
    [InlineData("name=userns", 65533, true)]
    [InlineData("name=rootless", 65533, true)]
    public async Task Users_are_limited_where_the_engine_maps_them(string option, long last, bool mapped)
    {
        Engine.Answer("GET /info", FakeEngine.Json($$"""{"SecurityOptions":["{{option}}"],"MemoryLimit":true,"SwapLimit":false,"PidsLimit":true,"CpuCfsQuota":true,"CpuCfsPeriod":false}"""));

        var capabilities = await Backend.ProbeAsync(None);

        Assert.Equal(1, capabilities.FirstUserId);
        Assert.Equal(last, capabilities.LastUserId);
        Assert.Equal(mapped, capabilities.Engine.UserNamespaces);
        Assert.Equal("Cpu, MemorySwap", capabilities.Engine.UnenforcedLimits);
    }
}
