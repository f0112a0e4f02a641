using ContainerSandbox.Docker.Calls;
using ContainerSandbox.Docker.Connecting.Ssh;
using ContainerSandbox.Docker.Registries;
using Docker.DotNet.Models;

namespace ContainerSandbox.Docker.Connecting;

/// <summary>Tries the addresses one after another until an engine answers.</summary>
internal sealed class EngineConnector(
    EndpointResolver resolver, EngineClients clients, EngineEnvironment environment, RegistryCredentials credentials, TimeProvider timeProvider)
{
    /// <summary>Connects to the first engine that answers.</summary>
    public async Task<DockerBackend> ConnectAsync(string? endpoint, CancellationToken cancellationToken)
    {
        var candidates = resolver.Resolve(endpoint);
        var failures = new List<string>();
        SandboxException? denied = null;
        foreach (var candidate in candidates.Endpoints)
        {
            try
            {
                return await ConnectAsync(candidate, cancellationToken).ConfigureAwait(false);
            }
            catch (SandboxException e) when (e.ErrorId == SandboxErrorId.EngineAccessDenied)
            {
                // Another engine may be open to this user; if none is, this is the failure that can be mended.
                denied ??= e;
                failures.Add($"{candidate} ({candidate.Origin}): access denied");
            }
            catch (SandboxException e) when (e.InnerException is EngineUnreachableException unreachable)
            {
                failures.Add($"{candidate} ({candidate.Origin}): {unreachable.Message}");
            }
            catch (SandboxException e) when (e.InnerException is TimeoutException)
            {
                // How the absence of a named pipe shows.
                failures.Add($"{candidate} ({candidate.Origin}): no connection within 1.5 s");
            }
            catch (SandboxException e) when (e.ErrorId is SandboxErrorId.EngineLost or SandboxErrorId.EngineError)
            {
                failures.Add($"{candidate} ({candidate.Origin}): {Silent(candidate)}");
            }
        }

        throw denied ?? NotFound(candidates, failures, endpoint);
    }

    private async Task<DockerBackend> ConnectAsync(EngineEndpoint endpoint, CancellationToken cancellationToken)
    {
        if (endpoint.Uri.Scheme != "ssh")
            return await ConnectAsync(endpoint, clients, null, cancellationToken).ConfigureAwait(false);
        var tunnel = new SshTunnel(endpoint, environment, timeProvider);
        try
        {
            await new EngineCall(endpoint.ToString(), timeProvider, Random.Shared)
                .RunAsync(new EngineRequest("answer over ssh", Deadlines.FirstAnswerOverSsh), tunnel.OpenAsync, cancellationToken).ConfigureAwait(false);
            return await ConnectAsync(endpoint, clients.Through(tunnel.ConnectAsync), tunnel, cancellationToken).ConfigureAwait(false);
        }
        catch
        {
            await tunnel.DisposeAsync().ConfigureAwait(false);
            throw;
        }
    }

    private async Task<DockerBackend> ConnectAsync(EngineEndpoint endpoint, EngineClients way, SshTunnel? tunnel, CancellationToken cancellationToken)
    {
        var call = new EngineCall(endpoint.ToString(), timeProvider, Random.Shared);
        VersionResponse version;
        using (var unpinned = way.Create(endpoint, null))
            version = await call.RunAsync(
                new EngineRequest("say its version", Deadlines.FirstAnswer), unpinned.System.GetVersionAsync, cancellationToken).ConfigureAwait(false);

        var agreed = ApiVersion.Agree(endpoint.ToString(), version.Version, version.APIVersion, version.MinAPIVersion);
        return new DockerBackend(way.Create(endpoint, agreed), call, endpoint, version, agreed, credentials, tunnel);
    }

    private static string Silent(EngineEndpoint candidate) => candidate.Certificates switch
    {
        null when candidate.Uri.Scheme == "ssh" => "its machine was reached and its socket is there, but nothing answers through ssh; the engine may be down, or the ssh server may not forward sockets (AllowStreamLocalForwarding in its sshd_config)",
        null => "what listens there does not answer as a container engine does",
        { Own.Count: 0 } own => $"what listens there ended the connection; it may want a certificate, and there is none in '{own.Folder}'",
        { } own => $"what listens there ended the connection; it may not accept the certificate in '{own.Folder}'",
    };

    private static SandboxException NotFound(EndpointCandidates candidates, List<string> failures, string? endpoint)
    {
        var remedy = candidates.Named
            ? "Start the engine there, or name another address with -Endpoint or DOCKER_HOST."
            : "Start Docker or Podman (for example `systemctl start docker`), or name the address with -Endpoint or DOCKER_HOST.";
        return new SandboxException(
            SandboxErrorId.EngineNotFound,
            SandboxErrorCategory.ResourceUnavailable,
            $"No container engine was found. Tried {string.Join("; ", failures)}. {remedy}",
            endpoint ?? candidates.Endpoints[0].ToString());
    }
}
