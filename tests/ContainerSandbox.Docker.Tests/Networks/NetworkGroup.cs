namespace ContainerSandbox.Docker.Tests.Networks;

/// <summary>These tests share an engine of their own that makes networks, in a network namespace of its own.</summary>
[CollectionDefinition(Name)]
public sealed class NetworkGroup : ICollectionFixture<NetworkFixture>
{
    public const string Name = "Networks";
}
