using ContainerSandbox.Engine.History;
using static ContainerSandbox.Engine.Tests.History.HistorySamples;

namespace ContainerSandbox.Engine.Tests.History;

public sealed class HistoryThreadsTests
{
    private readonly TestClock _clock = new();

    [Fact]
    public void Threads_that_add_read_and_remove_do_not_disturb_each_other()
    {
        var history = new ResourceHistory(_clock, retainRemoved: 3, maximumBytes: 1 << 20);
        Parallel.For(0, 4, worker =>
        {
            for (var round = 0; round < 2000; round++)
            {
                history.Add(Sample(_clock.GetUtcNow(), $"agent-{worker}", $"{worker}-{round / 100}"));
                if (round % 100 == 99)
                    history.Remove($"{worker}-{round / 100}");
                if (round % 50 == 0)
                    Assert.All(history.Read($"agent-{worker}", new HistoryRequest()), reading => Assert.Equal($"agent-{worker}", reading.Point.AgentId));
            }
        });
        Assert.Equal(3, Enumerable.Range(0, 4).SelectMany(worker => history.Read($"agent-{worker}", new HistoryRequest()))
            .Select(reading => reading.Point.EnvironmentId).Distinct().Count());
    }
}
