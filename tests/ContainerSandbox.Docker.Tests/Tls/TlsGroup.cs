namespace ContainerSandbox.Docker.Tests.Tls;

/// <summary>The tests that share the engine over TLS.</summary>
[CollectionDefinition(Name)]
public sealed class TlsGroup : ICollectionFixture<TlsFixture>
{
    public const string Name = "TLS";
}
