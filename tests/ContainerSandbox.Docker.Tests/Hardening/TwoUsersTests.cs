using System.Text;

namespace ContainerSandbox.Docker.Tests.Hardening;

/// <summary>The users of a slot and of another, and what one can do to the processes of another: nothing.</summary>
[Collection(HardeningGroup.Name)]
public sealed class TwoUsersTests(HardeningFixture hardening)
{
    private const string Lease = "65534";
    private const string LeaveOne = "sleep 600 >/dev/null 2>&1 & echo $!";

    public static TheoryData<string, string> Attempts => new()
    {
        { "signal-0", "EPERM" },
        { "signal-term", "EPERM" },
        { "signal-kill", "EPERM" },
        { "signal-stop", "EPERM" },
        { "signal-tgkill", "EPERM" },
        { "signal-queue", "EPERM" },
        { "signal-pidfd", "EPERM" },
        { "steal-fd", "EPERM" },
        { "trace-attach", "EPERM" },
        { "trace-seize", "EPERM" },
        { "memory-read", "EPERM" },
        { "memory-write", "EPERM" },
        { "set-limits", "EPERM" },
        { "set-affinity", "EPERM" },
        { "set-priority", "EPERM" },
        { "open-stdin", "EACCES" },
        { "open-stdout", "EACCES" },
        { "open-memory", "EACCES" },
        { "open-variables", "EACCES" },
        { "open-root", "EACCES" },
    };

    [Theory]
    [MemberData(nameof(Attempts))]
    public async Task The_lease_process_and_process_1_are_out_of_reach(string check, string line)
    {
        Assert.Equal(line, await hardening.ProbeAsync($"{check} lease"));
        Assert.Equal(line, await hardening.ProbeAsync($"{check} init"));
        Assert.Equal(line, await hardening.Sandbox.ProbeAsync(hardening.Environment, $"{check} lease", isolated: true));
    }

    [Fact]
    public async Task The_lease_process_is_where_the_checks_look_for_it() =>
        Assert.Equal(
            $"{Lease} read",
            await hardening.Sandbox.LineAsync(
                hardening.Environment,
                "p=$(/probe pid-of lease); u=$(awk '/^Uid:/ { print $2 }' /proc/$p/status); tr '\\0' ' ' </proc/$p/cmdline | grep -q read && echo $u read"));

    [Theory]
    [MemberData(nameof(Attempts))]
    public async Task An_isolated_command_is_out_of_the_agents_reach(string check, string line)
    {
        var folder = $"/tmp/{Guid.NewGuid():n}";
        Assert.Equal(0, (await hardening.Sandbox.RunAsync(hardening.Environment, $"mkdir {folder} && chmod 777 {folder}")).ExitCode);
        var isolated = hardening.Sandbox.RunAsync(
            hardening.Environment, $"echo $$ >{folder}/n && mv {folder}/n {folder}/pid; until [ -e {folder}/go ]; do sleep 0.01; done; echo through", isolated: true);
        var said = await hardening.Sandbox.LineAsync(
            hardening.Environment, $"until [ -e {folder}/pid ]; do sleep 0.01; done; /probe {check} $(cat {folder}/pid); touch {folder}/go");

        Assert.Equal(line, said);
        var result = await isolated;
        Assert.Equal((0, "through\n", CommandSource.Isolated), (result.ExitCode, result.StandardOutput, result.Source));
    }

    [Theory]
    [MemberData(nameof(Attempts))]
    public async Task The_agents_processes_are_out_of_an_isolated_commands_reach(string check, string line)
    {
        var pid = await hardening.Sandbox.LineAsync(hardening.Environment, LeaveOne);
        Assert.Equal(line, await hardening.Sandbox.ProbeAsync(hardening.Environment, $"{check} {pid}", isolated: true));
        Assert.Equal("OK", await hardening.ProbeAsync($"signal-kill {pid}"));
    }

    // Sessions of one agent share files and signals, by intent, and nothing more.
    [Theory]
    [InlineData("signal-0", "OK")]
    [InlineData("trace-attach", "EPERM")]
    [InlineData("memory-read", "EPERM")]
    [InlineData("open-memory", "EACCES")]
    [InlineData("open-variables", "EACCES")]
    public async Task A_session_does_not_look_into_another(string check, string line)
    {
        var pid = await hardening.Sandbox.LineAsync(hardening.Environment, LeaveOne);
        using var input = new MemoryStream(Encoding.UTF8.GetBytes("\n"));
        var result = await hardening.Sandbox.RunAsync(
            hardening.Environment, new CommandRequest { Command = $"/probe {check} {pid}", StandardInput = input });

        Assert.Equal((CommandSource.OneShot, line + "\n"), (result.Source, result.StandardOutput));
        Assert.Equal("OK", await hardening.ProbeAsync($"signal-kill {pid}"));
    }

    [Fact]
    public async Task No_two_slots_share_a_number()
    {
        var other = await hardening.Sandbox.ClaimAsync();
        SlotNumbers[] numbers =
        [
            await SlotNumbers.ReadAsync(hardening.Sandbox, hardening.Environment),
            await SlotNumbers.ReadAsync(hardening.Sandbox, hardening.Environment, isolated: true),
            await SlotNumbers.ReadAsync(hardening.Sandbox, other),
            await SlotNumbers.ReadAsync(hardening.Sandbox, other, isolated: true),
        ];
        await hardening.Sandbox.RemoveAsync(other);

        Assert.Equal(4, numbers.Select(each => each.User).Distinct().Count());
        Assert.Equal(numbers[0].Shared, numbers[1].Shared);
        Assert.NotEqual(numbers[0].Shared, numbers[2].Shared);
        Assert.All(numbers, each => Assert.True(each is { User: > 65535, Session: > 65535, Shared: > 65535 }, each.ToString()));
        Assert.NotEqual(numbers[0].Session, numbers[1].Session);
        Assert.All(numbers, each => Assert.NotEqual(each.Shared, each.Session));
    }
}
