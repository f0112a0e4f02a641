using ContainerSandbox.Engine.Backends;

namespace ContainerSandbox.Engine.Tests.Fakes;

internal sealed class FakeBackendFactory(FakeBackend backend) : ISandboxBackendFactory
{
    public Task<ISandboxBackend> ConnectAsync(string? endpoint, TimeProvider timeProvider, CancellationToken cancellationToken) =>
        Task.FromResult<ISandboxBackend>(backend);
}
