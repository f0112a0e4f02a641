using ContainerSandbox.Docker.Tests.Hardening;

namespace ContainerSandbox.Docker.Tests.Openers;

/// <summary>Openers that the engine cannot carry out are refused in plain words, with nothing left.</summary>
[Collection(HardeningGroup.Name)]
public sealed class OpenerInputTests(HardeningFixture hardening)
{
    [Fact]
    public async Task An_unknown_runtime_is_refused_with_those_that_there_are()
    {
        var error = await Assert.ThrowsAsync<SandboxException>(() => hardening.InitializeOpenAsync(new SandboxOpeners { Runtime = "no-such-runtime" }));
        Assert.Equal((SandboxErrorId.RuntimeNotFound, "no-such-runtime"), (error.ErrorId, error.Target));
        Assert.Contains("runc", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_pool_with_an_unknown_runtime_is_not_made()
    {
        var template = new TemplateOptions { Specialization = "other", Image = "nothing:1", Openers = new SandboxOpeners { Runtime = "no-such-runtime" } };
        var error = await Assert.ThrowsAsync<SandboxException>(() => hardening.Sandbox.Pools.AddAsync(template, Quiet.Observer, CancellationToken.None));
        Assert.Equal(SandboxErrorId.RuntimeNotFound, error.ErrorId);
        Assert.Single(hardening.Sandbox.GetPools());
    }
}
