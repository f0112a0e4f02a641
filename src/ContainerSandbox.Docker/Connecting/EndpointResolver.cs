namespace ContainerSandbox.Docker.Connecting;

/// <summary>
/// Finds where to look for an engine, in the order of the engine's own command line: the address given, DOCKER_HOST, the current
/// context; and when nobody named one, the usual sockets of Docker, of rootless Docker and of Podman.
/// </summary>
internal sealed class EndpointResolver(EngineEnvironment environment, TimeProvider timeProvider)
{
    /// <summary>Resolves the addresses to try.</summary>
    public EndpointCandidates Resolve(string? endpoint)
    {
        if (!string.IsNullOrWhiteSpace(endpoint))
            return Named(endpoint, "the -Endpoint parameter");
        if (environment["DOCKER_HOST"] is { } host)
            return Named(host, "DOCKER_HOST");
        if (new DockerContexts(environment, timeProvider).Current() is { } context)
            return new EndpointCandidates([context], true);
        return new EndpointCandidates(Usual().ToList(), false);
    }

    private EndpointCandidates Named(string address, string origin) => new(
        [EndpointAddress.Parse(address, origin, Certificates, wantsTls: environment["DOCKER_TLS_VERIFY"] is not null)], true);

    private EngineCertificates Certificates() =>
        EngineCertificates.Load(environment["DOCKER_CERT_PATH"] ?? environment.ConfigurationFolder, timeProvider);

    private IEnumerable<EngineEndpoint> Usual()
    {
        if (environment.IsWindows)
        {
            yield return new EngineEndpoint(new Uri("npipe://./pipe/docker_engine"), "Docker's usual pipe");
            yield break;
        }

        yield return EndpointAddress.Parse("unix:///var/run/docker.sock", "Docker's usual socket");
        var runtimeFolder = environment["XDG_RUNTIME_DIR"];
        if (runtimeFolder is not null)
        {
            yield return EndpointAddress.Parse($"unix://{runtimeFolder}/docker.sock", "rootless Docker's usual socket");
            yield return EndpointAddress.Parse($"unix://{runtimeFolder}/podman/podman.sock", "rootless Podman's usual socket");
        }

        yield return EndpointAddress.Parse("unix:///run/podman/podman.sock", "Podman's usual socket");
    }
}
