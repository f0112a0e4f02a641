using ContainerSandbox.Module.Tests.Support;
using Xunit;

namespace ContainerSandbox.Module.Tests;

/// <summary>Test-SandboxHealth on the real engine, with faults that are brought about.</summary>
public sealed class HealthTests
{
    [Fact]
    public async Task UsedUpMemory_IsAnEventAndAWarning()
    {
        using var runspace = ModuleRunspace.OpenInitialized("-Memory 64MB");
        runspace.Run("$null = New-AgentEnvironment a; $null = Invoke-AgentCommand a 'tail /dev/zero' -TimeoutSeconds 60").NoErrors();

        Assert.True(await TestEngine.EventuallyAsync(() => Task.FromResult(
            runspace.Run("Get-SandboxEvent a -Kind OutOfMemory").NoErrors().Output.Count == 1)));
        var result = runspace.Run("Test-SandboxHealth a").Single<HealthResult>();
        Assert.Equal(HealthStatus.Warning, result.Status);
        Assert.Contains("memory was used up", result.Reasons);
        Assert.Contains("more -Memory", result.Reasons);
        Assert.Contains(runspace.Run("Get-SandboxEvent a -Kind HealthChanged").Of<SandboxEvent>(), each => each.Cause.StartsWith("Healthy to Warning: ", StringComparison.Ordinal));
    }

    [Fact]
    public void FullWorkspaceAndManyProcesses_AreNamedWithTheirFigures()
    {
        using var runspace = ModuleRunspace.OpenInitialized("-Memory 64MB -PidsLimit 32");
        runspace.Run("$null = New-AgentEnvironment a").NoErrors();
        Assert.Equal(HealthStatus.Healthy, runspace.Run("Test-SandboxHealth a").Single<HealthResult>().Status);

        runspace.Run("$null = Invoke-AgentCommand a 'dd if=/dev/zero of=/workspace/full bs=64k 2>/dev/null'").NoErrors();
        var full = runspace.Run("Test-SandboxHealth a").Single<HealthResult>();
        Assert.Equal(HealthStatus.Critical, full.Status);
        Assert.Matches(@"/workspace is (100|99(\.\d)?) % full, 20 of 20 MB \(critical from 98 %", full.Reasons);

        runspace.Run("$null = Invoke-AgentCommand a 'rm /workspace/full; i=0; while [ $i -lt 23 ]; do sleep 600 & i=$((i+1)); done'").NoErrors();
        var crowded = runspace.Run("Test-SandboxHealth a").Single<HealthResult>();
        Assert.True(crowded.Status >= HealthStatus.Warning, crowded.Reasons);
        Assert.Matches(@"\d+ of 32 processes and threads", crowded.Reasons);
        Assert.DoesNotContain("/workspace is", crowded.Reasons);
    }

    [Fact]
    public async Task PausedContainer_IsCriticalUntilItRuns()
    {
        using var runspace = ModuleRunspace.OpenInitialized();
        var environment = runspace.Run("New-AgentEnvironment a").Single<AgentEnvironment>();

        await TestEngine.PauseAsync(environment.ContainerId);
        var paused = runspace.Run("Test-SandboxHealth a").Single<HealthResult>();
        Assert.Equal(HealthStatus.Critical, paused.Status);
        Assert.StartsWith("container paused; no session answers within 2 s: somebody paused it", paused.Reasons);
        Assert.False(runspace.Run("Test-SandboxHealth a -Quiet").Single<bool>());

        await TestEngine.UnpauseAsync(environment.ContainerId);
        Assert.True(await TestEngine.EventuallyAsync(() => Task.FromResult(
            runspace.Run("Test-SandboxHealth a").Single<HealthResult>().Status == HealthStatus.Healthy)));
        Assert.Equal(2, runspace.Run("Get-SandboxEvent a -Kind HealthChanged").NoErrors().Output.Count);
    }

    [Fact]
    public void OwnCheck_DecidesByWhatItEmits()
    {
        using var runspace = ModuleRunspace.OpenInitialized();
        runspace.Run("$null = New-AgentEnvironment a").NoErrors();

        Check("{ }", HealthStatus.Healthy, "own check passed");
        Check("{ $true }", HealthStatus.Healthy, "own check passed");
        Check("{ '' }", HealthStatus.Healthy, "own check passed");
        Check("{ param($Environment) \"$($Environment.AgentId) is busy\" }", HealthStatus.Warning, "own check: a is busy");
        Check("{ $false }", HealthStatus.Critical, "own check failed: it returned $false");
        Check("{ 'no index'; $false }", HealthStatus.Critical, "own check failed: no index");
        Check("{ throw 'broken' }", HealthStatus.Critical, "own check failed: broken");
        Check("{ nosuch-command }", HealthStatus.Critical, "own check failed: The term 'nosuch-command'");
        Check("{ Invoke-AgentCommand nosuch true }", HealthStatus.Critical, "own check failed: No environment of an agent 'nosuch'");
        Check("{ param($e) (Invoke-AgentCommand $e.AgentId 'exit 0' -Verbose -Debug).ExitCode -eq 0 }", HealthStatus.Healthy, "own check passed");

        void Check(string script, HealthStatus expected, string reason)
        {
            var result = runspace.Run($"Test-SandboxHealth a -HealthCheck {script}").Single<HealthResult>();
            Assert.True(expected == result.Status && result.Reasons.Contains(reason, StringComparison.Ordinal), $"{script}: {result}");
            Assert.Equal("", runspace.Host.Text);
            Assert.Equal(expected, runspace.Run("Get-AgentEnvironment a").Single<AgentEnvironment>().Health);
        }
    }

    [Fact]
    public async Task Connectivity_IsTriedFromInside()
    {
        var network = $"cs-health-{Environment.ProcessId}";
        await TestEngine.CreateNetworkAsync(network);
        try
        {
            using var runspace = ModuleRunspace.OpenInitialized($"-Network {network}");
            Try(runspace);
            runspace.Run("$null = Remove-Sandbox").NoErrors();
        }
        finally
        {
            await TestEngine.RemoveNetworkAsync(network);
        }
    }

    private static void Try(ModuleRunspace runspace)
    {
        runspace.Run("$null = New-AgentEnvironment a; $null = New-AgentEnvironment b -Network None").NoErrors();
        runspace.Run("$null = Invoke-AgentCommand a 'nc -ll -p 7777 -e /bin/true >/dev/null 2>&1 & while ! nc -w 1 127.0.0.1 7777 -e /bin/true; do :; done'").NoErrors();

        var reached = runspace.Run("Test-SandboxHealth a -Connectivity 127.0.0.1:7777").Single<HealthResult>();
        Assert.True(reached.Status == HealthStatus.Healthy && reached.Reasons.Contains("reaches 127.0.0.1:7777", StringComparison.Ordinal), $"{reached}");
        var refused = runspace.Run("Test-SandboxHealth a -Connectivity localhost:7778").Single<HealthResult>();
        Assert.True(refused.Status == HealthStatus.Critical && refused.Reasons.Contains("does not reach localhost:7778", StringComparison.Ordinal), $"{refused}");
        var none = runspace.Run("Test-SandboxHealth b -Connectivity example.org:443").Single<HealthResult>();
        Assert.True(none.Status == HealthStatus.Healthy && none.Reasons.Contains("has no network", StringComparison.Ordinal), $"{none}");
    }

    [Theory]
    [InlineData("nowhere")]
    [InlineData(":80")]
    [InlineData("host:")]
    [InlineData("host:0")]
    [InlineData("host:65536")]
    [InlineData("host:80:90")]
    [InlineData("'ho st:80'")]
    [InlineData("'host;reboot:80'")]
    [InlineData("fd00::1:80")]
    [InlineData("[10.0.0.1]:80")]
    public void Connectivity_ToNonsense_IsAnErrorOfBinding(string target)
    {
        using var runspace = ModuleRunspace.Open();

        var error = runspace.Run($"Test-SandboxHealth -Connectivity {target}").SingleError();

        Assert.StartsWith("ParameterArgumentTransformationError,", error.FullyQualifiedErrorId);
        Assert.Contains("'example.org:443'", error.Exception.Message);
    }
}
