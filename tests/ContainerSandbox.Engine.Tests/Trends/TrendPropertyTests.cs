using ContainerSandbox.Engine.Trends;
using CsCheck;

namespace ContainerSandbox.Engine.Tests.Trends;

/// <summary>What must hold for any series at all.</summary>
public sealed class TrendPropertyTests
{
    // Steps, slopes and noise of every proportion, at uneven times; no two values are equal, so that nothing hangs on a tie.
    private static readonly Gen<Series> AnySeries = Gen.Select(
        Gen.Select(Even(0.001, 0.1), Even(-1, 1)).Array[10, 120], Even(-50, 50), Even(-5, 5), Even(0, 1)).Select(
            (points, slope, step, at) =>
            {
                var hours = new double[points.Length];
                var values = new double[points.Length];
                for (var index = 0; index < points.Length; index++)
                {
                    hours[index] = (index == 0 ? 0 : hours[index - 1]) + points[index].Item1;
                    values[index] = (slope * hours[index]) + (index >= at * points.Length ? step : 0) + points[index].Item2;
                }

                return new Series(hours, values);
            });

    [Fact]
    public void Adding_a_constant_adds_it_to_the_level_alone() => Gen.Select(AnySeries, Gen.Double[-1000, 1000]).Sample((series, constant) =>
    {
        var (before, after) = (Of(series), Of(series with { Values = [.. series.Values.Select(value => value + constant)] }));
        Same(before with { Level = before.Level + constant }, after);
    });

    [Fact]
    public void Multiplying_multiplies_everything() => Gen.Select(AnySeries, Gen.Double[0.01, 100]).Sample((series, factor) =>
    {
        var (before, after) = (Of(series), Of(series with { Values = [.. series.Values.Select(value => value * factor)] }));
        Same(Scale(before, factor), after);
    });

    [Fact]
    public void Turning_it_upside_down_turns_everything() => AnySeries.Sample(series =>
    {
        var (before, after) = (Of(series), Of(series with { Values = [.. series.Values.Select(value => -value)] }));
        Same(Scale(before, -1), after);
    });

    [Fact]
    public void Reversing_time_reverses_the_slope() => AnySeries.Sample(series =>
    {
        var end = series.Hours[^1];
        var (before, after) = (
            Of(series), Of(new Series([.. series.Hours.Reverse().Select(hour => end - hour)], [.. series.Values.Reverse()])));
        var expected = Scale(before, -1) with
        {
            Level = after.Level,
            Spread = before.Spread,
            Shift = before.Shift is { } shift ? new LevelShift(series.Count - shift.Index, -shift.Size) : null,
        };
        Same(expected, after);
    });

    [Fact]
    public void The_slope_is_within_its_interval() => AnySeries.Sample(series =>
    {
        var estimate = Of(series);
        Assert.InRange(estimate.Slope, estimate.SlopeLow, estimate.SlopeHigh);
        Assert.True(estimate.Spread >= 0);
    });

    [Fact]
    public void Thinning_keeps_few_points_their_order_and_a_straight_line() => Gen.Int[10, 5000].Sample(count =>
    {
        var thin = KnownSeries.Make(count, hours => 3 + (2 * hours)).Thin();
        Assert.InRange(thin.Count, Math.Min(count, 100), Series.MaximumPoints);
        Assert.Equal(2, Of(thin).Slope, 6);
        Assert.Equal(thin.Hours.Order(), thin.Hours);
    });

    private static Gen<double> Even(double from, double to) => Gen.Int[0, 1 << 30].Select(part => from + ((to - from) * part / (1 << 30)));

    private static TrendEstimate Of(Series series) => TrendEstimate.Of(series)!;

    private static TrendEstimate Scale(TrendEstimate estimate, double factor) => estimate with
    {
        Slope = estimate.Slope * factor,
        SlopeLow = factor * (factor > 0 ? estimate.SlopeLow : estimate.SlopeHigh),
        SlopeHigh = factor * (factor > 0 ? estimate.SlopeHigh : estimate.SlopeLow),
        Level = estimate.Level * factor,
        Spread = estimate.Spread * Math.Abs(factor),
        Shift = estimate.Shift is { } shift ? shift with { Size = shift.Size * factor } : null,
    };

    private static void Same(TrendEstimate expected, TrendEstimate actual)
    {
        Near(expected.Slope, actual.Slope);
        Near(expected.SlopeLow, actual.SlopeLow);
        Near(expected.SlopeHigh, actual.SlopeHigh);
        Near(expected.Level, actual.Level);
        Near(expected.Spread, actual.Spread);
        Assert.Equal(expected.IsSignificant, actual.IsSignificant);
        Assert.Equal(expected.Shift?.Index, actual.Shift?.Index);
        Near(expected.Shift?.Size ?? 0, actual.Shift?.Size ?? 0);
    }

    private static void Near(double expected, double actual) => Assert.Equal(expected, actual, 1e-6 * (1 + Math.Abs(expected)));
}
