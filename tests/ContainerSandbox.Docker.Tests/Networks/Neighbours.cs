using ContainerSandbox.Docker.Tests.Hardening;
using ContainerSandbox.Engine.Sandboxes;

namespace ContainerSandbox.Docker.Tests.Networks;

/// <summary>What one environment can do to another over their network.</summary>
internal static class Neighbours
{
    private const int Port = 5000;

    /// <summary>The address of an environment on its network.</summary>
    public static Task<string> AddressAsync(this Sandbox sandbox, AgentEnvironment environment) => sandbox.LineAsync(environment, "hostname -i");

    /// <summary>What one gets from another that listens: its word, or why not.</summary>
    public static async Task<string> CallAsync(this Sandbox sandbox, AgentEnvironment one, AgentEnvironment other)
    {
        var address = await sandbox.AddressAsync(other);
        await sandbox.RunAsync(other, $"nc -ll -p {Port} -e echo hello >/dev/null 2>&1 </dev/null & until nc 127.0.0.1 {Port} </dev/null | grep -q hello; do sleep 0.05; done");
        return (await sandbox.RunAsync(one, $"nc -w 2 {address} {Port} </dev/null 2>&1")).StandardOutput.Trim();
    }
}
