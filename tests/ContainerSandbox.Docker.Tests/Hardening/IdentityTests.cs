namespace ContainerSandbox.Docker.Tests.Hardening;

/// <summary>Who an agent's processes are, and that they stay it.</summary>
[Collection(HardeningGroup.Name)]
public sealed class IdentityTests(HardeningFixture hardening)
{
    private const string NoCapability = "0000000000000000";

    [Theory]
    [InlineData("CapInh", NoCapability)]
    [InlineData("CapPrm", NoCapability)]
    [InlineData("CapEff", NoCapability)]
    [InlineData("CapBnd", NoCapability)]
    [InlineData("CapAmb", NoCapability)]
    [InlineData("NoNewPrivs", "1")]
    [InlineData("Seccomp", "2")]
    public async Task The_process_has_no_power(string field, string value)
    {
        Assert.Equal(value, await hardening.ProbeAsync($"status {field}"));
        Assert.Equal(value, await hardening.Sandbox.ProbeAsync(hardening.Environment, $"status {field}", isolated: true));
        Assert.Equal(value, await hardening.Sandbox.LineAsync(hardening.Environment, $"awk '/^{field}:/ {{ print $2 }}' /proc/1/status"));
    }

    [Theory]
    [InlineData("setuid-root", "EPERM")]
    [InlineData("setresuid-root", "EPERM")]
    [InlineData("set-user 65534", "EPERM")]
    [InlineData("set-group 0", "EPERM")]
    [InlineData("set-group 65534", "EPERM")]
    [InlineData("setgroups-none", "EPERM")]
    [InlineData("raise-ambient", "EPERM")]
    [InlineData("allow-new-privileges", "EINVAL")]
    public async Task It_becomes_nobody_else(string check, string line) => Assert.Equal(line, await hardening.ProbeAsync(check));

    // A process's own group is the mark by which it is found and ended: the group that all share must not do as one.
    [Fact]
    public async Task It_does_not_leave_its_group_for_the_shared_one()
    {
        var (user, _, shared) = await SlotNumbers.ReadAsync(hardening.Sandbox, hardening.Environment);
        Assert.Equal("EPERM", await hardening.ProbeAsync($"set-group {shared}"));
        Assert.Equal("EPERM", await hardening.ProbeAsync($"set-user {user + 1}"));
    }

    [Fact]
    public async Task Its_namespaces_are_its_own()
    {
        var other = await hardening.Sandbox.ClaimAsync();
        foreach (var name in (string[])["ipc", "pid", "uts", "net", "mnt", "cgroup"])
        {
            string[] numbers =
            [
                new FileInfo($"/proc/self/ns/{name}").LinkTarget!,
                await hardening.ProbeAsync($"namespace {name}"),
                await hardening.Sandbox.ProbeAsync(other, $"namespace {name}"),
            ];
            Assert.All(numbers, number => Assert.StartsWith($"{name}:[", number, StringComparison.Ordinal));
            Assert.Distinct(numbers);
        }

        await hardening.Sandbox.RemoveAsync(other);
    }
}
