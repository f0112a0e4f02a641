using ContainerSandbox.Docker.Tests.Contract;

namespace ContainerSandbox.Docker.Tests.Ssh;

/// <summary>The contract, against an engine that is reached over ssh.</summary>
[Collection(SshGroup.Name)]
public sealed class SshContractTests(SshFixture fixture) : BackendContract(fixture);
