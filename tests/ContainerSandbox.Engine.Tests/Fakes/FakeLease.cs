using ContainerSandbox.Engine.Backends;

namespace ContainerSandbox.Engine.Tests.Fakes;

internal sealed class FakeLease(FakeContainer container) : IContainerLease
{
    public string ContainerId => container.Id;

    public Task Ended => container.LeaseEnded;

    public void Release() => container.Release();

    public ValueTask DisposeAsync()
    {
        Release();
        return ValueTask.CompletedTask;
    }
}
