using System.Collections.Concurrent;

namespace ContainerSandbox.Engine.Tests.Sandboxes;

/// <summary>Many agents at once on an engine that fails, falls silent and loses containers.</summary>
public sealed class SandboxChaosTests
{
    private static readonly string[] Expected =
    [
        SandboxErrorId.EngineError, SandboxErrorId.StartFailed, SandboxErrorId.AgentEnvironmentLost, SandboxErrorId.AgentEnvironmentNotFound,
        SandboxErrorId.ContainerNotFound, SandboxErrorId.SessionFailed, SandboxErrorId.EngineLost, SandboxErrorId.IsolationNotClean,
        SandboxErrorId.StartTimedOut, SandboxErrorId.EngineNotResponding,
    ];

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    public async Task No_container_is_had_twice_and_nothing_is_left_open(int seed)
    {
        await using var rig = await SandboxRig.OpenAsync(4);
        using var stop = new CancellationTokenSource();
        var clock = LetTimePassAsync(rig, stop.Token);
        var random = new Random(seed);
        rig.Backend.Before(BackendCall.Start, (_, _) => Chance(random, 10) ? throw EngineFault.Refused() : Task.CompletedTask);
        rig.Backend.Before(BackendCall.Update, (_, _) => Chance(random, 10) ? throw EngineFault.Refused() : Task.CompletedTask);
        var had = new ConcurrentDictionary<string, string>();
        await Eventually.EndsAsync(Task.WhenAll(Enumerable.Range(0, 8).Select(agent => Task.Run(() => LiveAsync(rig, $"agent-{agent}", seed + agent, had)))));

        rig.Backend.Heal(BackendCall.Start);
        rig.Backend.Heal(BackendCall.Update);
        await rig.UntilFullAsync();
        Assert.Equal(4, rig.Pool().Ready);
        await rig.Sandbox.RemoveAsync(TimeSpan.Zero, rig.Observer, CancellationToken.None);
        await stop.CancelAsync();
        await clock;
        Assert.Empty(rig.Backend.Containers);
        Assert.All(rig.Backend.History, container => Assert.True(container.IsReleased, $"the lease of {container.Name} is held"));
        var open = rig.Backend.History.SelectMany(container => container.Sessions).Where(session => !session.IsDisposed).ToArray();
        Assert.True(open.Length == 0, $"{open.Length} sessions are open, such as {open.FirstOrDefault()}");
    }

    private static async Task LiveAsync(SandboxRig rig, string agentId, int seed, ConcurrentDictionary<string, string> had)
    {
        var random = new Random(seed);
        for (var turn = 0; turn < 10; turn++)
        {
            await TryAsync(async () =>
            {
                var environment = await rig.ClaimAsync(new ClaimRequest { AgentId = agentId, Cpu = Chance(random, 20) ? 2 : null });
                Assert.True(had.TryAdd(environment.ContainerId, agentId), $"{agentId} got the container of {had[environment.ContainerId]}");
                await UseAsync(rig, agentId, rig.Container(environment), random);
            });
            await TryAsync(() => rig.Sandbox.RemoveEnvironmentAsync(agentId, null, TimeSpan.Zero, rig.Observer, CancellationToken.None));
        }
    }

    private static async Task UseAsync(SandboxRig rig, string agentId, FakeContainer container, Random random)
    {
        for (var turn = random.Next(4); turn > 0; turn--)
        {
            switch (random.Next(8))
            {
                case 0:
                    rig.Backend.End(container, 137);
                    break;
                case 1:
                    container.Silence();
                    break;
                case 2:
                    container.OnCommand = command => command.Begin().Finish(0, 1);
                    break;
                case 3:
                    container.OnCommand = command => command.Session.End(137);
                    break;
                case 4:
                    Array.ForEach([.. container.Sessions], session => session.End(137));
                    break;
                default:
                    container.OnCommand = command => command.Begin().Finish(0);
                    break;
            }

            var request = new CommandRequest
            {
                Command = "x",
                Timeout = TimeSpan.FromSeconds(1),
                Isolated = Chance(random, 20),
                StandardInput = Chance(random, 30) ? new MemoryStream(new byte[10]) : null,
            };
            await TryAsync(() => rig.RunAsync(agentId, request));
        }
    }

    private static async Task TryAsync(Func<Task> work)
    {
        try
        {
            await work();
        }
        catch (SandboxException exception)
        {
            Assert.Contains(exception.ErrorId, Expected);
        }
    }

    private static bool Chance(Random random, int percent)
    {
        lock (random)
            return random.Next(100) < percent;
    }

    private static async Task LetTimePassAsync(SandboxRig rig, CancellationToken cancellationToken)
    {
        while (!cancellationToken.IsCancellationRequested)
        {
            rig.Clock.Advance(TimeSpan.FromMilliseconds(50));
            await Task.Delay(TimeSpan.FromMilliseconds(1), TimeProvider.System, CancellationToken.None);
        }
    }
}
