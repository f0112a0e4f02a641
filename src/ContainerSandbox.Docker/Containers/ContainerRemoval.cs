using System.Net;
using ContainerSandbox.Docker.Calls;
using Docker.DotNet;
using Docker.DotNet.Models;

namespace ContainerSandbox.Docker.Containers;

/// <summary>Ends and removes containers.</summary>
internal sealed class ContainerRemoval(IDockerClient client, EngineCall call)
{
    /// <summary>Removes a container in whatever state; one that is on its way is as good as removed. False when there is none.</summary>
    public Task<bool> RemoveAsync(string containerId, CancellationToken cancellationToken) => call.RunAsync(
        EngineRequest.About(containerId, $"remove the container '{containerId}'", Deadlines.Remove) with { IsRepeatable = true },
        async token =>
        {
            try
            {
                await client.Containers.RemoveContainerAsync(
                    EngineId.Escape(containerId), new ContainerRemoveParameters { Force = true, RemoveVolumes = true }, token).ConfigureAwait(false);
                return true;
            }
            catch (DockerApiException e) when (e.StatusCode == HttpStatusCode.NotFound || IsOnItsWay(e))
            {
                return e.StatusCode != HttpStatusCode.NotFound;
            }
        },
        cancellationToken);

    private static bool IsOnItsWay(DockerApiException e) =>
        e.StatusCode == HttpStatusCode.Conflict
        && (e.ResponseBody ?? string.Empty).Contains("already in progress", StringComparison.OrdinalIgnoreCase);
}
