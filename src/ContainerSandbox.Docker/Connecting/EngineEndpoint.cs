namespace ContainerSandbox.Docker.Connecting;

/// <summary>An address that an engine may answer at.</summary>
/// <param name="Uri">The address: <c>unix</c>, <c>tcp</c>, <c>ssh</c> or <c>npipe</c>.</param>
/// <param name="Origin">Who named it, for messages.</param>
/// <param name="Certificates">Whom to believe, where it is reached over TLS; null where it is not.</param>
internal sealed record EngineEndpoint(Uri Uri, string Origin, EngineCertificates? Certificates = null)
{
    /// <summary>The file that a unix socket is.</summary>
    public string SocketPath => Uri.LocalPath;

    /// <summary>The address as people write it.</summary>
    public override string ToString() =>
        Uri.Scheme == "unix" ? "unix://" + SocketPath : Uri.OriginalString.TrimEnd('/');
}
