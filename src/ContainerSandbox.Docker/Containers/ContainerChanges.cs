using ContainerSandbox.Docker.Calls;
using ContainerSandbox.Engine.Backends;
using Docker.DotNet;
using Docker.DotNet.Models;

namespace ContainerSandbox.Docker.Containers;

/// <summary>Changes containers that exist.</summary>
internal sealed class ContainerChanges(IDockerClient client, EngineCall call)
{
    /// <summary>Changes limits, then the name.</summary>
    public async Task ApplyAsync(string containerId, ContainerUpdate update, CancellationToken cancellationToken)
    {
        var id = EngineId.Escape(containerId);
        if (update.Limits is { } limits)
            await call.RunAsync(
                EngineRequest.About(containerId, $"change the limits of the container '{containerId}'", Deadlines.Change) with { IsRepeatable = true },
                token => client.Containers.UpdateContainerAsync(id, ContainerRequest.Update(limits), token),
                cancellationToken).ConfigureAwait(false);
        if (update.Name is { } name)
            await call.RunAsync(
                EngineRequest.About(containerId, $"rename the container '{containerId}' to '{name}'", Deadlines.Change),
                token => client.Containers.RenameContainerAsync(id, new ContainerRenameParameters { NewName = name }, token),
                cancellationToken).ConfigureAwait(false);
    }
}
