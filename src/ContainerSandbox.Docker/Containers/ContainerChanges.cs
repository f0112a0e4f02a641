using ContainerSandbox.Docker.Calls;
using ContainerSandbox.Engine.Backends;
using Docker.DotNet;
using Docker.DotNet.Models;

namespace ContainerSandbox.Docker.Containers;

/// <summary>Changes containers that exist.</summary>
internal sealed class ContainerChanges(IDockerClient client, EngineCall call, bool isPodman)
{
    /// <summary>Changes limits, then the name.</summary>
    public async Task ApplyAsync(string containerId, ContainerUpdate update, CancellationToken cancellationToken)
    {
        var id = EngineId.Escape(containerId);
        if (update.Limits is { } limits)
        {
            var request = EngineRequest.About(containerId, $"change the limits of the container '{containerId}'", Deadlines.Change) with { IsRepeatable = true };
            if (isPodman)
            {
                await call.RunAsync(request, token => client.Containers.InspectContainerAsync(id, token), cancellationToken).ConfigureAwait(false);
                throw PodmanContainers.NoChange(request);
            }

            await call.RunAsync(request, token => client.Containers.UpdateContainerAsync(id, ContainerRequest.Update(limits), token), cancellationToken).ConfigureAwait(false);
        }

        if (update.Name is { } name)
            await call.RunAsync(
                EngineRequest.About(containerId, $"rename the container '{containerId}' to '{name}'", Deadlines.Change),
                token => client.Containers.RenameContainerAsync(id, new ContainerRenameParameters { NewName = name }, token),
                cancellationToken).ConfigureAwait(false);
    }
}
