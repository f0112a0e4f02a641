using System.Collections.Concurrent;
using System.Net;
using ContainerSandbox.Docker.Calls;
using Docker.DotNet;
using Docker.DotNet.Models;

namespace ContainerSandbox.Docker.Containers;

/// <summary>Makes sure, once for each image, that it holds the shell that everything in a sandbox rests on.</summary>
internal sealed class ShellCheck(IDockerClient client, EngineCall call)
{
    private const string Shell = "/bin/sh";
    private const int Remembered = 1024;
    private const uint Folder = 1u << 31;
    private readonly ConcurrentDictionary<string, bool> _passed = new();

    /// <summary>Looks into a container that was made and not started.</summary>
    public async Task EnsureAsync(ContainerSpec spec, string containerId, CancellationToken cancellationToken)
    {
        if (_passed.ContainsKey(spec.ImageId))
            return;

        var found = await StatAsync(containerId, Shell, cancellationToken).ConfigureAwait(false);

        // A link is resolved by the engine within the image; whether its end exists must be asked for itself.
        if (found is { LinkTarget.Length: > 0 })
            found = await StatAsync(containerId, found.LinkTarget, cancellationToken).ConfigureAwait(false);
        if (found is null || (found.Mode & Folder) != 0)
            throw new SandboxException(
                SandboxErrorId.ImageHasNoShell,
                SandboxErrorCategory.InvalidArgument,
                $"The image '{spec.ImageId}' holds no {Shell}, which every sandbox needs to run commands. Use an image with a shell (most with a Linux distribution in them, or busybox), or add one to it.",
                spec.ImageId);

        if (_passed.Count >= Remembered)
            _passed.Clear();
        _passed.TryAdd(spec.ImageId, true);
    }

    private Task<ContainerPathStatResponse?> StatAsync(string containerId, string path, CancellationToken cancellationToken) => call.RunAsync(
        EngineRequest.About(containerId, $"look for {path} in the image", Deadlines.Start) with { IsRepeatable = true },
        async token =>
        {
            try
            {
                var archive = await client.Containers.GetArchiveFromContainerAsync(
                    containerId, new ContainerPathStatParameters { Path = path }, statOnly: true, token).ConfigureAwait(false);
                return archive.Stat;
            }
            catch (DockerApiException e) when (e.StatusCode == HttpStatusCode.NotFound)
            {
                // It can also mean that the container is gone; then the start that follows an unfounded answer says so.
                return null;
            }
        },
        cancellationToken);
}
