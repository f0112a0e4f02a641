using ContainerSandbox.Module.Tests.Support;
using Xunit;

namespace ContainerSandbox.Module.Tests;

/// <summary>Invoke-AgentCommand on the real engine.</summary>
public sealed class CommandTests
{
    [Fact]
    public void Command_GivesItsOutputAndExitCode()
    {
        using var runspace = Initialized("a");

        var result = runspace.Run("Invoke-AgentCommand a 'echo out; echo err >&2; exit 3'").Single<CommandResult>();

        Assert.Equal(("a", 3, "out\n", "err\n"), (result.AgentId, result.ExitCode, result.StandardOutput, result.StandardError));
        Assert.Equal(runspace.Sandbox.SandboxId, result.SandboxId);
    }

    [Fact]
    public void Parameters_ReachTheCommand()
    {
        using var runspace = Initialized("a");

        var result = runspace.Run(
            "Invoke-AgentCommand a 'pwd; echo $MODE; printf %s, \"$@\"' -ArgumentList 'x y', '', 'z' -WorkingDirectory /tmp "
            + "-EnvironmentVariable @{ MODE = 'slow' }").Single<CommandResult>();

        Assert.Equal("/tmp\nslow\nx y,,z,", result.StandardOutput);
    }

    [Fact]
    public void File_IsReadAndRun()
    {
        using var runspace = Initialized("a");
        var path = Path.GetTempFileName();
        File.WriteAllText(path, "echo from a file\necho \"$1\"\n");

        var result = runspace.Set("path", path).Run("Invoke-AgentCommand a -FilePath $path -ArgumentList one").Single<CommandResult>();
        var fed = runspace.Run("'x' | Invoke-AgentCommand a -FilePath $path").Single<CommandResult>();
        File.Delete(path);

        Assert.Equal("from a file\none\n", result.StandardOutput);
        Assert.Equal("from a file\n\n", fed.StandardOutput);
    }

    [Fact]
    public void Timeout_EndsTheCommand()
    {
        using var runspace = Initialized("a");

        var result = runspace.Run("Invoke-AgentCommand a 'echo begun; sleep 60' -TimeoutSeconds 0.5").Single<CommandResult>();

        Assert.Equal((true, "begun\n"), (result.TimedOut, result.StandardOutput));
    }

    [Fact]
    public void MaximumOutput_CutsTheRest()
    {
        using var runspace = Initialized("a");

        var result = runspace.Run("Invoke-AgentCommand a 'yes | head -c 5000' -MaximumOutput 1KB").Single<CommandResult>();

        Assert.Equal((true, 1024), (result.Truncated, result.StandardOutput.Length));
    }

    [Fact]
    public void Isolated_RunsAsAnotherUser()
    {
        using var runspace = Initialized("a");

        var usual = runspace.Run("Invoke-AgentCommand a 'id -u'").Single<CommandResult>();
        var isolated = runspace.Run("Invoke-AgentCommand a 'id -u' -Isolated").Single<CommandResult>();

        Assert.Equal(CommandSource.Isolated, isolated.Source);
        Assert.NotEqual(usual.StandardOutput, isolated.StandardOutput);
    }

    [Theory]
    [InlineData("'one', 'two' | Invoke-AgentCommand a 'cat'", "one\ntwo\n")]
    [InlineData("'' | Invoke-AgentCommand a 'cat'", "\n")]
    [InlineData("[byte[]](72, 105) | Invoke-AgentCommand a 'cat'", "Hi")]
    [InlineData(", [byte[]](72, 105) | Invoke-AgentCommand a 'cat'", "Hi")]
    [InlineData("Invoke-AgentCommand a 'printf exact' | Invoke-AgentCommand a 'cat'", "exact")]
    [InlineData("'x', 'y' | Invoke-AgentCommand -AgentId a -Command 'wc -l'", "2\n")]
    public void Input_BecomesStandardInputOfOneCommand(string script, string expected)
    {
        using var runspace = Initialized("a");

        Assert.Equal(expected, runspace.Run(script).Single<CommandResult>().StandardOutput);
    }

    [Fact]
    public void Environment_WithAnAgentIdBesideIt_IsNotSilentlyInput()
    {
        using var runspace = Initialized("a");

        var error = runspace.Run("Get-AgentEnvironment a | Invoke-AgentCommand a 'cat'").SingleError();

        Assert.StartsWith("InvalidInputObject,", error.FullyQualifiedErrorId);
    }

    [Fact]
    public void SeveralAgents_RunAtOnceAndAreEmittedInOrder()
    {
        using var runspace = Initialized("a", "b", "c");

        // Each waits for the others: one after another, none would end.
        runspace.Run("$all = Invoke-AgentCommand * 'case $AGENT_ID in a) sleep 1.5;; b) sleep 1;; c) sleep 0.5;; esac; date +%s.%N; echo $AGENT_ID'")
            .NoErrors();
        var results = runspace.Run("$all").Of<CommandResult>();

        Assert.Equal(["a", "b", "c"], results.Select(result => result.AgentId));
        Assert.All(results, result => Assert.EndsWith(result.AgentId + "\n", result.StandardOutput));
        Assert.True(results.Max(result => result.StartedAt) < results.Min(result => result.StartedAt + result.Duration));
    }

    [Fact]
    public void ThrottleLimit_BoundsThem()
    {
        using var runspace = Initialized("a", "b", "c");

        var results = runspace.Run("Get-AgentEnvironment | Invoke-AgentCommand -Command 'sleep 0.2' -ThrottleLimit 1").NoErrors().Of<CommandResult>();

        Assert.Equal(3, results.Count);
        Assert.All(results.Zip(results.Skip(1)), pair => Assert.True(pair.First.StartedAt + pair.First.Duration <= pair.Second.StartedAt + TimeSpan.FromMilliseconds(5)));
    }

    [Fact]
    public void Agent_ThatIsMissing_IsAnErrorAmongTheOthers()
    {
        using var runspace = Initialized("a", "b");

        var result = runspace.Run("Invoke-AgentCommand a, nosuch, b 'echo $AGENT_ID'");

        Assert.Equal(["a\n", "b\n"], result.Of<CommandResult>().Select(each => each.StandardOutput));
        Assert.StartsWith("AgentEnvironmentNotFound,", result.SingleError().FullyQualifiedErrorId);
        Assert.Equal("nosuch", result.SingleError().TargetObject);
        Assert.Empty(runspace.Run("Invoke-AgentCommand nosuch* true").NoErrors().Output);
    }

    private static ModuleRunspace Initialized(params string[] agents)
    {
        var runspace = ModuleRunspace.OpenInitialized($"-WarmupContainers {agents.Length}");
        runspace.Set("agents", agents).Run("$agents | ForEach-Object { $null = New-AgentEnvironment $_ }").NoErrors();
        return runspace;
    }
}
