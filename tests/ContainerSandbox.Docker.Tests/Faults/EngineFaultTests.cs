using ContainerSandbox.Engine.Backends;
using ContainerSandbox.Testing;
using Microsoft.Extensions.Time.Testing;

namespace ContainerSandbox.Docker.Tests.Faults;

/// <summary>What the adapter makes of an engine that misbehaves.</summary>
public sealed class EngineFaultTests : IAsyncLifetime
{
    private static readonly CancellationToken None = CancellationToken.None;
    private static readonly TimeSpan ShortStep = TimeSpan.FromMilliseconds(20);
    private readonly FakeTimeProvider _time = new();
    private readonly FakeEngine _engine = FakeEngine.Start();
    private ISandboxBackend _backend = null!;

    public async Task InitializeAsync() => _backend = await new DockerBackendFactory().ConnectAsync(_engine.Host, _time, None);

    public async Task DisposeAsync()
    {
        var closing = _backend.DisposeAsync().AsTask();
        await AdvanceUntilAsync(closing);
        await closing;
        await _engine.DisposeAsync();
    }

    [Fact]
    public async Task A_call_without_an_answer_ends_at_its_deadline()
    {
        _engine.Hang("GET /containers/json");

        var call = _backend.ListContainersAsync("x", None);
        await AskedAsync("GET /containers/json");
        _time.Advance(TimeSpan.FromSeconds(9));
        Assert.False(call.IsCompleted);
        _time.Advance(TimeSpan.FromSeconds(1));

        Assert.Equal(SandboxErrorId.EngineNotResponding, (await FailureAsync(call)).ErrorId);
    }

    [Theory]
    [InlineData("GET /containers/json")]
    [InlineData("GET /events")]
    public async Task An_error_whose_body_never_ends_has_a_deadline_too(string request)
    {
        _engine.Answer(request, async stream =>
        {
            await stream.WriteAsync("HTTP/1.1 500 No\r\nContent-Type: application/json\r\nContent-Length: 100\r\n\r\n{"u8.ToArray());
            await Task.Delay(Timeout.InfiniteTimeSpan, TimeProvider.System);
        });
        await using var feed = _backend.WatchAsync("x", null, None).GetAsyncEnumerator(None);

        var call = request == "GET /events" ? (Task)feed.MoveNextAsync().AsTask() : _backend.ListContainersAsync("x", None);
        await AskedAsync(request);
        await AdvanceUntilAsync(call);

        Assert.Equal(SandboxErrorId.EngineNotResponding, (await FailureAsync(call)).ErrorId);
    }

    [Fact]
    public async Task A_cancelled_call_ends_at_once()
    {
        _engine.Hang("GET /containers/json");
        using var cancel = new CancellationTokenSource();

        var call = _backend.ListContainersAsync("x", cancel.Token);
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
        _engine.Answer("GET /containers/json", answer);

        var call = _backend.ListContainersAsync("x", None);
        await AdvanceUntilAsync(call, ShortStep);

        Assert.Equal(SandboxErrorId.EngineLost, (await FailureAsync(call)).ErrorId);
        Assert.Equal(3, _engine.Requests.Count(request => request == "GET /containers/json"));
    }

    [Fact]
    public async Task An_answer_that_was_lost_is_asked_for_again_a_moment_later()
    {
        _engine.Answer("GET /containers/json", "");

        var call = _backend.ListContainersAsync("x", None);
        await AskedAsync("GET /containers/json");
        _engine.Answer("GET /containers/json", FakeEngine.Json("[]"));
        await AdvanceUntilAsync(call, ShortStep);

        Assert.Empty(await call);
    }

    [Fact]
    public async Task What_must_not_happen_twice_is_asked_for_once()
    {
        _engine.Answer("POST /containers/create", "");
        _engine.Answer("GET /containers/json", FakeEngine.Json("[]"));

        Assert.Equal(SandboxErrorId.EngineLost, (await FailureAsync(_backend.StartContainerAsync(Spec(), None))).ErrorId);
        Assert.Single(_engine.Requests, request => request == "POST /containers/create");
    }

    [Fact]
    public async Task An_engine_that_went_away_is_lost()
    {
        File.Delete(_engine.Host["unix://".Length..]);

        Assert.Equal(SandboxErrorId.EngineLost, (await FailureAsync(_backend.ListContainersAsync("x", None))).ErrorId);
    }

    [Theory]
    [InlineData("{\"message\":\"disk is full\"}", "disk is full")]
    [InlineData("disk is full\n", "disk is full")]
    [InlineData("<html><body>Bad gateway</body></html>", "a web page")]
    [InlineData("{\"unknown\":1}", "could not be understood")]
    [InlineData("", "gave no reason")]
    public async Task An_error_is_told_in_the_engines_words_without_its_wrapping(string body, string expected)
    {
        _engine.Answer("GET /containers/json", FakeEngine.Json(body, "500 Internal Server Error"));

        var failure = await FailureAsync(_backend.ListContainersAsync("x", None));

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
        _engine.Answer("GET /containers/json", FakeEngine.Json(body));

        var call = _backend.ListContainersAsync("x", None);
        await AdvanceUntilAsync(call, ShortStep);

        Assert.Equal(SandboxErrorCategory.ProtocolError, (await FailureAsync(call)).Category);
    }

    [Theory]
    [InlineData("200 OK")]
    [InlineData("500 Internal Server Error")]
    public async Task An_answer_without_end_is_not_kept(string status)
    {
        var written = 0L;
        _engine.Answer("GET /containers/json", async stream =>
        {
            await stream.WriteAsync(System.Text.Encoding.ASCII.GetBytes($"HTTP/1.1 {status}\r\nContent-Type: application/json\r\n\r\n[\""));
            for (var block = new byte[1 << 20]; written < 200; written++)
                await stream.WriteAsync(block);
        });

        Assert.Equal(SandboxErrorCategory.ProtocolError, (await FailureAsync(_backend.ListContainersAsync("x", None))).Category);
        Assert.InRange(written, 31, 40);
    }

    [Fact]
    public async Task A_redirect_is_not_followed()
    {
        _engine.Answer("GET /containers/json", "HTTP/1.1 302 Found\r\nLocation: /stolen\r\nContent-Length: 0\r\n\r\n");

        var call = _backend.ListContainersAsync("x", None);
        await AdvanceUntilAsync(call, ShortStep);
        await FailureAsync(call);

        Assert.DoesNotContain("GET /stolen", _engine.Requests);
    }

    [Theory]
    [InlineData("docker-init", "exec: \\\"docker-init\\\": executable file not found in $PATH")]
    [InlineData("catatonit", "container-init binary not found on the host: stat /usr/libexec/podman/catatonit: no such file or directory")]
    public async Task An_engine_without_an_init_is_named_with_the_remedy(string program, string message)
    {
        _engine.Answer("POST /containers/create", FakeEngine.Json($$"""{"message":"{{message}}"}""", "500 Internal Server Error"));

        var failure = await FailureAsync(_backend.StartContainerAsync(Spec(), None));

        Assert.Equal(SandboxErrorId.EngineHasNoInit, failure.ErrorId);
        Assert.Contains(program, failure.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_container_whose_start_fails_is_removed()
    {
        AnswerUpToStart();
        _engine.Answer("POST /containers/abc/start", FakeEngine.Json("""{"message":"no"}""", "500 Internal Server Error"));
        _engine.Answer("DELETE /containers/abc", "HTTP/1.1 204 No Content\r\n\r\n");

        var failure = await FailureAsync(_backend.StartContainerAsync(Spec(), None));

        Assert.Equal(SandboxErrorId.EngineError, failure.ErrorId);
        Assert.Contains("DELETE /containers/abc", _engine.Requests);
    }

    [Fact]
    public async Task A_create_that_happens_after_it_was_given_up_is_found_by_name_and_removed()
    {
        _engine.Hang("POST /containers/create");
        _engine.Answer("GET /containers/json", FakeEngine.Json("[]"));
        _engine.Answer("DELETE /containers/mine", "HTTP/1.1 204 No Content\r\n\r\n");
        using var cancel = new CancellationTokenSource();
        var start = _backend.StartContainerAsync(Spec(), cancel.Token);
        await AskedAsync("POST /containers/create");
        await cancel.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => start.WaitAsync(TimeSpan.FromSeconds(1)));
        await AskedAsync("GET /containers/json");

        _engine.Answer("GET /containers/json", FakeEngine.Json(
            """[{"Id":"other","Names":["/cs-fake-1"],"State":"running","Labels":{"owner":"somebody"}},{"Id":"mine","Names":["/cs-fake"],"State":"created","Labels":{"owner":"me"}}]"""));
        await AdvanceUntilAsync(AskedAsync("DELETE /containers/mine"));

        Assert.DoesNotContain("DELETE /containers/other", _engine.Requests);
    }

    [Fact]
    public async Task A_container_that_is_listed_before_it_can_be_removed_is_removed_all_the_same()
    {
        _engine.Hang("POST /containers/create");
        _engine.Answer("GET /containers/json", FakeEngine.Json("""[{"Id":"mine","Names":["/cs-fake"],"State":"created","Labels":{"owner":"me"}}]"""));
        using var cancel = new CancellationTokenSource();
        var start = _backend.StartContainerAsync(Spec(), cancel.Token);
        await AskedAsync("POST /containers/create");
        await cancel.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => start);
        await AskedAsync("DELETE /containers/mine");

        _engine.Answer("DELETE /containers/mine", "HTTP/1.1 204 No Content\r\n\r\n");
        await AdvanceUntilAsync(Eventually.HoldsAsync(
            "it is removed again", TimeSpan.FromSeconds(5), () => Task.FromResult(_engine.Requests.Count(request => request == "DELETE /containers/mine") > 1)));

        Assert.True(_engine.Requests.Count(request => request == "DELETE /containers/mine") > 1);
    }

    [Fact]
    public async Task Somebody_elses_container_of_the_same_name_stays()
    {
        _engine.Hang("POST /containers/create");
        _engine.Answer("GET /containers/json", FakeEngine.Json("""[{"Id":"theirs","Names":["/cs-fake"],"State":"running","Labels":{"owner":"somebody"}}]"""));
        using var cancel = new CancellationTokenSource();
        var start = _backend.StartContainerAsync(Spec(), cancel.Token);
        await AskedAsync("POST /containers/create");
        await cancel.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => start);
        for (var i = 0; i < 60; i++)
        {
            _time.Advance(TimeSpan.FromSeconds(1));
            await Task.Delay(TimeSpan.FromMilliseconds(5), TimeProvider.System, None);
        }

        Assert.DoesNotContain("DELETE /containers/theirs", _engine.Requests);
    }

    [Fact]
    public async Task A_feed_that_breaks_says_so_after_the_events_it_brought()
    {
        const string message = """{"Type":"container","Action":"die","Actor":{"ID":"abc","Attributes":{"exitCode":"3"}},"time":1700000000,"timeNano":1700000000000000100}""";
        const string other = """{"Type":"container","Action":"exec_die","Actor":{"ID":"abc"}}""";
        _engine.Answer("GET /events", $"HTTP/1.1 200 OK\r\nContent-Type: application/json\r\n\r\nnonsense\n{other}\n{message}\n{{\"cut");
        var events = new List<BackendEvent>();

        var failure = await Assert.ThrowsAsync<SandboxException>(async () =>
        {
            await foreach (var happened in _backend.WatchAsync("x", null, None))
                events.Add(happened);
        });

        Assert.Equal(SandboxErrorId.EngineLost, failure.ErrorId);
        var died = Assert.Single(events);
        Assert.Equal(new BackendEvent(BackendEventKind.Died, "abc", DateTimeOffset.FromUnixTimeSeconds(1700000000).AddTicks(1), 3), died);
    }

    [Fact]
    public async Task A_feed_that_is_never_accepted_has_a_deadline()
    {
        _engine.Hang("GET /events");
        await using var feed = _backend.WatchAsync("x", null, None).GetAsyncEnumerator(None);
        var next = feed.MoveNextAsync().AsTask();
        await AdvanceUntilAsync(next);

        Assert.Equal(SandboxErrorId.EngineNotResponding, (await Assert.ThrowsAsync<SandboxException>(() => next)).ErrorId);
    }

    [Fact]
    public async Task A_pull_lasts_as_long_as_it_says_something()
    {
        using var heard = new SemaphoreSlim(0);
        var silent = new TaskCompletionSource();
        _engine.Answer("POST /images/create", async stream =>
        {
            await stream.WriteAsync("HTTP/1.1 200 OK\r\nContent-Type: application/json\r\n\r\n"u8.ToArray());
            for (var i = 0; i < 5; i++)
            {
                await stream.WriteAsync("{\"status\":\"Downloading\",\"id\":\"layer\",\"progressDetail\":{\"current\":1,\"total\":9}}\n"u8.ToArray());
                await heard.WaitAsync();
                _time.Advance(TimeSpan.FromSeconds(50));
            }

            silent.SetResult();
            await Task.Delay(Timeout.InfiniteTimeSpan, TimeProvider.System);
        });

        var pull = _backend.PullImageAsync("busybox", new Signal(heard), None);
        await silent.Task.WaitAsync(TimeSpan.FromSeconds(10));
        Assert.False(pull.IsCompleted);
        _time.Advance(TimeSpan.FromSeconds(10));

        Assert.Equal(SandboxErrorId.EngineNotResponding, (await FailureAsync(pull)).ErrorId);
    }

    [Fact]
    public async Task A_full_disk_is_not_blamed_on_the_registry()
    {
        _engine.Answer("POST /images/create", FakeEngine.Json("{\"errorDetail\":{\"message\":\"write /var/lib/x: no space left on device\"},\"error\":\"write\"}\n"));

        var failure = await FailureAsync(_backend.PullImageAsync("busybox", null, None));

        Assert.Equal(SandboxErrorId.EngineError, failure.ErrorId);
        Assert.Contains("no space left", failure.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("name=seccomp,profile=default", 2147483646, false)]
    [InlineData("name=userns", 65533, true)]
    [InlineData("name=rootless", 65533, true)]
    public async Task Users_are_limited_where_the_engine_maps_them(string option, long last, bool mapped)
    {
        _engine.Answer("GET /info", FakeEngine.Json($$"""{"SecurityOptions":["{{option}}"],"MemoryLimit":true,"SwapLimit":false,"PidsLimit":true,"CpuCfsQuota":true,"CpuCfsPeriod":false}"""));

        var capabilities = await _backend.ProbeAsync(None);

        Assert.Equal(1, capabilities.FirstUserId);
        Assert.Equal(last, capabilities.LastUserId);
        Assert.Equal(mapped, capabilities.Engine.UserNamespaces);
        Assert.Equal("Cpu, MemorySwap", capabilities.Engine.UnenforcedLimits);
    }

    [Fact]
    public async Task A_limit_that_the_engine_warned_of_is_named_from_then_on()
    {
        _engine.Answer("GET /info", FakeEngine.Json("""{"MemoryLimit":true,"SwapLimit":true,"PidsLimit":true,"CpuCfsQuota":true,"CpuCfsPeriod":true}"""));
        AnswerUpToStart("Your kernel does not support pids limit capabilities or the cgroup is not mounted. PIDs limit discarded.");
        _engine.Answer("POST /containers/abc/start", "HTTP/1.1 204 No Content\r\n\r\n");
        Assert.Equal(string.Empty, (await _backend.ProbeAsync(None)).Engine.UnenforcedLimits);

        await using var lease = await _backend.StartContainerAsync(Spec(), None);

        Assert.Equal("PidsLimit", (await _backend.ProbeAsync(None)).Engine.UnenforcedLimits);
    }

    private static ContainerSpec Spec() => new()
    {
        Name = "cs-fake",
        ImageId = "sha256:" + new string('1', 64),
        MainProcess = ["/bin/sh"],
        UserId = 65534,
        GroupId = 65534,
        SharedGroupId = 1000,
        EnvironmentVariables = new Dictionary<string, string>(),
        WorkingDirectory = "/",
        Labels = new Dictionary<string, string> { ["owner"] = "me" },
        Limits = new ResourceLimits(64 << 20, 1, 10),
        TmpfsMounts = [],
        SharedMemoryPages = 1,
        OpenFilesLimit = 10,
        UserProcessesLimit = 10,
        SecurityProfile = "{}",
    };

    private static async Task<SandboxException> FailureAsync(Task call) =>
        await Assert.ThrowsAsync<SandboxException>(() => call.WaitAsync(TimeSpan.FromSeconds(5)));

    private void AnswerUpToStart(string warning = "")
    {
        var stat = Convert.ToBase64String("""{"name":"sh","size":1,"mode":493,"mtime":"2026-01-01T00:00:00Z","linkTarget":""}"""u8);
        _engine.Answer("POST /containers/create", FakeEngine.Json($$"""{"Id":"abc","Warnings":["{{warning}}"]}""", "201 Created"));
        _engine.Answer("HEAD /containers/abc/archive", $"HTTP/1.1 200 OK\r\nX-Docker-Container-Path-Stat: {stat}\r\n\r\n");
        _engine.Answer("GET /containers/abc/json", FakeEngine.Json("""{"Id":"abc","Config":{"Tty":false}}"""));
        _engine.Answer("POST /containers/abc/attach", async stream =>
        {
            await stream.WriteAsync("HTTP/1.1 101 UPGRADED\r\nConnection: Upgrade\r\nUpgrade: tcp\r\n\r\n"u8.ToArray());
            await stream.CopyToAsync(System.IO.Stream.Null);
        });
    }

    private Task<TimeSpan> AskedAsync(string request) => Eventually.HoldsAsync(
        $"'{request}' arrives", TimeSpan.FromSeconds(5), () => Task.FromResult(_engine.Requests.Contains(request)));

    private Task AdvanceUntilAsync(Task task) => AdvanceUntilAsync(task, TimeSpan.FromSeconds(0.5));

    private async Task AdvanceUntilAsync(Task task, TimeSpan step)
    {
        for (var i = 0; i < 300 && !task.IsCompleted; i++)
        {
            _time.Advance(step);
            await Task.Delay(TimeSpan.FromMilliseconds(5), TimeProvider.System, None);
        }
    }

    private sealed class Signal(SemaphoreSlim heard) : IProgress<ImagePullProgress>
    {
        public void Report(ImagePullProgress value) => heard.Release();
    }
}
