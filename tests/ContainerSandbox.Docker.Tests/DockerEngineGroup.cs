namespace ContainerSandbox.Docker.Tests;

/// <summary>The tests that share the engine run one after another: what they measure is not each other.</summary>
[CollectionDefinition(Name)]
public sealed class DockerEngineGroup : ICollectionFixture<DockerFixture>
{
    public const string Name = "Docker";
}
