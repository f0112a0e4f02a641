namespace ContainerSandbox.Docker.Tests.Hardening;

/// <summary>These tests share a sandbox and strain the machine: nothing runs beside them.</summary>
[CollectionDefinition(Name, DisableParallelization = true)]
public sealed class HardeningGroup : ICollectionFixture<HardeningFixture>
{
    public const string Name = "Hardening";
}
