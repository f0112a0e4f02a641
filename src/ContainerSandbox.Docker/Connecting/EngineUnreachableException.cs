using System.Net.Sockets;

namespace ContainerSandbox.Docker.Connecting;

/// <summary>No connection came about, as opposed to one that broke later. It never leaves the adapter.</summary>
internal sealed class EngineUnreachableException(SocketError error, string reason, Exception? innerException = null)
    : Exception(reason, innerException)
{
    /// <summary>Why.</summary>
    public SocketError Error { get; } = error;
}
