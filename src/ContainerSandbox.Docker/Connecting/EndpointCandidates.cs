namespace ContainerSandbox.Docker.Connecting;

/// <summary>The addresses to try, first to last.</summary>
/// <param name="Endpoints">The addresses.</param>
/// <param name="Named">True when somebody named the one address, so that no other may answer in its place.</param>
internal sealed record EndpointCandidates(IReadOnlyList<EngineEndpoint> Endpoints, bool Named);
