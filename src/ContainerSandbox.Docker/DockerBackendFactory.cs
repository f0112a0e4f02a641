using ContainerSandbox.Docker.Connecting;
using ContainerSandbox.Docker.Registries;
using ContainerSandbox.Engine.Backends;

namespace ContainerSandbox.Docker;

/// <summary>Connects to Docker, or to Podman through the API that it shares with Docker.</summary>
public sealed class DockerBackendFactory : ISandboxBackendFactory
{
    private readonly EngineEnvironment _environment;
    private readonly ConnectSocket _connect;

    /// <summary>Makes a factory that looks for engines as the docker command line does.</summary>
    public DockerBackendFactory()
        : this(EngineEnvironment.OfProcess(), EngineSocket.ConnectAsync)
    {
    }

    internal DockerBackendFactory(EngineEnvironment environment, ConnectSocket connect)
    {
        _environment = environment;
        _connect = connect;
    }

    /// <inheritdoc />
    public async Task<ISandboxBackend> ConnectAsync(string? endpoint, TimeProvider timeProvider, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(timeProvider);
        var credentials = new RegistryCredentials(_environment, new CredentialHelper(_environment, timeProvider));
        var connector = new EngineConnector(new EndpointResolver(_environment, timeProvider), new EngineClients(_connect, timeProvider), _environment, credentials, timeProvider);
        return await connector.ConnectAsync(endpoint, cancellationToken).ConfigureAwait(false);
    }
}
