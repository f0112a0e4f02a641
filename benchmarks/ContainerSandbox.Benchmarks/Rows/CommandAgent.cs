using ContainerSandbox.Benchmarks.Shells;

namespace ContainerSandbox.Benchmarks.Rows;

/// <summary>An environment in which both sides run their commands, as the same user.</summary>
internal sealed class CommandAgent
{
    private readonly Bench bench;
    private readonly AgentEnvironment environment;

    private CommandAgent(Bench bench, AgentEnvironment environment, string user)
    {
        this.bench = bench;
        this.environment = environment;
        User = user;
    }

    public string ContainerId => environment.ContainerId;

    /// <summary>The agent's user and group, for the other side.</summary>
    public string User { get; }

    public static async Task<CommandAgent> ClaimAsync(Bench bench)
    {
        await bench.Module.SettleAsync(bench.Sandbox);
        var environment = bench.Module.Claim(bench.Sandbox);
        await bench.Module.SettleAsync(bench.Sandbox);
        using var identity = Prepare(bench.Module, environment, "echo $(id -u):$(id -g)");
        return new CommandAgent(bench, environment, identity.Invoke<CommandResult>().StandardOutput.Trim());
    }

    public PreparedCommand Prepare(string command) => Prepare(bench.Module, environment, command);

    public void Remove() => bench.Module.Remove(environment);

    public static void Require(CommandResult result) => Require(result.ExitCode);

    public static void Require(long exitCode)
    {
        if (exitCode != 0) throw new InvalidOperationException($"A command ended with exit code {exitCode}.");
    }

    private static PreparedCommand Prepare(ModuleShell shell, AgentEnvironment environment, string command) => shell.Prepare(
        "Invoke-AgentCommand", ("AgentId", environment.AgentId), ("Sandbox", environment.SandboxId), ("Command", command));
}
