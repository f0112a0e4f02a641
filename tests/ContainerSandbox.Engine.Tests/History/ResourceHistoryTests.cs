using ContainerSandbox.Engine.History;
using static ContainerSandbox.Engine.Tests.History.HistorySamples;

namespace ContainerSandbox.Engine.Tests.History;

public sealed class ResourceHistoryTests
{
    private static readonly TimeSpan Second = TimeSpan.FromSeconds(1);

    private readonly TestClock _clock = new();

    [Theory]
    [InlineData(5, HistoryResolution.Raw)]
    [InlineData(60, HistoryResolution.TenSeconds)]
    [InlineData(300, HistoryResolution.OneMinute)]
    [InlineData(3000, HistoryResolution.TenMinutes)]
    public void The_finest_resolution_that_has_everything_is_taken(int minutes, HistoryResolution expected)
    {
        var history = new ResourceHistory(_clock);
        Fill(history, TimeSpan.FromMinutes(minutes), Second);

        var points = Points(history);

        Assert.All(points, point => Assert.Equal(Tiers.Length(expected), point.Resolution));
        Assert.Equal(minutes * 60, points.Sum(point => point.Samples));
    }

    [Theory]
    [InlineData("00:09:59", null, HistoryResolution.Raw)]
    [InlineData("02:00:00", null, HistoryResolution.TenSeconds)]
    [InlineData("1.00:00:00", null, HistoryResolution.OneMinute)]
    [InlineData("6.00:00:00", null, HistoryResolution.TenMinutes)]
    [InlineData(null, 600, HistoryResolution.Raw)]
    [InlineData(null, 720, HistoryResolution.TenSeconds)]
    [InlineData(null, 1440, HistoryResolution.OneMinute)]
    [InlineData("02:00:00", 30, HistoryResolution.Raw)]
    public void What_is_asked_for_says_how_finely(string? last, int? newest, HistoryResolution expected)
    {
        var history = new ResourceHistory(_clock);
        Fill(history, TimeSpan.FromDays(6), TimeSpan.FromSeconds(5));
        Fill(history, TimeSpan.FromMinutes(11), Second);

        var points = Points(history, new HistoryRequest { Last = last is null ? null : TimeSpan.Parse(last), Newest = newest });

        Assert.All(points, point => Assert.Equal(Tiers.Length(expected), point.Resolution));
        Assert.True(newest is null || points.Count == newest);
    }

    [Fact]
    public void Stretches_begin_at_round_times()
    {
        _clock.Advance(TimeSpan.FromSeconds(1234.567));
        var history = new ResourceHistory(_clock);
        Fill(history, TimeSpan.FromMinutes(25), Second);

        foreach (var resolution in Tiers.Stretches)
        {
            Assert.All(
                Points(history, new HistoryRequest { Resolution = resolution }),
                point => Assert.Equal(0, point.TimestampUnixMs % (long)point.Resolution.TotalMilliseconds));
        }
    }

    [Fact]
    public void A_gap_is_a_gap_with_its_reason()
    {
        var history = new ResourceHistory(_clock);
        history.Add(Sample(_clock.GetUtcNow()) with { MemoryUsage = 100 });
        history.Add(Gap(_clock.GetUtcNow(), "the engine did not answer"));

        var raw = Points(history);
        var stretch = Assert.Single(Points(history, new HistoryRequest { Resolution = HistoryResolution.TenSeconds }));

        Assert.Equal((1, 1, null, null, null, null), (raw[1].Samples, raw[1].Gaps, raw[1].MemoryMean, raw[1].CpuMean, raw[1].ProcessMean, raw[1].DiskReadBytes));
        Assert.Equal("the engine did not answer", raw[1].GapReason);
        Assert.Equal((2, 1, 100, 512L << 20, "the engine did not answer"), (stretch.Samples, stretch.Gaps, stretch.MemoryMean, stretch.MemoryLimit, stretch.GapReason));
    }

    [Fact]
    public void What_has_neither_figures_nor_a_reason_is_a_gap_too()
    {
        var history = new ResourceHistory(_clock);
        history.Add(Gap(_clock.GetUtcNow(), ""));

        Assert.Equal((1, "no reason was given"), Assert.Single(Points(history)) is var point ? (point.Gaps, point.GapReason) : default);
    }

    [Fact]
    public void Numbers_that_are_none_are_left_out()
    {
        var history = new ResourceHistory(_clock);
        history.Add(Sample(_clock.GetUtcNow()) with { CpuPercent = double.NaN, MemoryUsage = -5, ProcessCount = int.MaxValue, DiskReadBytes = long.MaxValue });

        var point = Assert.Single(Points(history));
        Assert.Equal((null, null, int.MaxValue, long.MaxValue), (point.CpuMean, point.MemoryMean, point.ProcessMaximum, point.DiskReadBytes));
    }

    [Theory]
    [InlineData(-86_400)]
    [InlineData(86_400)]
    public void Setting_the_clock_changes_only_what_is_shown(int seconds)
    {
        var history = new ResourceHistory(_clock);
        Fill(history, TimeSpan.FromMinutes(2), Second);
        _clock.Jump(TimeSpan.FromSeconds(seconds));
        Fill(history, TimeSpan.FromMinutes(2), Second);

        var points = Points(history, new HistoryRequest { Resolution = HistoryResolution.OneMinute });
        var raw = Points(history, new HistoryRequest { Resolution = HistoryResolution.Raw });

        // The stretch in which it was set keeps the time at which it began.
        Assert.InRange(points.Count, 4, 5);
        Assert.Equal(240, points.Sum(point => point.Samples));
        Assert.Equal(seconds, (points[^1].Timestamp - points[0].Timestamp - ((points.Count - 1) * TimeSpan.FromMinutes(1))).TotalSeconds);
        Assert.Equal(seconds + 1, (raw[120].Timestamp - raw[119].Timestamp).TotalSeconds);
        Assert.Equal(60, Points(history, new HistoryRequest { Last = TimeSpan.FromSeconds(59) }).Count);
    }

    [Fact]
    public void Who_never_sampled_has_no_history() => Assert.Empty(Points(new ResourceHistory(_clock)));

    private static List<ResourceHistoryPoint> Points(ResourceHistory history, HistoryRequest? request = null) =>
        [.. history.Read("agent", request ?? new HistoryRequest()).Select(reading => reading.Point)];

    private void Fill(ResourceHistory history, TimeSpan span, TimeSpan pace)
    {
        for (var passed = TimeSpan.Zero; passed < span; passed += pace)
        {
            _clock.Advance(pace);
            history.Add(Sample(_clock.GetUtcNow()));
        }
    }
}
