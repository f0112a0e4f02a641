using ContainerSandbox.Module.Tests.Support;
using Xunit;

namespace ContainerSandbox.Module.Tests;

/// <summary>Get-SandboxEvent on the real engine.</summary>
public sealed class EventTests
{
    [Fact]
    public void Events_AreShownInTheirOrder_AndByWhatIsAskedFor()
    {
        using var runspace = ModuleRunspace.OpenInitialized();
        runspace.Run("'red-1', 'blue' | ForEach-Object { New-AgentEnvironment $_ }; $null = Invoke-AgentCommand red-1 'exit 3'").NoErrors();
        runspace.Run("$null = Remove-AgentEnvironment blue").NoErrors();

        var red = runspace.Run("Get-SandboxEvent RED*").NoErrors().Of<SandboxEvent>();
        Assert.Equal([SandboxEventKind.Claimed, SandboxEventKind.CommandEnded], red.Where(each => each.Kind != SandboxEventKind.Missed).Select(each => each.Kind));
        Assert.StartsWith("exit code 3 after ", red[^1].Cause);
        var all = runspace.Run("Get-SandboxEvent").NoErrors().Of<SandboxEvent>();
        Assert.Equal(Enumerable.Range(1, all.Count).Select(number => (long)number), all.Select(each => each.Number));
        Assert.Equal(
            [SandboxEventKind.Claimed, SandboxEventKind.CommandEnded, SandboxEventKind.Claimed, SandboxEventKind.Removed],
            runspace.Run("Get-AgentEnvironment red-1 | Get-SandboxEvent -Kind claimed, CommandEnded; Get-SandboxEvent blue -Kind Claimed, Removed")
                .NoErrors().Of<SandboxEvent>().Select(each => each.Kind));
        Assert.Equal(SandboxEventKind.Removed, runspace.Run("Get-SandboxEvent -Newest 1").Single<SandboxEvent>().Kind);
        Assert.Equal(all.Count, runspace.Run("Get-SandboxEvent -Since 1h").NoErrors().Output.Count);
        Assert.Empty(runspace.Run("Get-SandboxEvent -Since ([datetime]::Now.AddHours(1))").NoErrors().Output);
        Assert.Empty(runspace.Run("Get-SandboxEvent nosuch").NoErrors().Output);
    }

    [Theory]
    [InlineData("Get-SandboxEvent -Newest 0")]
    [InlineData("Get-SandboxEvent -Since yesterday")]
    [InlineData("Get-SandboxEvent -Kind nosuch")]
    public void BadInput_IsAnErrorOfBinding(string script)
    {
        using var runspace = ModuleRunspace.Open();

        Assert.EndsWith("GetSandboxEventCommand", runspace.Run(script).SingleError().FullyQualifiedErrorId);
    }
}
