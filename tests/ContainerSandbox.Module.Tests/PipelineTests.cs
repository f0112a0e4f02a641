using System.Diagnostics;
using System.Management.Automation;
using ContainerSandbox.Module.Tests.Support;
using Xunit;

namespace ContainerSandbox.Module.Tests;

/// <summary>Many claims by one pipeline.</summary>
public sealed class PipelineTests
{
    private const string Rows = "1..6 | ForEach-Object { [pscustomobject]@{ AgentId = \"a$_\"; Memory = '64MB' } }";

    [Fact]
    public void ColdClaims_KeepTheOrderOfTheirRows_AndOneBadRowCostsOnlyItself()
    {
        using var runspace = ModuleRunspace.OpenInitialized("-WarmupContainers 2");

        var result = runspace.Run($"@({Rows}) + [pscustomobject]@{{ AgentId = '-bad' }} + [pscustomobject]@{{ AgentId = 'last' }} | New-AgentEnvironment");

        Assert.StartsWith("InvalidAgentId,", result.SingleError().FullyQualifiedErrorId);
        Assert.Equal(["a1", "a2", "a3", "a4", "a5", "a6", "last"], result.Of<AgentEnvironment>().Select(environment => environment.AgentId));
    }

    [Theory]
    [InlineData(3)]
    [InlineData(1)]
    public void ColdClaims_AreUnderWayTogether_AsManyAsTheThrottleLimit(int limit)
    {
        using var runspace = ModuleRunspace.OpenInitialized("-WarmupContainers 0");

        var environments = runspace.Run($"{Rows} | New-AgentEnvironment -ThrottleLimit {limit}").NoErrors().Of<AgentEnvironment>();

        Assert.All(environments, environment => Assert.Equal(StartupSource.Cold, environment.StartupSource));
        Assert.Equal(limit, environments.Max(one => environments.Count(other => IsUnderWay(other, Begin(one)))));
    }

    [Fact]
    public async Task WhatWasNotEmitted_IsReleasedWhenThePipelineEndsEarly()
    {
        using var runspace = ModuleRunspace.OpenInitialized("-WarmupContainers 0");
        var id = runspace.Sandbox.SandboxId;

        // As Select-Object -First does: the downstream has enough after the first.
        var result = runspace.Run($"{Rows} | New-AgentEnvironment -ThrottleLimit 6 | ForEach-Object {{ $first = $_; throw 'enough' }}");

        Assert.Contains("enough", result.SingleError().Exception.Message);
        Assert.Equal("a1", runspace.Run("$first.AgentId").Single<string>());
        Assert.True(await TestEngine.EventuallyAsync(() => IsLeftAsync(runspace, id, ["a1"], ready: 0)));
    }

    [Fact]
    public async Task WhatWasNotEmitted_IsReleasedWhenThePipelineIsStopped()
    {
        using var runspace = ModuleRunspace.OpenInitialized("-WarmupContainers 1");
        var id = runspace.Sandbox.SandboxId;
        using var shell = runspace.Create("1..40 | ForEach-Object { [pscustomobject]@{ AgentId = \"a$_\" } } | New-AgentEnvironment -ThrottleLimit 4");
        var output = new PSDataCollection<PSObject>();
        var running = shell.InvokeAsync<PSObject, PSObject>(null, output);
        Assert.True(await TestEngine.EventuallyAsync(() => Task.FromResult(output.Count >= 2)));

        var watch = Stopwatch.StartNew();
        await Task.Factory.FromAsync(shell.BeginStop(null, null), shell.EndStop);
        Assert.True(watch.Elapsed < TimeSpan.FromSeconds(1), watch.Elapsed.ToString());
        await Assert.ThrowsAsync<PipelineStoppedException>(() => running);

        string[] emitted = [.. output.Select(item => ((AgentEnvironment)item.BaseObject).AgentId).Order()];
        Assert.True(await TestEngine.EventuallyAsync(() => IsLeftAsync(runspace, id, emitted, ready: 1)));
    }

    // What is known and what is there may become right in either order.
    private static async Task<bool> IsLeftAsync(ModuleRunspace runspace, string sandboxId, string[] agentIds, int ready) =>
        runspace.Run("Get-AgentEnvironment").NoErrors().Of<AgentEnvironment>().Select(each => each.AgentId).Order().SequenceEqual(agentIds)
        && (await TestEngine.ContainersOfAsync(sandboxId)).Length == agentIds.Length + ready;

    // A moment after its beginning: what ends as the next begins is not under way beside it.
    private static DateTimeOffset Begin(AgentEnvironment environment) => environment.CreatedAt - environment.StartupTime + TimeSpan.FromMilliseconds(50);

    private static bool IsUnderWay(AgentEnvironment environment, DateTimeOffset at) =>
        environment.CreatedAt - environment.StartupTime <= at && at < environment.CreatedAt;
}
