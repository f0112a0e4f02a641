using ContainerSandbox.Engine.Backends;

namespace ContainerSandbox.Docker.Tests.Contract;

public abstract partial class BackendContract
{
    [Fact]
    public async Task A_session_runs_as_the_user_it_was_opened_for()
    {
        await using var lease = await StartAsync();

        Assert.Equal($"{AgentUser} {AgentUser}", await OutputAsync(lease, "echo $(id -u) $(id -g)"));
        if (!fixture.IsPodman)
            Assert.Contains(SharedGroup.ToString(System.Globalization.CultureInfo.InvariantCulture), (await OutputAsync(lease, "id -G")).Split(' '));
        Assert.Equal("/workspace", await OutputAsync(lease, "pwd"));
    }

    [Fact]
    public async Task Streams_are_exact_to_the_byte_and_apart()
    {
        await using var lease = await StartAsync();
        var data = Enumerable.Range(0, 1024).Select(i => (byte)i).ToArray();

        await using var session = await OpenAsync(lease, "/bin/sh", "-c", "tee /dev/stderr");
        await session.WriteAsync(data, None);
        await session.CompleteInputAsync(None);
        var finished = await Finished.WaitAsync(session);

        Assert.Equal(data, finished.Output);
        Assert.Equal(data, finished.Error);
        Assert.Equal(0, finished.ExitCode);
    }

    [Fact]
    public async Task Large_streams_flow_both_ways_at_once()
    {
        await using var lease = await StartAsync();
        var data = new byte[Megabyte];
        new Random(7).NextBytes(data);

        await using var session = await OpenAsync(lease, "/bin/cat");
        var reading = Finished.WaitAsync(session);
        for (var offset = 0; offset < data.Length; offset += 100_000)
            await session.WriteAsync(data.AsMemory(offset, Math.Min(100_000, data.Length - offset)), None);
        await session.CompleteInputAsync(None);
        var finished = await reading;

        Assert.Equal(data, finished.Output);
        Assert.Empty(finished.Error);
    }

    [Fact]
    public async Task A_reader_with_a_tiny_buffer_gets_everything()
    {
        await using var lease = await StartAsync();
        await using var session = await OpenAsync(lease, "/bin/sh", "-c", "printf abc; printf def >&2");
        var read = new List<(SessionOutput, byte)>();
        var one = new byte[1];

        for (var result = await session.ReadAsync(one, None); !result.IsEnd; result = await session.ReadAsync(one, None))
            read.Add((result.Source, one[0]));

        Assert.Equal("abc"u8.ToArray(), read.Where(r => r.Item1 == SessionOutput.Standard).Select(r => r.Item2));
        Assert.Equal("def"u8.ToArray(), read.Where(r => r.Item1 == SessionOutput.Error).Select(r => r.Item2));
        Assert.True((await session.ReadAsync(one, None)).IsEnd);
    }

    [Fact]
    public async Task A_cancelled_read_loses_nothing()
    {
        await using var lease = await StartAsync();
        await using var session = await OpenAsync(lease, "/bin/cat");
        var buffer = new byte[64];
        using (var cancel = new CancellationTokenSource(TimeSpan.FromMilliseconds(50)))
            await Assert.ThrowsAnyAsync<OperationCanceledException>(async () => await session.ReadAsync(buffer, cancel.Token));

        await session.WriteAsync("whole"u8.ToArray(), None);
        await session.CompleteInputAsync(None);

        Assert.Equal("whole", (await Finished.WaitAsync(session)).OutputText);
    }

    [Fact]
    public async Task The_end_of_input_reaches_the_process()
    {
        await using var lease = await StartAsync();
        await using var session = await OpenAsync(lease, "/bin/sh", "-c", "cat; echo ended; exit 7");

        Assert.Null(await session.GetExitCodeAsync(None));
        await session.CompleteInputAsync(None);
        var finished = await Finished.WaitAsync(session);

        Assert.Equal("ended\n", finished.OutputText);
        Assert.Equal(7, finished.ExitCode);
    }

    [Theory]
    [InlineData("/bin/missing", "/workspace")]
    [InlineData("/etc/passwd", "/workspace")]
    [InlineData("/bin/cat", "/nowhere")]
    public async Task A_program_that_cannot_start_fails_with_the_reason(string program, string folder)
    {
        await using var lease = await StartAsync();

        var failure = await Assert.ThrowsAsync<SandboxException>(
            () => Backend.OpenSessionAsync(new SessionSpec(lease.ContainerId, AgentUser, AgentUser, [program], folder), None));

        Assert.Equal(SandboxErrorId.SessionFailed, failure.ErrorId);
        Assert.Contains(folder == "/nowhere" ? folder : program, failure.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(126)]
    [InlineData(127)]
    [InlineData(255)]
    public async Task A_program_may_end_with_any_code(int code)
    {
        await using var lease = await StartAsync();

        var finished = await ScriptAsync(lease, $"echo mine; exit {code}");

        Assert.Equal(code, finished.ExitCode);
        Assert.Equal("mine\n", finished.OutputText);
    }

    [Fact]
    public async Task Disposing_a_session_does_not_end_its_process()
    {
        await using var lease = await StartAsync();
        var session = await OpenAsync(lease, "/bin/sleep", "4242");

        await session.DisposeAsync();
        await session.DisposeAsync();

        Assert.Contains("/bin/sleep", await OutputAsync(lease, "cat /proc/[0-9]*/cmdline | tr '\\0' '\\n' | grep -x -B 1 4242"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_session_ends_with_its_container()
    {
        var lease = await StartAsync();
        await using var session = await OpenAsync(lease, "/bin/cat");

        lease.Release();
        await GoneAsync(TimeSpan.FromSeconds(2));

        var buffer = new byte[64];
        var end = await Record.ExceptionAsync(async () => Assert.True((await session.ReadAsync(buffer, None)).IsEnd));
        Assert.True(end is null or SandboxException { ErrorId: SandboxErrorId.EngineLost }, $"Unexpected: {end}");
        var failure = await Assert.ThrowsAsync<SandboxException>(() => session.GetExitCodeAsync(None));
        Assert.Equal(SandboxErrorId.ContainerNotFound, failure.ErrorId);
    }

    [Fact]
    public async Task Disposing_a_session_ends_a_write_that_nobody_reads()
    {
        await using var lease = await StartAsync();
        var session = await OpenAsync(lease, "/bin/sleep", "1000");
        var writing = session.WriteAsync(new byte[16 * Megabyte], None).AsTask();
        await Assert.ThrowsAsync<TimeoutException>(() => writing.WaitAsync(TimeSpan.FromSeconds(0.3)));

        await session.DisposeAsync();

        var failure = await Record.ExceptionAsync(() => writing.WaitAsync(TimeSpan.FromSeconds(2)));
        Assert.True(failure is SandboxException { ErrorId: SandboxErrorId.EngineLost } or ObjectDisposedException, $"Unexpected: {failure}");
    }

    [Fact]
    public async Task No_session_opens_in_a_paused_container()
    {
        await using var lease = await StartAsync();
        await fixture.PauseAsync(lease.ContainerId);

        var failure = await Assert.ThrowsAsync<SandboxException>(() => OpenAsync(lease, "/bin/true"));

        Assert.Equal(SandboxErrorId.EngineError, failure.ErrorId);
        Assert.Contains("paused", failure.Message, StringComparison.Ordinal);
        await Backend.RemoveContainerAsync(lease.ContainerId, None);
    }

    [Fact]
    public async Task Many_sessions_share_a_container()
    {
        await using var lease = await StartAsync();

        var outputs = await Task.WhenAll(Enumerable.Range(0, 6).Select(i => OutputAsync(lease, $"echo {i}")));

        Assert.Equal(["0", "1", "2", "3", "4", "5"], outputs);
    }
}
