namespace ContainerSandbox.Docker.Tests.Ssh;

/// <summary>The tests that share the engine over ssh.</summary>
[CollectionDefinition(Name)]
public sealed class SshGroup : ICollectionFixture<SshFixture>
{
    public const string Name = "ssh";
}
