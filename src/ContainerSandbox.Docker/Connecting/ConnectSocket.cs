using System.Net.Sockets;

namespace ContainerSandbox.Docker.Connecting;

/// <summary>Opens a connection to an engine.</summary>
internal delegate Task<Socket> ConnectSocket(EngineEndpoint endpoint, CancellationToken cancellationToken);
