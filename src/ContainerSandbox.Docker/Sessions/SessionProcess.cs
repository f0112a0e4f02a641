using ContainerSandbox.Docker.Calls;
using Docker.DotNet;
using Docker.DotNet.Models;

namespace ContainerSandbox.Docker.Sessions;

/// <summary>A process that the engine started in a container, as the engine's records have it.</summary>
internal sealed class SessionProcess(IDockerClient client, EngineCall call, string containerId, string execId)
{
    /// <summary>Its exit code; null while it runs or is about to.</summary>
    public async Task<int?> GetExitCodeAsync(CancellationToken cancellationToken)
    {
        var state = await InspectAsync(cancellationToken).ConfigureAwait(false);
        return state.Running ? null : (int?)state.ExitCode;
    }

    /// <summary>What the engine knows about it.</summary>
    public Task<ContainerExecInspectResponse> InspectAsync(CancellationToken cancellationToken) => call.RunAsync(
        EngineRequest.About(containerId, $"tell the state of a process in the container '{containerId}'", Deadlines.Question) with { IsRepeatable = true },
        token => client.Exec.InspectContainerExecAsync(EngineId.Escape(execId), token),
        cancellationToken);

    /// <summary>The failure of its connection in the port's words; null when it is another failure.</summary>
    public SandboxException? Broken(Exception failure, string what) => failure is IOException or System.Net.Sockets.SocketException or ObjectDisposedException
        ? EngineErrors.Lost(
            $"The connection to a process in the container '{containerId}' broke while it was to {what}. The process, its container or the engine ended.", containerId, failure)
        : null;
}
