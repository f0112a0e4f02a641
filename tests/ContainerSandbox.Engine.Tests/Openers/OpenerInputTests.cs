using ContainerSandbox.Engine.Openers;

namespace ContainerSandbox.Engine.Tests.Openers;

/// <summary>Openers that make no sense are refused before anything is made, each with an id of its own.</summary>
public sealed class OpenerInputTests
{
    [Theory]
    [InlineData(65534, true)]
    [InlineData(-1, true)]
    [InlineData(0, false)]
    [InlineData(1000, false)]
    public async Task The_user_of_the_lease_is_refused(long user, bool refused)
    {
        await using var rig = new SandboxRig();
        rig.Options = rig.Options with { Openers = new() { User = user } };
        if (!refused)
        {
            await rig.InitializeAsync();
            return;
        }

        var error = await Eventually.FailsAsync(rig.InitializeAsync(), SandboxErrorId.UserNotAllowed);
        Assert.Equal(user, error.Target);
        Assert.Equal(0, rig.Backend.Count(BackendCall.Probe));
    }

    [Fact]
    public async Task A_user_beyond_what_the_engine_maps_is_refused()
    {
        await using var rig = new SandboxRig();
        rig.Backend.Capabilities = rig.Backend.Capabilities with { LastUserId = 65533 };
        rig.Options = rig.Options with { Openers = new() { User = 70000 } };
        await Eventually.FailsAsync(rig.InitializeAsync(), SandboxErrorId.UserNotAllowed);
        Assert.Empty(rig.Backend.Containers);
    }

    [Theory]
    [InlineData("ALL")]
    [InlineData("FLY")]
    [InlineData("KILL, FLY")]
    [InlineData(" , ")]
    public async Task An_unknown_capability_is_refused(string list)
    {
        await using var rig = new SandboxRig();
        rig.Options = rig.Options with { Openers = new() { AddCapability = list } };
        var error = await Eventually.FailsAsync(rig.InitializeAsync(), SandboxErrorId.UnknownCapability);
        Assert.Equal(list, error.Target);
    }

    [Fact]
    public void Capabilities_are_known_in_any_case_and_with_their_prefix() =>
        Assert.Equal(["KILL", "SYS_PTRACE"], LinuxCapabilities.Read("cap_sys_ptrace,Kill , KILL"));

    [Fact]
    public async Task An_unknown_runtime_is_refused_with_those_that_there_are()
    {
        await using var rig = new SandboxRig();
        rig.Options = rig.Options with { Templates = [new() { Specialization = "other", Image = "image:1", Openers = new() { Runtime = "runsc" } }] };
        var error = await Eventually.FailsAsync(rig.InitializeAsync(), SandboxErrorId.RuntimeNotFound);
        Assert.Contains("runc", error.Message, StringComparison.Ordinal);
        Assert.Empty(rig.Backend.Containers);
    }

    [Theory]
    [InlineData("{", "line 1")]
    [InlineData("", "line 1")]
    [InlineData("[]", "no JSON object")]
    [InlineData(null, "Could not find file")]
    public async Task A_profile_that_is_none_is_refused_with_its_path(string? content, string problem)
    {
        var path = Path.Combine(Path.GetTempPath(), $"{Guid.NewGuid():n}.json");
        if (content is not null)
            await File.WriteAllTextAsync(path, content);
        await using var rig = new SandboxRig();
        rig.Options = rig.Options with { Openers = new() { SeccompProfile = path } };
        var error = await Eventually.FailsAsync(rig.InitializeAsync(), SandboxErrorId.InvalidSeccompProfile);
        Assert.Equal(path, error.Target);
        Assert.Contains(problem, error.Message, StringComparison.Ordinal);
        File.Delete(path);
    }

    [Fact]
    public async Task A_pool_that_is_made_later_has_the_profile_that_it_names()
    {
        var path = Path.GetTempFileName();
        await File.WriteAllTextAsync(path, """{ "defaultAction": "SCMP_ACT_ALLOW" }""");
        await using var rig = await SandboxRig.OpenAsync();
        await rig.Sandbox.Pools.AddAsync(
            new() { Specialization = "free", Image = "image:1", Openers = new() { SeccompProfile = path } }, rig.Observer, CancellationToken.None);
        var environment = await rig.ClaimAsync(new ClaimRequest { AgentId = "a", Specialization = "free" });
        Assert.Contains("SCMP_ACT_ALLOW", rig.Container(environment).Spec.SecurityProfile, StringComparison.Ordinal);
        File.Delete(path);
    }

    [Fact]
    public async Task What_is_wrong_in_templates_is_named_with_its_place()
    {
        await using var rig = new SandboxRig();
        rig.Options = rig.Options with { Templates = [new() { Specialization = "odd", Image = "image:1", Openers = new() { User = 65534, AddCapability = "FLY" } }] };
        var error = await Eventually.FailsAsync(rig.InitializeAsync(), SandboxErrorId.InvalidTemplate);
        Assert.Contains("odd.User", error.Message, StringComparison.Ordinal);
        Assert.Contains("odd.AddCapability", error.Message, StringComparison.Ordinal);
    }
}
