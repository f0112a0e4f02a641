using ContainerSandbox.Engine.Backends;
using ContainerSandbox.Testing;
using Microsoft.Extensions.Time.Testing;

namespace ContainerSandbox.Docker.Tests.Faults;

/// <summary>The adapter with an engine that misbehaves as a test says, and with time that passes as it says.</summary>
public abstract class FaultTests : IAsyncLifetime
{
    private protected static readonly CancellationToken None = CancellationToken.None;

    private protected FakeTimeProvider Time { get; } = new();

    private protected FakeEngine Engine { get; } = FakeEngine.Start();

    private protected ISandboxBackend Backend { get; private set; } = null!;

    public async Task InitializeAsync() => Backend = await new DockerBackendFactory().ConnectAsync(Engine.Host, Time, None);

    public async Task DisposeAsync()
    {
        var closing = Backend.DisposeAsync().AsTask();
        await AdvanceUntilAsync(closing);
        await closing;
        await Engine.DisposeAsync();
    }

    private protected static async Task<SandboxException> FailureAsync(Task call) =>
        await Assert.ThrowsAsync<SandboxException>(() => call.WaitAsync(TimeSpan.FromSeconds(5)));

    private protected Task<TimeSpan> AskedAsync(string request) => Eventually.HoldsAsync(
        $"'{request}' arrives", TimeSpan.FromSeconds(5), () => Task.FromResult(Engine.Requests.Contains(request)));

    private protected Task AdvanceUntilAsync(Task task) => AdvanceUntilAsync(task, TimeSpan.FromSeconds(0.5));

    private protected async Task AdvanceUntilAsync(Task task, TimeSpan step)
    {
        for (var i = 0; i < 300 && !task.IsCompleted; i++)
        {
            Time.Advance(step);
            await Task.Delay(TimeSpan.FromMilliseconds(5), TimeProvider.System, None);
        }
    }
}
