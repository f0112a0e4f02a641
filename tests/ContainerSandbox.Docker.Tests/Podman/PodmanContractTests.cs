using ContainerSandbox.Docker.Tests.Contract;

namespace ContainerSandbox.Docker.Tests.Podman;

/// <summary>The contract, against Podman.</summary>
[Collection(PodmanGroup.Name)]
public sealed class PodmanContractTests(PodmanFixture fixture) : BackendContract(fixture);
