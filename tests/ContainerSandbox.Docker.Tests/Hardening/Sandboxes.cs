using ContainerSandbox.Engine.Sandboxes;

namespace ContainerSandbox.Docker.Tests.Hardening;

/// <summary>Short forms of what these tests do with a sandbox all the time.</summary>
internal static class Sandboxes
{
    public static Task<Sandbox> InitializeAsync(SandboxOptions options) =>
        SandboxRegistry.InitializeAsync(options, Quiet.Observer, CancellationToken.None);

    public static Task<AgentEnvironment> ClaimAsync(this Sandbox sandbox, ClaimRequest? request = null) =>
        sandbox.ClaimAsync(request ?? new ClaimRequest(), Quiet.Observer, CancellationToken.None);

    public static Task<CommandResult> RunAsync(this Sandbox sandbox, AgentEnvironment environment, CommandRequest request) =>
        sandbox.RunCommandAsync(environment.AgentId, environment.EnvironmentId, request, Quiet.Observer, CancellationToken.None);

    public static Task<CommandResult> RunAsync(this Sandbox sandbox, AgentEnvironment environment, string command, bool isolated = false) =>
        sandbox.RunAsync(environment, new CommandRequest { Command = command, Isolated = isolated });

    /// <summary>Runs a command that must succeed and say one line.</summary>
    public static async Task<string> LineAsync(this Sandbox sandbox, AgentEnvironment environment, string command, bool isolated = false)
    {
        var result = await sandbox.RunAsync(environment, command, isolated);
        Assert.Equal("", result.StandardError);
        Assert.Equal(0, result.ExitCode);
        return Assert.Single(result.StandardOutput.TrimEnd('\n').Split('\n'));
    }

    /// <summary>Runs a check of the probe and returns the line that it said.</summary>
    public static Task<string> ProbeAsync(this Sandbox sandbox, AgentEnvironment environment, string check, bool isolated = false) =>
        sandbox.LineAsync(environment, $"/probe {check}", isolated);

    /// <summary>Ends an environment that a test had for itself.</summary>
    public static Task RemoveAsync(this Sandbox sandbox, AgentEnvironment environment) => sandbox.RemoveEnvironmentAsync(
        environment.AgentId, environment.EnvironmentId, TimeSpan.Zero, Quiet.Observer, CancellationToken.None);
}
