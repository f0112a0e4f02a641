using ContainerSandbox.Module.Tests.Support;
using Xunit;

namespace ContainerSandbox.Module.Tests;

/// <summary>The doctor on the real engine, and where there is none.</summary>
public sealed class EngineCheckTests
{
    [Fact]
    public void Checks_OfAWorkingEngine_DoNotFailAndNameWhatIsMissing()
    {
        TestEngine.Require();
        using var runspace = ModuleRunspace.Open();

        var checks = runspace.Run("Test-SandboxEngine").NoErrors().Of<EngineCheck>();

        Assert.DoesNotContain(checks, check => check.Status == CheckStatus.Failed);
        Assert.All(checks.Where(check => check.Status == CheckStatus.Warning), check => Assert.NotEqual("", check.Remedy));
        foreach (var name in new[] { "Endpoint", "Permissions", "ApiVersion", "Clock", "Image", "Init", "Shell", "Start" })
            Assert.Equal(CheckStatus.Passed, Assert.Single(checks, check => check.Name == name).Status);
        Assert.True(runspace.Run("Test-SandboxEngine -Quiet").Single<bool>());
        Assert.Empty(runspace.Run("Get-Sandbox").NoErrors().Output);
    }

    [Fact]
    public async Task Checks_LeaveNothingBehind()
    {
        TestEngine.Require();
        using var runspace = ModuleRunspace.Open();

        runspace.Run("Test-SandboxEngine").NoErrors();

        Assert.True(await TestEngine.EventuallyAsync(async () => (await TestEngine.ContainersOfNameAsync("doctor")).Length == 0));
    }

    [Fact]
    public void Image_ThatNobodyHas_FailsWithWhatHelps()
    {
        TestEngine.Require();
        using var runspace = ModuleRunspace.Open();

        var checks = runspace.Run("Test-SandboxEngine -Image 127.0.0.1:1/none:1").NoErrors().Of<EngineCheck>();

        Assert.Equal(["Image", "Registry"], checks.Where(check => check.Status == CheckStatus.Failed).Select(check => check.Name));
        Assert.Equal(CheckStatus.Unknown, Assert.Single(checks, check => check.Name == "Start").Status);
        Assert.False(runspace.Run("Test-SandboxEngine -Image 127.0.0.1:1/none:1 -Quiet").Single<bool>());
    }

    [Fact]
    public void Endpoint_ThatNobodyAnswersAt_IsOneFailedCheckAndNoError()
    {
        using var runspace = ModuleRunspace.Open();

        var check = runspace.Run("Test-SandboxEngine unix:///no/such.sock").Single<EngineCheck>();

        Assert.Equal(("Endpoint", CheckStatus.Failed), (check.Name, check.Status));
        Assert.Contains("unix:///no/such.sock", check.Detail);
        Assert.False(runspace.Run("Test-SandboxEngine unix:///no/such.sock -Quiet").Single<bool>());
    }
}
