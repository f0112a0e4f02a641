using ContainerSandbox.Engine.Sessions;

namespace ContainerSandbox.Engine.Tests.Sessions;

/// <summary>The loop itself: requests that are no commands.</summary>
[Collection(nameof(LocalShellTests))]
public sealed class SessionLoopTests
{
    [Theory]
    [ClassData(typeof(Shells))]
    public async Task A_session_tells_its_process_id(string shell)
    {
        await using var rig = await ShellRig.OpenAsync(shell);
        await using var session = await OpenAsync(rig);
        Assert.Contains(rig.Backend.Sessions, channel => channel.ProcessId == session.ProcessId);
    }

    [Theory]
    [ClassData(typeof(Shells))]
    public async Task A_request_is_answered_with_its_status_and_output(string shell)
    {
        await using var rig = await ShellRig.OpenAsync(shell);
        await using var session = await OpenAsync(rig);
        Assert.Equal((0, "one\ntwo"), await session.AskAsync("echo one\nprintf two", CancellationToken.None));
        Assert.Equal((3, ""), await session.AskAsync("(exit 3)", CancellationToken.None));
        Assert.Equal((0, new string('x', 3000)), await session.AskAsync($"printf %s {new string('x', 3000)}", CancellationToken.None));
    }

    [Theory]
    [ClassData(typeof(Shells))]
    public async Task Processes_are_found_by_group_and_user_without_those_named(string shell)
    {
        await using var rig = await ShellRig.OpenAsync(shell);
        await using var first = await OpenAsync(rig);
        await using var second = await OpenAsync(rig, first.GroupId);
        var group = LocalShell.GroupOf(first.GroupId);
        var (_, found) = await first.AskAsync($"__cs_find Gid {group}; echo \" $__cs_f \"", CancellationToken.None);
        var (_, others) = await first.AskAsync($"__cs_find Gid {group} {second.ProcessId}; echo \" $__cs_f \"", CancellationToken.None);
        Assert.Contains($" {second.ProcessId} ", found, StringComparison.Ordinal);
        Assert.DoesNotContain($" {second.ProcessId} ", others, StringComparison.Ordinal);
        Assert.DoesNotContain($" {first.ProcessId} ", found, StringComparison.Ordinal);
        Assert.Equal((1, ""), await first.AskAsync("__cs_is /proc/0 Gid 1", CancellationToken.None));
        Assert.True(first.IsAlive, "nothing was said that nobody asked for");
    }

    [Theory]
    [ClassData(typeof(Shells))]
    public async Task A_large_request_that_head_cannot_read_ends_the_session_instead_of_running_pieces_of_it(string shell)
    {
        await using var rig = await ShellRig.OpenAsync(shell);
        await using var session = await OpenAsync(rig);
        await session.AskAsync("head() { return 127; }", CancellationToken.None);
        var trace = Path.Combine(rig.WorkingDirectory, "trace");
        await Eventually.FailsAsync(
            session.AskAsync($": {new string('x', 2000)}\n1\n: >{trace}\n", CancellationToken.None), SandboxErrorId.SessionFailed);
        Assert.False(File.Exists(trace));
    }

    [Theory]
    [ClassData(typeof(Shells))]
    public async Task A_session_ends_with_its_connection(string shell)
    {
        await using var rig = await ShellRig.OpenAsync(shell);
        var session = await OpenAsync(rig);
        var processId = session.ProcessId;
        await session.DisposeAsync();
        await Eventually.TrueAsync(() => !Directory.Exists($"/proc/{processId}"), "the shell ends");
    }

    [Theory]
    [ClassData(typeof(Shells))]
    public async Task A_session_that_ended_says_so_before_it_is_asked(string shell)
    {
        await using var rig = await ShellRig.OpenAsync(shell);
        await using var session = await OpenAsync(rig);
        var exception = await Eventually.FailsAsync(
            session.AskAsync("echo last words; kill -9 $$", CancellationToken.None), SandboxErrorId.SessionFailed);
        Assert.Contains("last words", exception.Message, StringComparison.Ordinal);
        Assert.False(session.IsAlive);
        await Eventually.FailsAsync(session.AskAsync(":", CancellationToken.None), SandboxErrorId.SessionFailed);
    }

    private static Task<ShellSession> OpenAsync(ShellRig rig, long? groupId = null) => Eventually.EndsAsync(
        ShellSession.OpenAsync(rig.Backend, "", 0, groupId ?? 1_800_000_000 + Environment.ProcessId, rig.WorkingDirectory, TimeProvider.System, CancellationToken.None));
}
