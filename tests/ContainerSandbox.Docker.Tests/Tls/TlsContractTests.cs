using ContainerSandbox.Docker.Tests.Contract;

namespace ContainerSandbox.Docker.Tests.Tls;

/// <summary>The contract, against an engine that is reached over TLS.</summary>
[Collection(TlsGroup.Name)]
public sealed class TlsContractTests(TlsFixture fixture) : BackendContract(fixture);
