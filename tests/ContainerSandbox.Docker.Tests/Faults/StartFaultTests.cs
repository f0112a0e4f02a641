using ContainerSandbox.Engine.Backends;
using ContainerSandbox.Testing;

namespace ContainerSandbox.Docker.Tests.Faults;

/// <summary>What the adapter makes of starts that go wrong: nothing of them stays, and nothing of anybody else goes.</summary>
public sealed class StartFaultTests : FaultTests
{
    [Fact]
    public async Task What_must_not_happen_twice_is_asked_for_once()
    {
        Engine.Answer("POST /containers/create", "");
        Engine.Answer("GET /containers/json", FakeEngine.Json("[]"));

        Assert.Equal(SandboxErrorId.EngineLost, (await FailureAsync(Backend.StartContainerAsync(Spec(), None))).ErrorId);
        Assert.Single(Engine.Requests, request => request == "POST /containers/create");
    }

    [Theory]
    [InlineData("docker-init", "exec: \\\"docker-init\\\": executable file not found in $PATH")]
    [InlineData("catatonit", "container-init binary not found on the host: stat /usr/libexec/podman/catatonit: no such file or directory")]
    public async Task An_engine_without_an_init_is_named_with_the_remedy(string program, string message)
    {
        Engine.Answer("POST /containers/create", FakeEngine.Json($$"""{"message":"{{message}}"}""", "500 Internal Server Error"));

        var failure = await FailureAsync(Backend.StartContainerAsync(Spec(), None));

        Assert.Equal(SandboxErrorId.EngineHasNoInit, failure.ErrorId);
        Assert.Contains(program, failure.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_container_whose_start_fails_is_removed()
    {
        AnswerUpToStart();
        Engine.Answer("POST /containers/abc/start", FakeEngine.Json("""{"message":"no"}""", "500 Internal Server Error"));
        Engine.Answer("DELETE /containers/abc", "HTTP/1.1 204 No Content\r\n\r\n");

        var failure = await FailureAsync(Backend.StartContainerAsync(Spec(), None));

        Assert.Equal(SandboxErrorId.EngineError, failure.ErrorId);
        Assert.Contains("DELETE /containers/abc", Engine.Requests);
    }

    [Fact]
    public async Task A_create_that_happens_after_it_was_given_up_is_found_by_name_and_removed()
    {
        Engine.Hang("POST /containers/create");
        Engine.Answer("GET /containers/json", FakeEngine.Json("[]"));
        Engine.Answer("DELETE /containers/mine", "HTTP/1.1 204 No Content\r\n\r\n");
        using var cancel = new CancellationTokenSource();
        var start = Backend.StartContainerAsync(Spec(), cancel.Token);
        await AskedAsync("POST /containers/create");
        await cancel.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => start.WaitAsync(TimeSpan.FromSeconds(1)));
        await AskedAsync("GET /containers/json");

        Engine.Answer("GET /containers/json", FakeEngine.Json(
            """[{"Id":"other","Names":["/cs-fake-1"],"State":"running","Labels":{"owner":"somebody"}},{"Id":"mine","Names":["/cs-fake"],"State":"created","Labels":{"owner":"me"}}]"""));
        await AdvanceUntilAsync(AskedAsync("DELETE /containers/mine"));

        Assert.DoesNotContain("DELETE /containers/other", Engine.Requests);
    }

    [Fact]
    public async Task A_container_that_is_listed_before_it_can_be_removed_is_removed_all_the_same()
    {
        Engine.Hang("POST /containers/create");
        Engine.Answer("GET /containers/json", FakeEngine.Json("""[{"Id":"mine","Names":["/cs-fake"],"State":"created","Labels":{"owner":"me"}}]"""));
        using var cancel = new CancellationTokenSource();
        var start = Backend.StartContainerAsync(Spec(), cancel.Token);
        await AskedAsync("POST /containers/create");
        await cancel.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => start);
        await AskedAsync("DELETE /containers/mine");

        Engine.Answer("DELETE /containers/mine", "HTTP/1.1 204 No Content\r\n\r\n");
        await AdvanceUntilAsync(Eventually.HoldsAsync(
            "it is removed again", TimeSpan.FromSeconds(5), () => Task.FromResult(Engine.Requests.Count(request => request == "DELETE /containers/mine") > 1)));

        Assert.True(Engine.Requests.Count(request => request == "DELETE /containers/mine") > 1);
    }

    [Fact]
    public async Task Somebody_elses_container_of_the_same_name_stays()
    {
        Engine.Hang("POST /containers/create");
        Engine.Answer("GET /containers/json", FakeEngine.Json("""[{"Id":"theirs","Names":["/cs-fake"],"State":"running","Labels":{"owner":"somebody"}}]"""));
        using var cancel = new CancellationTokenSource();
        var start = Backend.StartContainerAsync(Spec(), cancel.Token);
        await AskedAsync("POST /containers/create");
        await cancel.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => start);
        for (var i = 0; i < 60; i++)
        {
            Time.Advance(TimeSpan.FromSeconds(1));
            await Task.Delay(TimeSpan.FromMilliseconds(5), TimeProvider.System, None);
        }

        Assert.DoesNotContain("DELETE /containers/theirs", Engine.Requests);
    }

    [Fact]
    public async Task A_limit_that_the_engine_warned_of_is_named_from_then_on()
    {
        Engine.Answer("GET /info", FakeEngine.Json("""{"MemoryLimit":true,"SwapLimit":true,"PidsLimit":true,"CpuCfsQuota":true,"CpuCfsPeriod":true}"""));
        AnswerUpToStart("Your kernel does not support pids limit capabilities or the cgroup is not mounted. PIDs limit discarded.");
        Engine.Answer("POST /containers/abc/start", "HTTP/1.1 204 No Content\r\n\r\n");
        Assert.Equal(string.Empty, (await Backend.ProbeAsync(None)).Engine.UnenforcedLimits);

        await using var lease = await Backend.StartContainerAsync(Spec(), None);

        Assert.Equal("PidsLimit", (await Backend.ProbeAsync(None)).Engine.UnenforcedLimits);
    }

    [Fact]
    public async Task A_lease_ends_when_its_connection_does()
    {
        var end = new TaskCompletionSource();
        AnswerUpToStart();
        Engine.Answer("POST /containers/abc/start", "HTTP/1.1 204 No Content\r\n\r\n");
        Engine.Answer("POST /containers/abc/attach", async stream =>
        {
            await stream.WriteAsync("HTTP/1.1 101 UPGRADED\r\nConnection: Upgrade\r\nUpgrade: tcp\r\n\r\n"u8.ToArray());
            await end.Task;
        });
        await using var lease = await Backend.StartContainerAsync(Spec(), None);
        Assert.False(lease.Ended.IsCompleted);

        end.SetResult();

        await lease.Ended.WaitAsync(TimeSpan.FromSeconds(5));
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

    private void AnswerUpToStart(string warning = "")
    {
        var stat = Convert.ToBase64String("""{"name":"sh","size":1,"mode":493,"mtime":"2026-01-01T00:00:00Z","linkTarget":""}"""u8);
        Engine.Answer("POST /containers/create", FakeEngine.Json($$"""{"Id":"abc","Warnings":["{{warning}}"]}""", "201 Created"));
        Engine.Answer("HEAD /containers/abc/archive", $"HTTP/1.1 200 OK\r\nX-Docker-Container-Path-Stat: {stat}\r\n\r\n");
        Engine.Answer("GET /containers/abc/json", FakeEngine.Json("""{"Id":"abc","Config":{"Tty":false}}"""));
        Engine.Answer("POST /containers/abc/attach", async stream =>
        {
            await stream.WriteAsync("HTTP/1.1 101 UPGRADED\r\nConnection: Upgrade\r\nUpgrade: tcp\r\n\r\n"u8.ToArray());
            await stream.CopyToAsync(System.IO.Stream.Null);
        });
    }
}
