using System.Security.Authentication;

namespace ContainerSandbox.Docker.Connecting;

/// <summary>The certificate that an engine shows is not to be believed, as opposed to a handshake that the engine ends. It never leaves the adapter.</summary>
internal sealed class EngineNotBelievedException(string reason) : AuthenticationException(reason);
