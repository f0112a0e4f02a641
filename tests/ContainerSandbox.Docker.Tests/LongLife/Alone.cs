namespace ContainerSandbox.Docker.Tests.LongLife;

/// <summary>Tests that count what the process holds: nothing else runs meanwhile.</summary>
[CollectionDefinition(nameof(Alone), DisableParallelization = true)]
public sealed class Alone : ICollectionFixture<DockerFixture>;
