using ContainerSandbox.Docker.Tests.Contract;

namespace ContainerSandbox.Docker.Tests;

/// <summary>The contract, against the Docker adapter.</summary>
[Collection(DockerEngineGroup.Name)]
public sealed class DockerContractTests(DockerFixture fixture) : BackendContract(fixture);
