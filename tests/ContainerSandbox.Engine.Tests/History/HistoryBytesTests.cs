using ContainerSandbox.Engine.History;
using static ContainerSandbox.Engine.Tests.History.HistorySamples;

namespace ContainerSandbox.Engine.Tests.History;

/// <summary>Histories take the bytes that the documentation states, and no more.</summary>
public sealed class HistoryBytesTests
{
    private readonly TestClock _clock = new();

    [Fact]
    public void An_environment_takes_a_fixed_number_of_bytes_at_most()
    {
        var history = new ResourceHistory(_clock);
        var sample = Sample(_clock.GetUtcNow());
        var allocated = GC.GetAllocatedBytesForCurrentThread();
        for (var passed = 0; passed < 8 * 24 * 360; passed++)
        {
            _clock.Advance(TimeSpan.FromSeconds(10));
            history.Add(sample);
        }

        // Nothing is kept for a sample that is not in the count: what was ever allocated is what is held.
        allocated = GC.GetAllocatedBytesForCurrentThread() - allocated;
        Assert.Equal(Tiers.MaximumBytes, history.Bytes);
        Assert.InRange(allocated, Tiers.MaximumBytes - Tiers.Overhead, Tiers.MaximumBytes);
        Assert.Equal(457_104, Tiers.MaximumBytes);
    }

    [Fact]
    public void A_hundred_agents_over_seven_days_stay_under_64_MB()
    {
        var history = new ResourceHistory(_clock);
        for (var passed = 0; passed < 7 * 24 * 60; passed++)
        {
            _clock.Advance(TimeSpan.FromMinutes(1));
            AddAll(history, 100);
        }

        for (var passed = 0; passed < 3 * 60 * 6; passed++)
        {
            _clock.Advance(TimeSpan.FromSeconds(10));
            AddAll(history, 100);
        }

        Assert.InRange(history.Bytes, 30_000_000, 64_000_000);
        Assert.Equal(100, history.Agents.Count);
        Assert.All(history.Agents, agent => Assert.InRange(Count(history, agent, HistoryResolution.TenMinutes), 7 * 24 * 6, int.MaxValue));
    }

    [Fact]
    public void Who_lives_for_a_short_time_takes_little()
    {
        var history = new ResourceHistory(_clock);
        AddAll(history, 1);
        Assert.InRange(history.Bytes, 1, 10_000);
    }

    [Fact]
    public void The_newest_removed_environments_keep_their_history()
    {
        var history = new ResourceHistory(_clock);
        AddAll(history, 250);
        for (var agent = 0; agent < 240; agent++)
            history.Remove($"agent-{agent}-1");

        Assert.Equal(Enumerable.Range(40, 210).Select(agent => $"agent-{agent}"), history.Agents);
        Assert.False(history.Has("agent-39", "agent-39-1"));
        Assert.True(history.Has("AGENT-40", "agent-40-1"));
    }

    [Fact]
    public void What_comes_late_does_not_bring_back_what_was_removed()
    {
        var history = new ResourceHistory(_clock, retainRemoved: 0);
        AddAll(history, 1);
        history.Remove("agent-0-1");
        history.Remove("never-seen");
        AddAll(history, 1);
        history.Add(Sample(_clock.GetUtcNow(), "agent", "never-seen"));

        Assert.Empty(history.Agents);
        Assert.Equal(0, history.Bytes);
    }

    [Fact]
    public void Another_environment_of_an_agent_ends_the_one_before()
    {
        var history = new ResourceHistory(_clock, retainRemoved: 1);
        foreach (var environment in new[] { "first", "second", "third" })
        {
            _clock.Advance(TimeSpan.FromSeconds(1));
            history.Add(Sample(_clock.GetUtcNow(), "agent", environment));
        }

        Assert.Equal(["second", "third"], Environments(history.Read("agent", new HistoryRequest())));
        Assert.Equal(["third"], Environments(history.Read("agent", new HistoryRequest { Newest = 1 })));
        Assert.Equal(["second"], Environments(history.Read("agent", new HistoryRequest { EnvironmentId = "second" })));
        Assert.Equal(["third"], Environments(history.ReadLast("agent", new HistoryRequest())));
        Assert.Equal(["second"], Environments(history.ReadLast("agent", new HistoryRequest { EnvironmentId = "second" })));
    }

    [Fact]
    public void When_bytes_are_short_removed_environments_give_way_first_and_then_the_oldest_points()
    {
        const long Bytes = 200_000;
        var history = new ResourceHistory(_clock, maximumBytes: Bytes);
        AddAll(history, 10);
        for (var agent = 0; agent < 8; agent++)
            history.Remove($"agent-{agent}-1");
        for (var passed = 0; passed < 7 * 24 * 60; passed++)
        {
            _clock.Advance(TimeSpan.FromMinutes(1));
            for (var agent = 8; agent < 10; agent++)
                history.Add(Sample(_clock.GetUtcNow(), $"agent-{agent}"));
        }

        Assert.Equal(["agent-8", "agent-9"], history.Agents);

        // Two chunks each ring has in any case.
        Assert.InRange(history.Bytes, Bytes / 2, Bytes + (2 * 8 * ChunkedRing<StretchEntry>.ChunkBytes));
        Assert.All(Enum.GetValues<HistoryResolution>(), resolution => Assert.InRange(Count(history, "agent-9", resolution), 30, 2000));
    }

    private static IEnumerable<string> Environments(IEnumerable<HistoryReading> readings) => readings.Select(reading => reading.Point.EnvironmentId);

    private static int Count(ResourceHistory history, string agent, HistoryResolution resolution) =>
        history.Read(agent, new HistoryRequest { Resolution = resolution }).Count;

    private void AddAll(ResourceHistory history, int agents)
    {
        for (var agent = 0; agent < agents; agent++)
            history.Add(Sample(_clock.GetUtcNow(), $"agent-{agent}"));
    }
}
