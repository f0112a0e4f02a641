using ContainerSandbox.Engine.Openers;

namespace ContainerSandbox.Engine.Tests.Openers;

/// <summary>Every opener in force has a name in Weakenings, and nothing else has.</summary>
public sealed class WeakeningsTests
{
    private static readonly SandboxOpeners All = new()
    {
        Network = "Isolated",
        WritableRoot = true,
        User = 0,
        AddCapability = "sys_ptrace, CAP_CHOWN",
        AllowNewPrivileges = true,
        AllowExecInTmp = true,
        SeccompProfile = "/profile.json",
        Runtime = "runc",
    };

    [Fact]
    public void Each_is_listed() => Assert.Equal(
        "Network=Isolated, WritableRoot, User=0, AddCapability=CHOWN, AddCapability=SYS_PTRACE, LeaseBreakable, AllowNewPrivileges, AllowExecInTmp, "
        + "SeccompProfile=/profile.json, Runtime=runc",
        Weakenings.Join([All]));

    // An opener that were added and forgotten here would be in force and not be seen.
    [Fact]
    public void No_opener_is_left_out()
    {
        foreach (var opener in typeof(SandboxOpeners).GetProperties())
            Assert.Contains(Weakenings.Of(All), weakening => weakening.StartsWith(opener.Name, StringComparison.Ordinal));
    }

    [Fact]
    public void What_is_closed_is_none() => Assert.Equal(
        "", Weakenings.Join([new(), new() { WritableRoot = false, AllowNewPrivileges = false, AllowExecInTmp = false }]));

    [Theory]
    [InlineData("KILL", true)]
    [InlineData("SYS_PTRACE", true)]
    [InlineData("SETUID", true)]
    [InlineData("NET_BIND_SERVICE", false)]
    [InlineData("CHOWN", false)]
    public void A_capability_over_the_lease_is_named_as_such(string capability, bool breaks) =>
        Assert.Equal(breaks, Weakenings.Of(new() { AddCapability = capability }).Contains("LeaseBreakable"));

    [Fact]
    public async Task A_sandbox_shows_those_of_all_its_templates_and_an_environment_its_own()
    {
        await using var rig = await SandboxRig.OpenAsync(1, options: options => options with
        {
            Openers = new() { WritableRoot = true },
            Templates =
            [
                new() { Specialization = "closed", Image = "image:1", Openers = new() { WritableRoot = false } },
                new() { Specialization = "root", Image = "image:1", Openers = new() { User = 0 } },
            ],
        });
        Assert.Equal("WritableRoot, User=0", rig.Sandbox.GetInfo().Weakenings);
        Assert.Equal(("", "WritableRoot, User=0"), (rig.Pool("closed").Weakenings, rig.Pool("root").Weakenings));
        var closed = await rig.ClaimAsync(new ClaimRequest { AgentId = "a", Specialization = "closed" });
        var root = await rig.ClaimAsync(new ClaimRequest { AgentId = "b", Specialization = "root" });
        Assert.Equal(("", "WritableRoot, User=0"), (closed.Weakenings, root.Weakenings));
        Assert.False(rig.Container(closed).Spec.WritableRoot);
        Assert.True(rig.Container(root).Spec.WritableRoot);
        Assert.Equal(0, rig.Container(root).Sessions[0].Spec.UserId);
        Assert.Equal("WritableRoot", Weakenings.Join([rig.Sandbox.GetConfiguration().Openers]));
        Assert.Equal(0, rig.Sandbox.GetConfiguration().Templates.Single(template => template.Specialization == "root").Openers.User);
    }
}
