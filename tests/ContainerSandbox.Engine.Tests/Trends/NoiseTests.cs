using ContainerSandbox.Engine.Trends;
using static ContainerSandbox.Engine.Tests.Trends.KnownSeries;

namespace ContainerSandbox.Engine.Tests.Trends;

/// <summary>Chance is not taken for a trend more often than the documentation says.</summary>
public sealed class NoiseTests
{
    [Theory]
    [MemberData(nameof(KnownTruthTests.Seeds), MemberType = typeof(KnownTruthTests))]
    public void Noise_is_stable(int seed)
    {
        var noise = Noise(seed, 3);
        var estimate = TrendEstimate.Of(Make(180, hours => 50 + noise(hours)))!;

        Assert.Equal(TrendDirection.Stable, FigureTraits.Of(ResourceFigure.Cpu).Direction(estimate, 50, 0.5));
        Assert.Null(estimate.Shift);
        Assert.InRange(estimate.Level, 47, 53);
    }

    [Theory]
    [InlineData(0, 10, 5)]
    [InlineData(0, 20, 5)]
    [InlineData(0, 200, 3)]
    [InlineData(0.5, 30, 15)]
    [InlineData(0.5, 200, 5)]
    [InlineData(0.7, 180, 5)]
    public void Noise_that_resembles_itself_is_rarely_taken_for_a_trend_or_a_shift(double resemblance, int count, int rarely)
    {
        var estimates = Enumerable.Range(1, 100).Select(seed =>
        {
            var noise = Noise(seed, 3, resemblance);
            return TrendEstimate.Of(Make(count, hours => 50 + noise(hours)))!;
        }).ToList();

        Assert.InRange(estimates.Count(estimate => estimate.IsSignificant), 0, rarely);
        Assert.InRange(estimates.Count(estimate => estimate.Shift is not null), 0, 2);
    }

    [Fact]
    public void The_interval_holds_the_slope_as_often_as_it_says()
    {
        var held = Enumerable.Range(1, 200).Count(seed =>
        {
            var noise = Noise(seed, 5);
            var estimate = TrendEstimate.Of(Make(100, hours => (20 * hours) + noise(hours)))!;
            return estimate.SlopeLow <= 20 && 20 <= estimate.SlopeHigh;
        });

        Assert.InRange(held, 184, 200);
    }
}
