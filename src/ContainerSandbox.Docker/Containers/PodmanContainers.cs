using System.Globalization;
using System.Text;
using ContainerSandbox.Docker.Calls;
using ContainerSandbox.Docker.Connecting;
using Docker.DotNet;
using Docker.DotNet.Models;

namespace ContainerSandbox.Docker.Containers;

/// <summary>
/// What is asked of Podman otherwise than of Docker. It reads a security profile from a file of its own machine while it makes a
/// container, and knows neither owner nor number of files for a file system in memory: the owner is set once the container runs.
/// </summary>
internal sealed class PodmanContainers(IDockerClient client, EngineCall call, EngineEndpoint endpoint)
{
    /// <summary>The limit that it cannot enforce.</summary>
    public const string UnenforcedLimit = "TmpfsInodes";

    private const string InlineProfile = "seccomp=";

    /// <summary>Rewrites the request that makes a container. What comes back is to be disposed of once that was answered.</summary>
    public ProfileFile Rewrite(ContainerSpec spec, CreateContainerParameters request)
    {
        if (endpoint.Uri.Scheme != "unix")
            throw new SandboxException(
                SandboxErrorId.EndpointNotSupported,
                SandboxErrorCategory.InvalidArgument,
                $"Podman at {endpoint} takes the security profile only as a file of its own machine. Run the module on that machine and name Podman's socket there, or use Docker.",
                endpoint.ToString());

        // It would make the folder.
        if (spec.BindMounts.Any(mount => !Directory.Exists(mount.Source)))
            throw BindSource.Missing(spec, endpoint.ToString(), null);
        var host = request.HostConfig!;
        host.Tmpfs = spec.TmpfsMounts.ToDictionary(mount => mount.Path, TmpfsOptions.FormatWithoutOwner);
        var profile = ProfileFile.Write(spec.SecurityProfile);
        host.SecurityOpt =
        [
            .. host.SecurityOpt.Where(option => !option.StartsWith(InlineProfile, StringComparison.Ordinal)), InlineProfile + profile.Path,
        ];
        return profile;
    }

    /// <summary>Says that limits cannot be changed.</summary>
    public static SandboxException NoChange(EngineRequest request) =>
        EngineErrors.Refused(request, "Podman changes no limits of a container that runs; it has to be started with them");

    /// <summary>Gives the places in memory to whom they are for.</summary>
    public async Task GivePlacesAsync(ContainerSpec spec, string id, CancellationToken cancellationToken)
    {
        var script = string.Join(" && ", spec.TmpfsMounts.Select(mount => string.Create(
            CultureInfo.InvariantCulture, $"chown {mount.UserId}:{mount.GroupId} '{mount.Path.Replace("'", @"'\''", StringComparison.Ordinal)}'")));
        if (script.Length == 0)
            return;
        var request = EngineRequest.About(id, $"give the places to write in the container '{spec.Name}' to their user", Deadlines.Start);
        var (code, said) = await call.RunAsync(request, token => RunAsync(id, script, token), cancellationToken).ConfigureAwait(false);
        if (code != 0)
            throw EngineErrors.Refused(request, $"{EngineText.Shorten(said)} (with Podman the image needs chown besides its shell)");
    }

    // With all rights, which nothing else in the container has: it is over before anybody's command runs.
    private async Task<(long Code, string Said)> RunAsync(string id, string script, CancellationToken cancellationToken)
    {
        var parameters = new ContainerExecCreateParameters { AttachStdout = true, AttachStderr = true, User = "0:0", Privileged = true, Cmd = ["/bin/sh", "-c", script] };
        var created = await client.Exec.CreateContainerExecAsync(EngineId.Escape(id), parameters, cancellationToken).ConfigureAwait(false);
        using var stream = await client.Exec.StartContainerExecAsync(created.ID, new ContainerExecStartParameters { Detach = false, TTY = false }, cancellationToken).ConfigureAwait(false);
        var said = new StringBuilder();
        var buffer = new byte[2048];
        while (await stream.ReadOutputAsync(buffer, 0, buffer.Length, cancellationToken).ConfigureAwait(false) is { EOF: false } read)
        {
            if (said.Length < buffer.Length)
                said.Append(Encoding.UTF8.GetString(buffer, 0, read.Count));
        }

        while (true)
        {
            var state = await client.Exec.InspectContainerExecAsync(created.ID, cancellationToken).ConfigureAwait(false);
            if (!state.Running)
                return (state.ExitCode ?? 0, said.ToString());
            await Task.Delay(TimeSpan.FromMilliseconds(5), call.Time, cancellationToken).ConfigureAwait(false);
        }
    }
}
