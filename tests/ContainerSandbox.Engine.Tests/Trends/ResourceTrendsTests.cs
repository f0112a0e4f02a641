using ContainerSandbox.Engine.History;
using ContainerSandbox.Engine.Trends;
using static ContainerSandbox.Engine.Tests.History.HistorySamples;

namespace ContainerSandbox.Engine.Tests.Trends;

/// <summary>From samples to what people are told.</summary>
public sealed class ResourceTrendsTests
{
    private const long Megabyte = 1 << 20;

    private readonly TestClock _clock = new();
    private readonly ResourceHistory _history;

    public ResourceTrendsTests() => _history = new ResourceHistory(_clock);

    [Fact]
    public void A_leak_says_when_the_memory_is_used_up()
    {
        Fill(600, minute => Sample(default) with { MemoryUsage = (long)((100 + (2 * minute) + (minute * 60 % 3)) * Megabyte) });

        var trend = Trend(ResourceFigure.Memory);

        Assert.Equal((TrendDirection.Rising, "bytes", 512 * Megabyte, null), (trend.Direction, trend.Unit, trend.Limit, trend.LevelShift));
        Assert.InRange(trend.SlopePerHour!.Value / Megabyte, 119, 121);
        Assert.InRange(trend.Level!.Value / Megabyte, 119, 123);
        Assert.InRange(trend.TimeToLimit!.Value.TotalMinutes, 193, 199);
        Assert.InRange(trend.TimeToLimit.Value, trend.TimeToLimitEarliest!.Value, trend.TimeToLimitLatest!.Value);
        Assert.Equal((600, TimeSpan.Zero), (trend.Samples, trend.Resolution));
        Assert.Equal(TimeSpan.FromSeconds(599), trend.To - trend.From);
    }

    [Fact]
    public void Setting_the_clock_bends_nothing()
    {
        Fill(300, minute => Sample(default) with { CpuPercent = 10 + minute });
        _clock.Jump(TimeSpan.FromDays(-3));
        Fill(300, minute => Sample(default) with { CpuPercent = 15 + minute });

        var trend = Trend(ResourceFigure.Cpu, new TrendLimits(100, null));

        Assert.Equal((TrendDirection.Rising, null), (trend.Direction, trend.LevelShift));
        Assert.InRange(trend.SlopePerHour!.Value, 59, 61);
        Assert.InRange(trend.TimeToLimit!.Value.TotalMinutes, 78, 82);
    }

    [Fact]
    public void A_shift_has_its_size_and_its_time()
    {
        Fill(400, _ => Sample(default) with { ProcessCount = 5 });
        var shifted = _clock.GetUtcNow();
        Fill(200, _ => Sample(default) with { ProcessCount = 30 });

        var trend = Trend(ResourceFigure.Processes, new TrendLimits(null, 256));

        Assert.Equal((TrendDirection.Stable, 25, 30, null, 256), (trend.Direction, trend.LevelShift, trend.Level, trend.TimeToLimit, trend.Limit));
        Assert.InRange(trend.LevelShiftAt!.Value, shifted - TimeSpan.FromSeconds(3), shifted + TimeSpan.FromSeconds(3));
    }

    [Fact]
    public void Counters_become_rates_and_one_that_begins_anew_is_no_fall()
    {
        var written = 0L;
        Fill(300, _ => Sample(default) with { DiskWriteBytes = written += 50_000 });
        written = 0;
        Fill(300, _ => Sample(default) with { DiskWriteBytes = written += 50_000 });

        var trend = Trend(ResourceFigure.DiskWrite);

        Assert.Equal((TrendDirection.Stable, "bytes per second", null), (trend.Direction, trend.Unit, trend.Limit));
        Assert.Equal(50_000, trend.Level!.Value, 0.001);
        Assert.Equal(598, trend.Samples);
    }

    [Fact]
    public void Gaps_are_left_out()
    {
        var time = 0;
        Fill(600, minute => time++ % 3 == 0 ? Gap(default, "late") : Sample(default) with { MemoryUsage = (long)((100 + (2 * minute)) * Megabyte) });

        var trend = Trend(ResourceFigure.Memory);

        Assert.Equal(400, trend.Samples);
        Assert.InRange(trend.SlopePerHour!.Value / Megabyte, 119.9, 120.1);
    }

    [Fact]
    public void What_is_not_there_has_no_trend_and_what_is_short_no_word()
    {
        Fill(9, _ => Sample(default) with { NetworkReceivedBytes = null, NetworkSentBytes = null, CpuPercent = null });

        var trends = ResourceTrends.Of(_history.ReadLast("agent", new HistoryRequest()), new TrendLimits(null, null));

        Assert.Equal(
            [ResourceFigure.Memory, ResourceFigure.Processes, ResourceFigure.DiskRead, ResourceFigure.DiskWrite], trends.Select(trend => trend.Figure));
        Assert.All(trends, trend => Assert.Equal((null, null, null), (trend.Direction, trend.SlopePerHour, trend.Level)));
        Assert.Empty(ResourceTrends.Of([], new TrendLimits(null, null)));
    }

    [Fact]
    public void Where_the_limit_is_passed_already_no_time_is_left()
    {
        Fill(60, minute => Sample(default) with { MemoryUsage = (long)((600 + (60 * minute)) * Megabyte) });
        Assert.Equal(TimeSpan.Zero, Trend(ResourceFigure.Memory).TimeToLimit);
    }

    private ResourceTrend Trend(ResourceFigure figure, TrendLimits? limits = null) =>
        ResourceTrends.Of(_history.ReadLast("agent", new HistoryRequest()), limits ?? new TrendLimits(null, null)).Single(trend => trend.Figure == figure);

    // A sample each second, told how many minutes passed since the first.
    private void Fill(int seconds, Func<double, ResourceSample> sample)
    {
        for (var second = 0; second < seconds; second++)
        {
            _clock.Advance(TimeSpan.FromSeconds(1));
            _history.Add(sample(second / 60.0) with { Timestamp = _clock.GetUtcNow() });
        }
    }
}
