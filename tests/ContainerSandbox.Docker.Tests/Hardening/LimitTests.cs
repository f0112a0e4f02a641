using System.Globalization;

namespace ContainerSandbox.Docker.Tests.Hardening;

/// <summary>Limits, as a program inside sees them and runs into them.</summary>
[Collection(HardeningGroup.Name)]
public sealed class LimitTests(HardeningFixture hardening)
{
    // Sessions come from outside and have no parent; of what they start, what outlives its parent becomes process 1's, as the lease
    // process is.
    private const string CountOrphans = "cat /proc/[0-9]*/status 2>/dev/null | grep -c '^PPid:.1$'";

    [Theory]
    [InlineData("limit-memory", "536870912")]
    [InlineData("limit-swap", "0")]
    [InlineData("limit-pids", "256")]
    [InlineData("limit-cpu", "100000 100000")]
    [InlineData("resource-limits", "nofile 1024/1024 nproc 4096/4096 core 0/0")]
    [InlineData("raise-files", "EPERM")]
    [InlineData("open-files", "1024 EMFILE")]
    [InlineData("shared-memory 33554432", "OK")]
    [InlineData("shared-memory 33558528", "ENOSPC")]
    public async Task The_defaults_are_in_force(string check, string line) => Assert.Equal(line, await hardening.ProbeAsync(check));

    [Theory]
    [InlineData("/tmp", 33554432, 8192)]
    [InlineData("/home/agent", 33554432, 8192)]
    [InlineData("/workspace", 167772160, 40960)]
    [InlineData("/dev/shm", 33554432, 8192)]
    public async Task A_file_system_in_memory_fills_up_and_no_more(string place, long bytes, int inodes)
    {
        var environment = await hardening.Sandbox.ClaimAsync();
        Assert.Equal($"{bytes} ENOSPC", await hardening.Sandbox.ProbeAsync(environment, $"write-file {place}/f"));
        // Its root takes one of them.
        Assert.Equal($"{inodes - 1} ENOSPC", await hardening.Sandbox.ProbeAsync(environment, $"write-files {place}"));
        await hardening.Sandbox.RemoveAsync(environment);
    }

    [Fact]
    public async Task All_of_them_full_at_once_leave_the_container_alive()
    {
        var environment = await hardening.Sandbox.ClaimAsync();
        var filled = await hardening.Sandbox.RunAsync(
            environment, "for d in /tmp /home/agent /workspace /dev/shm; do cat /dev/zero >$d/full 2>/dev/null || echo $d; done");
        Assert.Equal("/tmp\n/home/agent\n/workspace\n/dev/shm\n", filled.StandardOutput);
        Assert.False(filled.OomKilled);
        Assert.Equal("alive", await hardening.Sandbox.LineAsync(environment, "echo alive"));
        await hardening.Sandbox.RemoveAsync(environment);
    }

    [Fact]
    public async Task Forks_end_at_the_limit()
    {
        var environment = await hardening.Sandbox.ClaimAsync(new ClaimRequest { PidsLimit = 64 });
        var said = (await hardening.Sandbox.ProbeAsync(environment, "forks")).Split(' ');
        Assert.Equal("EAGAIN", said[1]);
        Assert.InRange(int.Parse(said[0], CultureInfo.InvariantCulture), 48, 60);
        await hardening.Sandbox.RemoveAsync(environment);
    }

    [Fact]
    public async Task A_fork_bomb_is_cleared_away_at_its_timeout()
    {
        var environment = await hardening.Sandbox.ClaimAsync(new ClaimRequest { PidsLimit = 64 });
        var result = await hardening.Sandbox.RunAsync(
            environment, new CommandRequest { Command = "f() { f | f & }; f; sleep 60", Timeout = TimeSpan.FromSeconds(1) });
        Assert.True(result.TimedOut);

        // Its time counts from the request, its duration from the moment at which a session took it.
        Assert.InRange(result.Duration, TimeSpan.Zero, TimeSpan.FromSeconds(15));
        Assert.Equal("1", await hardening.Sandbox.LineAsync(environment, CountOrphans));
        await hardening.Sandbox.RemoveAsync(environment);
    }

    [Fact]
    public async Task A_memory_bomb_ends_and_the_container_goes_on()
    {
        var environment = await hardening.Sandbox.ClaimAsync(new ClaimRequest { Memory = 64 * 1024 * 1024 });
        var bomb = await hardening.Sandbox.RunAsync(environment, "tail /dev/zero");
        Assert.Equal(137, bomb.ExitCode);
        Assert.True(bomb.OomKilled);
        Assert.Equal("SIGKILL", await hardening.Sandbox.ProbeAsync(environment, "memory-bomb"));
        Assert.Equal("alive", await hardening.Sandbox.LineAsync(environment, "echo alive"));
        await hardening.Sandbox.RemoveAsync(environment);
    }

    [Fact]
    public async Task Killing_everything_it_can_leaves_the_container()
    {
        var environment = await hardening.Sandbox.ClaimAsync();
        var killed = await hardening.Sandbox.RunAsync(environment, "/probe signal-all");
        Assert.NotEqual(0, killed.ExitCode);
        Assert.Equal("alive", await hardening.Sandbox.LineAsync(environment, "echo alive"));
        var container = await hardening.Engine.GetAsync($"containers/{environment.ContainerId}/json");
        Assert.True(container.GetProperty("State").GetProperty("Running").GetBoolean());
        await hardening.Sandbox.RemoveAsync(environment);
    }
}
