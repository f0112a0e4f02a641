namespace ContainerSandbox.Docker.Tests.Networks;

/// <summary>These tests share an engine of their own that makes networks: nothing runs beside them.</summary>
[CollectionDefinition(Name, DisableParallelization = true)]
public sealed class NetworkGroup : ICollectionFixture<NetworkFixture>
{
    public const string Name = "Networks";
}
