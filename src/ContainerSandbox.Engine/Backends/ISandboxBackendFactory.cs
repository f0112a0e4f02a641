namespace ContainerSandbox.Engine.Backends;

/// <summary>Connects to an engine. An adapter has one, with a constructor without parameters.</summary>
public interface ISandboxBackendFactory
{
    /// <summary>Finds the engine and makes sure that it answers.</summary>
    /// <param name="endpoint">Its address; null looks where the engine's own command line would.</param>
    /// <param name="timeProvider">The clock for deadlines.</param>
    /// <param name="cancellationToken">Ends the call.</param>
    /// <exception cref="SandboxException">
    /// <see cref="SandboxErrorId.EngineNotFound"/> within 2 s, <see cref="SandboxErrorId.EngineNotResponding"/> within 5 s,
    /// <see cref="SandboxErrorId.EngineAccessDenied"/>, <see cref="SandboxErrorId.EngineNotTrusted"/>, <see cref="SandboxErrorId.EndpointNotSupported"/>,
    /// <see cref="SandboxErrorId.EngineTooOld"/>.
    /// </exception>
    Task<ISandboxBackend> ConnectAsync(string? endpoint, TimeProvider timeProvider, CancellationToken cancellationToken);
}
