using System.Diagnostics;
using System.Management.Automation;
using ContainerSandbox.Module.Tests.Support;
using Xunit;

namespace ContainerSandbox.Module.Tests;

/// <summary>Ctrl+C ends a cmdlet within a second and leaves nothing half made.</summary>
public sealed class StopTests
{
    private static readonly TimeSpan Promptly = TimeSpan.FromSeconds(1);

    [Theory]
    [InlineData(50)]
    [InlineData(250)]
    [InlineData(700)]
    public async Task Initialize_Stopped_LeavesNothing(int milliseconds)
    {
        TestEngine.Require();
        using var runspace = ModuleRunspace.Open();
        var name = $"stopped-{Guid.NewGuid():N}";

        await StopAsync(runspace, $"Initialize-Sandbox -Name {name} -WarmupContainers 8 -EnableParallelStartup $false", Waiting(milliseconds));

        Assert.Empty(runspace.Run("Get-Sandbox").NoErrors().Output);
        Assert.True(await TestEngine.EventuallyAsync(async () => (await TestEngine.ContainersOfNameAsync(name)).Length == 0));
    }

    [Theory]
    [InlineData(20)]
    [InlineData(150)]
    public async Task New_Stopped_LeavesNothing(int milliseconds)
    {
        using var runspace = ModuleRunspace.OpenInitialized("-OptimizationEnabled $false");
        var id = runspace.Sandbox.SandboxId;

        await StopAsync(runspace, "1..20 | ForEach-Object { New-AgentEnvironment \"a$_\" }", Waiting(milliseconds));

        // What was emitted stays, what was being made does not.
        var kept = runspace.Run("Get-AgentEnvironment").NoErrors().Output.Count;
        Assert.InRange(kept, 0, 19);
        Assert.True(await TestEngine.EventuallyAsync(async () => (await TestEngine.ContainersOfAsync(id)).Length == kept));
    }

    [Fact]
    public async Task Invoke_Stopped_EndsTheCommandAndAllThatItStarted()
    {
        using var runspace = ModuleRunspace.OpenInitialized();
        using var observer = ModuleRunspace.Open();
        observer.Set("sandbox", runspace.Sandbox);
        runspace.Run("New-AgentEnvironment a").NoErrors();

        await StopAsync(
            runspace,
            "Invoke-AgentCommand a 'setsid sleep 987 & sleep 987'",
            () => TestEngine.EventuallyAsync(() => Task.FromResult(Sleepers(observer) == 2)));

        Assert.True(await TestEngine.EventuallyAsync(() => Task.FromResult(Sleepers(observer) == 0)));
        Assert.Equal("still here\n", runspace.Run("Invoke-AgentCommand a 'echo still here'").Single<CommandResult>().StandardOutput);
    }

    [Fact]
    public async Task Remove_Stopped_GoesOnWithoutTheCmdlet()
    {
        using var runspace = ModuleRunspace.OpenInitialized("-WarmupContainers 0");
        var id = runspace.Sandbox.SandboxId;
        runspace.Run("New-AgentEnvironment a; Invoke-AgentCommand a '(trap \"\" TERM; sleep 987) & '").NoErrors();

        await StopAsync(runspace, "Remove-AgentEnvironment a -GracePeriod 3s", Waiting(300));

        Assert.True(await TestEngine.EventuallyAsync(async () => (await TestEngine.ContainersOfAsync(id)).Length == 0));
        Assert.Empty(runspace.Run("Get-AgentEnvironment").NoErrors().Output);
    }

    [Fact]
    public async Task RemoveSandbox_Stopped_GoesOnWithoutTheCmdlet()
    {
        using var runspace = ModuleRunspace.OpenInitialized("-WarmupContainers 1");
        var id = runspace.Sandbox.SandboxId;
        runspace.Run("New-AgentEnvironment a; Invoke-AgentCommand a '(trap \"\" TERM; sleep 987) & '").NoErrors();

        await StopAsync(runspace, "Remove-Sandbox -GracePeriod 3s", Waiting(300));

        Assert.True(await TestEngine.EventuallyAsync(async () => (await TestEngine.ContainersOfAsync(id)).Length == 0));
        Assert.True(await TestEngine.EventuallyAsync(() => Task.FromResult(runspace.Run("Get-Sandbox").NoErrors().Output.Count == 0)));
    }

    [Fact]
    public async Task DownstreamThatEnds_EndsTheCommandsThatStillRun()
    {
        using var runspace = ModuleRunspace.OpenInitialized("-WarmupContainers 2");
        runspace.Run("'a', 'b' | ForEach-Object { $null = New-AgentEnvironment $_ }").NoErrors();
        var watch = Stopwatch.StartNew();

        var result = runspace.Run(
            "Get-AgentEnvironment | Invoke-AgentCommand -Command 'test $AGENT_ID = a || sleep 987' | ForEach-Object { throw 'enough' }");

        Assert.Contains("enough", result.SingleError().Exception.Message);
        Assert.True(watch.Elapsed < TimeSpan.FromSeconds(10), watch.Elapsed.ToString());
        Assert.True(await TestEngine.EventuallyAsync(() => Task.FromResult(
            runspace.Run("Invoke-AgentCommand b 'ps -o args'").Single<CommandResult>().StandardOutput.Contains("sleep 987", StringComparison.Ordinal) == false)));
    }

    private static int Sleepers(ModuleRunspace observer) => observer.Run("Invoke-AgentCommand a 'ps -o args' -Sandbox $sandbox").NoErrors()
        .Single<CommandResult>().StandardOutput.Split('\n').Count(line => line.Trim() == "sleep 987");

    private static Func<Task<bool>> Waiting(int milliseconds) => async () =>
    {
        await Task.Delay(TimeSpan.FromMilliseconds(milliseconds), TimeProvider.System);
        return true;
    };

    private static async Task StopAsync(ModuleRunspace runspace, string script, Func<Task<bool>> isUnderway)
    {
        using var shell = runspace.Create(script);
        var running = shell.InvokeAsync();
        Assert.True(await isUnderway());
        Assert.False(running.IsCompleted, "The pipeline ended before it could be stopped.");
        var watch = Stopwatch.StartNew();

        await Task.Factory.FromAsync(shell.BeginStop(null, null), shell.EndStop);

        Assert.True(watch.Elapsed < Promptly, watch.Elapsed.ToString());
        Assert.Equal(PSInvocationState.Stopped, shell.InvocationStateInfo.State);
        await Assert.ThrowsAsync<PipelineStoppedException>(() => running);
    }
}
