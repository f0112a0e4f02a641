using ContainerSandbox.Engine.Backends;

namespace ContainerSandbox.Docker.Tests.Faults;

/// <summary>What the adapter makes of feeds and pulls that break or fall silent.</summary>
public sealed class StreamFaultTests : FaultTests
{
    [Fact]
    public async Task A_feed_that_breaks_says_so_after_the_events_it_brought()
    {
        const string message = """{"Type":"container","Action":"die","Actor":{"ID":"abc","Attributes":{"exitCode":"3"}},"time":1700000000,"timeNano":1700000000000000100}""";
        const string other = """{"Type":"container","Action":"exec_die","Actor":{"ID":"abc"}}""";
        Engine.Answer("GET /events", $"HTTP/1.1 200 OK\r\nContent-Type: application/json\r\n\r\nnonsense\n{other}\n{message}\n{{\"cut");
        var events = new List<BackendEvent>();

        var failure = await Assert.ThrowsAsync<SandboxException>(async () =>
        {
            await foreach (var happened in Backend.WatchAsync("x", null, None))
                events.Add(happened);
        });

        Assert.Equal(SandboxErrorId.EngineLost, failure.ErrorId);
        var died = Assert.Single(events);
        Assert.Equal(new BackendEvent(BackendEventKind.Died, "abc", DateTimeOffset.FromUnixTimeSeconds(1700000000).AddTicks(1), 3), died);
    }

    [Fact]
    public async Task A_feed_that_is_never_accepted_has_a_deadline()
    {
        Engine.Hang("GET /events");
        await using var feed = Backend.WatchAsync("x", null, None).GetAsyncEnumerator(None);
        var next = feed.MoveNextAsync().AsTask();
        await AdvanceUntilAsync(next);

        Assert.Equal(SandboxErrorId.EngineNotResponding, (await Assert.ThrowsAsync<SandboxException>(() => next)).ErrorId);
    }

    [Fact]
    public async Task A_pull_lasts_as_long_as_it_says_something()
    {
        using var heard = new SemaphoreSlim(0);
        var silent = new TaskCompletionSource();
        Engine.Answer("POST /images/create", async stream =>
        {
            await stream.WriteAsync("HTTP/1.1 200 OK\r\nContent-Type: application/json\r\n\r\n"u8.ToArray());
            for (var i = 0; i < 5; i++)
            {
                await stream.WriteAsync("{\"status\":\"Downloading\",\"id\":\"layer\",\"progressDetail\":{\"current\":1,\"total\":9}}\n"u8.ToArray());
                await heard.WaitAsync();
                Time.Advance(TimeSpan.FromSeconds(50));
            }

            silent.SetResult();
            await Task.Delay(Timeout.InfiniteTimeSpan, TimeProvider.System);
        });

        var pull = Backend.PullImageAsync("busybox", new Signal(heard), None);
        await silent.Task.WaitAsync(TimeSpan.FromSeconds(10));
        Assert.False(pull.IsCompleted);
        Time.Advance(TimeSpan.FromSeconds(10));

        Assert.Equal(SandboxErrorId.EngineNotResponding, (await FailureAsync(pull)).ErrorId);
    }

    [Fact]
    public async Task Where_the_engine_answers_a_silent_pull_is_the_registrys()
    {
        Engine.Hang("POST /images/create");
        Engine.Answer("GET /_ping", "HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nOK");
        var pull = Backend.PullImageAsync("busybox", null, None);
        await AskedAsync("POST /images/create");
        Time.Advance(TimeSpan.FromSeconds(60));

        var failure = await FailureAsync(pull);

        Assert.Equal((SandboxErrorId.ImagePullFailed, SandboxErrorCategory.OperationTimeout), (failure.ErrorId, failure.Category));
        Assert.Contains("Nothing came from the registry of 'busybox' for 60 s", failure.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_full_disk_is_not_blamed_on_the_registry()
    {
        Engine.Answer("POST /images/create", FakeEngine.Json("{\"errorDetail\":{\"message\":\"write /var/lib/x: no space left on device\"},\"error\":\"write\"}\n"));

        var failure = await FailureAsync(Backend.PullImageAsync("busybox", null, None));

        Assert.Equal(SandboxErrorId.EngineError, failure.ErrorId);
        Assert.Contains("no space left", failure.Message, StringComparison.Ordinal);
    }

    private sealed class Signal(SemaphoreSlim heard) : IProgress<ImagePullProgress>
    {
        public void Report(ImagePullProgress value) => heard.Release();
    }
}
