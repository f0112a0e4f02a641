namespace ContainerSandbox.Docker.Tests.Podman;

/// <summary>The tests that share Podman.</summary>
[CollectionDefinition(Name)]
public sealed class PodmanGroup : ICollectionFixture<PodmanFixture>
{
    public const string Name = "Podman";
}
