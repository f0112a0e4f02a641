using ContainerSandbox.Engine.Trends;
using static ContainerSandbox.Engine.Tests.Trends.KnownSeries;

namespace ContainerSandbox.Engine.Tests.Trends;

/// <summary>What is estimated is what a series was made of.</summary>
public sealed class KnownTruthTests
{
    private static readonly FigureTraits Cpu = FigureTraits.Of(ResourceFigure.Cpu);

    public static TheoryData<int> Seeds => [.. Enumerable.Range(1, 20)];

    [Theory]
    [MemberData(nameof(Seeds))]
    public void A_ramp_has_its_slope_and_no_shift(int seed)
    {
        var noise = Noise(seed, 2);
        var slope = seed % 2 == 0 ? 40 : -40;
        var estimate = Estimate(Make(180, hours => 50 + (slope * hours) + noise(hours)));

        Assert.InRange(estimate.Slope, slope - 4, slope + 4);
        Assert.InRange(estimate.SlopeHigh - estimate.SlopeLow, 0.1, 10);
        Assert.Null(estimate.Shift);
        Assert.Equal(slope > 0 ? TrendDirection.Rising : TrendDirection.Falling, Direction(estimate));
        Assert.InRange(estimate.Level, 50 + (slope / 2) - 3, 50 + (slope / 2) + 3);
    }

    [Theory]
    [MemberData(nameof(Seeds))]
    public void A_step_is_a_shift_and_no_slope(int seed)
    {
        var noise = Noise(seed, 2);
        var at = 30 + (seed * 6);
        var estimate = Estimate(Make(180, hours => (hours * 360 >= at - 0.5 ? 70 : 50) + noise(hours)));

        Assert.NotNull(estimate.Shift);
        Assert.InRange(estimate.Shift.Index, at - 1, at + 1);
        Assert.InRange(estimate.Shift.Size, 18, 22);
        Assert.Equal(TrendDirection.Stable, Direction(estimate));
        Assert.InRange(estimate.Level, 68, 72);
    }

    [Theory]
    [MemberData(nameof(Seeds))]
    public void A_ramp_with_a_step_has_both(int seed)
    {
        var noise = Noise(seed, 2);
        var at = 50 + (seed * 4);
        var estimate = Estimate(Make(180, hours => (hours * 360 >= at - 0.5 ? -30 : 0) + (60 * hours) + noise(hours)));

        Assert.NotNull(estimate.Shift);
        Assert.InRange(estimate.Shift.Index, at - 2, at + 2);
        Assert.InRange(estimate.Shift.Size, -34, -26);
        Assert.InRange(estimate.Slope, 50, 70);
        Assert.Equal(TrendDirection.Rising, Direction(estimate));
    }

    [Theory]
    [InlineData(6)]
    [InlineData(9.5)]
    [InlineData(20)]
    [InlineData(44)]
    public void A_collector_of_garbage_is_stable(double teeth)
    {
        var estimate = Estimate(Make(180, hours => 60 + Sawtooth(hours, 20, 0.5 / teeth)));

        Assert.Equal(TrendDirection.Stable, Direction(estimate));
        Assert.Null(estimate.Shift);
    }

    [Theory]
    [InlineData(6)]
    [InlineData(9.5)]
    [InlineData(20)]
    public void A_leak_below_a_collector_of_garbage_rises(double teeth)
    {
        var estimate = Estimate(Make(180, hours => 60 + Sawtooth(hours, 10, 0.5 / teeth) + (50 * hours)));

        Assert.Equal(TrendDirection.Rising, Direction(estimate));
        Assert.InRange(estimate.Slope, 40, 60);
        Assert.InRange(50, estimate.SlopeLow - 0.001, estimate.SlopeHigh + 0.001);
    }

    [Fact]
    public void Bursts_are_erratic()
    {
        var noise = Noise(4, 1);
        Assert.Equal(TrendDirection.Erratic, Direction(Estimate(Make(180, hours => noise(hours) > 0.3 ? 90 : 1))));
    }

    [Theory]
    [MemberData(nameof(Seeds))]
    public void Gaps_do_not_bend_a_ramp(int seed)
    {
        // Two of three points are missing, and ten minutes as a whole.
        var (noise, missing) = (Noise(seed, 2), Noise(seed + 100, 1));
        var hours = Enumerable.Range(0, 540).Select(index => index / 360.0).Where(hour => hour is < 0.5 or > 0.67 && missing(hour) > 0.4);
        var estimate = Estimate(Make(hours, hour => 50 + (40 * hour) + noise(hour)));

        Assert.InRange(estimate.Slope, 37, 43);
        Assert.Null(estimate.Shift);
    }

    [Fact]
    public void A_few_wild_values_move_nothing()
    {
        var estimate = Estimate(Make(180, hours => (int)(hours * 360) % 10 == 3 ? 1e9 : 50 + (40 * hours)));

        Assert.InRange(estimate.Slope, 39, 41);
        Assert.Null(estimate.Shift);
    }

    [Fact]
    public void A_curve_has_no_shift() => Assert.Null(Estimate(Make(180, hours => Math.Exp(10 * hours))).Shift);

    [Fact]
    public void What_does_not_change_is_stable()
    {
        var estimate = Estimate(Make(50, _ => 7));
        Assert.Equal((0, 0, 0, 7, null), (estimate.Slope, estimate.SlopeLow, estimate.SlopeHigh, estimate.Level, estimate.Shift));
        Assert.Equal(TrendDirection.Stable, Direction(estimate));
    }

    [Fact]
    public void Few_points_say_nothing()
    {
        Assert.Null(TrendEstimate.Of(Make(9, hours => hours)));
        Assert.Equal(1, TrendEstimate.Of(Make(10, hours => hours))!.Slope, 9);
    }

    private static TrendEstimate Estimate(Series series) => TrendEstimate.Of(series.Thin())!;

    private static TrendDirection Direction(TrendEstimate estimate) => Cpu.Direction(estimate, 60, 0.5);
}
