using Docker.DotNet;
using Docker.DotNet.NPipe;

namespace ContainerSandbox.Docker.Connecting;

/// <summary>Makes clients of the library for an endpoint.</summary>
internal sealed class EngineClients(ConnectSocket connect, TimeProvider timeProvider)
{
    /// <summary>Makes them connect another way.</summary>
    public EngineClients Through(ConnectSocket way) => new(way, timeProvider);

    /// <summary>Makes a client; without a version the engine's own default applies.</summary>
    public DockerClient Create(EngineEndpoint endpoint, Version? version)
    {
        // Deadlines are EngineCall's; the library's own would cut long calls short at 100 s.
        var builder = new DockerClientBuilder()
            .WithEndpoint(endpoint.Uri)
            .WithApiVersion(version)
            .WithTimeout(Timeout.InfiniteTimeSpan);
        return endpoint.Uri.Scheme == "npipe"
            ? builder.WithTransportOptions(new NPipeTransportOptions { ConnectTimeout = TimeSpan.FromSeconds(1.5), ConfigureHandler = handler => handler.UseProxy = false }).Build()
            : builder.WithTransportOptions(new EngineTransport(endpoint, connect, timeProvider), endpoint).Build();
    }
}
