using ContainerSandbox.Engine.History;
using ContainerSandbox.Engine.Optimization;
using ContainerSandbox.Engine.Tests.History;

namespace ContainerSandbox.Engine.Tests.Optimization;

/// <summary>What is made of claims and histories.</summary>
public sealed class EvidenceTests
{
    private static readonly TimeSpan Second = TimeSpan.FromSeconds(1);

    private readonly TestClock _clock = new();
    private readonly DemandBook _demand;
    private readonly ResourceHistory _history;

    public EvidenceTests() => (_demand, _history) = (new DemandBook(_clock), new ResourceHistory(_clock));

    [Fact]
    public void Demand_is_that_of_the_last_hour_and_of_each_pool_apart()
    {
        Claim(MissReason.None);
        _clock.Advance(TimeSpan.FromMinutes(50));
        Claim(MissReason.PoolEmpty, 3);
        Claim(MissReason.ImageDiffers, 9);
        _demand.Claimed("python", 4, MissReason.None, TimeSpan.Zero);
        _clock.Advance(TimeSpan.FromMinutes(11));
        Assert.Equal(new PoolEvidence("default", 2, TimeSpan.FromHours(1), 2, 1, 2, 2, 3 * Second), _demand.Read("default", 2));
        Assert.Equal(1, _demand.Read("PYTHON", 4).Claims);
        Assert.Equal(1, _demand.Trouble);
    }

    [Fact]
    public void A_burst_is_what_comes_within_the_time_of_one_refill()
    {
        for (var index = 0; index < 10; index++)
        {
            Claim(index == 0 ? MissReason.PoolEmpty : MissReason.None, 2);
            _clock.Advance(TimeSpan.FromMilliseconds(500));
        }

        Assert.Equal(5, _demand.Read("default", 2).Burst);
    }

    [Fact]
    public void A_target_is_observed_from_its_change_on()
    {
        _demand.Observe("default", 2);
        _clock.Advance(TimeSpan.FromMinutes(30));
        Assert.Equal(TimeSpan.FromMinutes(30), _demand.Read("default", 2).Observed);
        _demand.Observe("default", 3);
        _clock.Advance(TimeSpan.FromMinutes(5));
        Assert.Equal(TimeSpan.FromMinutes(5), _demand.Read("default", 3).Observed);
    }

    [Fact]
    public void Misses_are_counted_over_the_time_that_is_asked_for()
    {
        Assert.Equal(0, _demand.MissRate("default", Second));
        Claim(MissReason.PoolEmpty, 1);
        _clock.Advance(TimeSpan.FromMinutes(2));
        Claim(MissReason.None);
        Assert.Equal(0, _demand.MissRate("default", TimeSpan.FromMinutes(1)));
        Assert.Equal(0.5, _demand.MissRate("default", TimeSpan.FromMinutes(3)));
    }

    [Fact]
    public void What_is_remembered_is_bounded()
    {
        for (var index = 0; index < 3000; index++)
            Claim(MissReason.None);
        for (var index = 0; index < 300; index++)
            _demand.Pulled($"image:{index}", Second);
        _demand.Pulled("image:1", 3 * Second);
        Assert.Equal(2000, _demand.Read("default", 2).Claims);
        Assert.Equal(100, _demand.Images.Count);
        Assert.Equal(("image:1", 2, 3 * Second), _demand.Images[1]);
    }

    [Fact]
    public void Use_is_told_by_its_peaks_and_by_what_is_usual()
    {
        for (var second = 0; second < 100; second++)
            Add(second == 50 ? 400 : 100, second == 50 ? 90 : 10, second * 0.25);
        var use = Use();
        Assert.Equal((99 * Second, 100), (use.Observed, use.Samples));
        Assert.Equal((100L << 20, 400L << 20), (use.MemoryUsual, use.MemoryPeak));
        Assert.Equal((10, 90), (use.CpuUsual, use.CpuPeak));
        Assert.Equal(0.25, use.Throttled, 3);
    }

    [Fact]
    public void Time_without_samples_and_samples_without_figures_count_nothing()
    {
        Assert.Null(UseReader.Of([]));
        Add(100, 10, 0);
        _history.Add(HistorySamples.Gap(_clock.GetUtcNow(), "not read"));
        Add(100, 10, 0);
        _clock.Advance(TimeSpan.FromMinutes(9));
        Add(100, 10, 0);
        var use = Use();
        Assert.Equal((Second, 3), (use.Observed, use.Samples));
    }

    private void Claim(MissReason miss, double seconds = 0) => _demand.Claimed("default", 2, miss, seconds * Second);

    private void Add(int megabytes, double percent, double throttled)
    {
        _history.Add(HistorySamples.Sample(_clock.GetUtcNow()) with
        {
            MemoryUsage = (long)megabytes << 20, CpuPercent = percent, ThrottledTime = throttled * Second,
        });
        _clock.Advance(Second);
    }

    private UseEvidence Use() => UseReader.Of(_history.ReadLast("agent", new HistoryRequest()))!;
}
