using ContainerSandbox.Testing;

namespace ContainerSandbox.Docker.Tests.Ssh;

/// <summary>The connection over ssh is one process. What it holds ends with it, and it ends with whoever opened it.</summary>
[Collection(SshGroup.Name)]
public sealed class SshConnectionTests(SshFixture fixture)
{
    private static readonly TimeSpan Soon = TimeSpan.FromSeconds(60);

    [Fact]
    public async Task All_calls_go_through_one_process_that_ends_with_them()
    {
        var client = await fixture.FriendAsync();
        Assert.Empty(SshServer.ProcessesOf(client));
        await using (var backend = await SshFixture.ConnectAsync(fixture.Address(fixture.Server.Port), client))
        {
            await using var lease = await fixture.StartAsync(backend);
            await Task.WhenAll(Enumerable.Range(0, 20).Select(_ => backend.ListContainersAsync(fixture.RunLabel, CancellationToken.None)));
            Assert.Single(SshServer.ProcessesOf(client));
        }

        Assert.Empty(SshServer.ProcessesOf(client));
    }

    [Fact]
    public async Task What_a_connection_held_is_lost_when_it_ends()
    {
        await using var relay = new Relay(fixture.Server.Port);
        await using var backend = await SshFixture.ConnectAsync(fixture.Address(relay.Port), await fixture.FriendAsync());
        await using var lease = await fixture.StartAsync(backend);
        Assert.False(lease.Ended.IsCompleted);
        relay.Drop();
        await lease.Ended.WaitAsync(Soon);
        await Eventually.HoldsAsync("the container is gone there", Soon, async () => !(await fixture.ContainersAsync(fixture.RunLabel)).Contains(lease.ContainerId));

        // The next call finds a way of its own.
        await Eventually.HoldsAsync("the engine is reached again", Soon, async () =>
        {
            try
            {
                await backend.ListContainersAsync(fixture.RunLabel, CancellationToken.None);
                return true;
            }
            catch (SandboxException failure) when (failure.ErrorId == SandboxErrorId.EngineLost)
            {
                return false;
            }
        });
    }

    [Fact]
    public Task What_a_connection_held_is_lost_when_it_falls_silent() => fixture.Silence.WaitAsync(Soon);

    [Fact]
    public async Task A_process_that_is_killed_costs_what_it_held_and_no_more()
    {
        var client = await fixture.FriendAsync();
        await using var backend = await SshFixture.ConnectAsync(fixture.Address(fixture.Server.Port), client);
        await using var first = await fixture.StartAsync(backend);
        var process = SshServer.ProcessesOf(client).Single();
        await PrivateEngine.SignalAsync(process, "INT");
        await backend.ListContainersAsync(fixture.RunLabel, CancellationToken.None);
        Assert.Equal([process], SshServer.ProcessesOf(client));

        await PrivateEngine.SignalAsync(process, "KILL");
        await first.Ended.WaitAsync(Soon);
        await Eventually.HoldsAsync("it is noticed", Soon, () => Task.FromResult(!SshServer.ProcessesOf(client).Contains(process)));
        await using var second = await fixture.StartAsync(backend);
        Assert.False(second.Ended.IsCompleted);
    }
}
