using ContainerSandbox.Engine.Health;
using CsCheck;

namespace ContainerSandbox.Engine.Tests.Health;

/// <summary>Verdicts on figures begin at a threshold and end with a margin below it, whatever the figure does in between.</summary>
public sealed class HealthThresholdTests
{
    private static readonly Gen<HealthThreshold> Thresholds = Gen.Select(
        Gen.Int[10, 60], Gen.Int[1, 40], Gen.Int[0, 9], Gen.Bool, (warning, more, margin, hasCritical) =>
            new HealthThreshold(warning, hasCritical ? warning + more : null, margin));

    [Fact]
    public void Without_history_a_verdict_is_that_of_the_thresholds_and_grows_with_the_figure() =>
        Gen.Select(Thresholds, Gen.Double[0, 120], Gen.Double[0, 120]).Sample((threshold, one, other) =>
        {
            var verdict = Fresh().Judge("figure", one, threshold);
            Assert.Equal(Plain(threshold, one), verdict);
            if (other >= one)
                Assert.True(Fresh().Judge("figure", other, threshold) >= verdict);
        });

    [Fact]
    public void A_verdict_worsens_only_at_a_threshold_and_betters_only_below_the_margin() =>
        Gen.Select(Thresholds, Gen.Double[0, 120].Array[1, 50]).Sample((threshold, values) =>
        {
            var (history, before) = (Fresh(), HealthStatus.Healthy);
            foreach (var value in values)
            {
                var verdict = history.Judge("figure", value, threshold);
                Assert.True(verdict >= Plain(threshold, value));
                if (verdict > before)
                    Assert.Equal(Plain(threshold, value), verdict);
                if (verdict < before)
                    Assert.True(value < (before == HealthStatus.Critical ? threshold.Critical : threshold.Warning) - threshold.Margin);
                before = verdict;
            }
        });

    [Fact]
    public void A_figure_that_moves_within_the_margin_changes_nothing() =>
        Gen.Select(Thresholds.Where(threshold => threshold.Margin > 0), Gen.Double[0, 1].Array[1, 50]).Sample((threshold, parts) =>
        {
            var history = Fresh();
            var first = history.Judge("figure", threshold.Warning, threshold);
            Assert.All(parts, part => Assert.Equal(first, history.Judge("figure", threshold.Warning - (part * threshold.Margin), threshold)));
        });

    [Fact]
    public void A_noisy_figure_worsens_with_the_second_reading_in_a_row() =>
        Gen.Select(Thresholds, Gen.Double[0, 120].Array[2, 50]).Sample((threshold, values) =>
        {
            var (clock, before) = (new TestClock(), HealthStatus.Healthy);
            var history = new FigureHistory(clock);
            var noisy = threshold with { IsNoisy = true };
            for (var index = 0; index < values.Length; index++)
            {
                var verdict = history.Judge("figure", values[index], noisy);
                if (index > 0 && verdict > before)
                    Assert.True(Plain(threshold, values[index]) >= verdict && Plain(threshold, values[index - 1]) >= verdict);
                before = verdict;
                clock.Advance(TimeSpan.FromSeconds(1));
            }
        });

    [Fact]
    public void An_old_reading_of_a_noisy_figure_delays_nothing()
    {
        var clock = new TestClock();
        var history = new FigureHistory(clock);
        var threshold = new HealthThreshold(50, 90, 5, IsNoisy: true);
        history.Judge("figure", 0, threshold);
        clock.Advance(TimeSpan.FromSeconds(29));
        Assert.Equal(HealthStatus.Healthy, history.Judge("figure", 95, threshold));
        Assert.Equal(HealthStatus.Critical, history.Judge("figure", 95, threshold));
        history.Judge("figure", 0, threshold);
        clock.Advance(TimeSpan.FromSeconds(31));
        Assert.Equal(HealthStatus.Critical, history.Judge("figure", 95, threshold));
    }

    [Fact]
    public void Figures_have_histories_of_their_own()
    {
        var history = Fresh();
        var threshold = new HealthThreshold(50, null, 10);
        Assert.Equal(HealthStatus.Warning, history.Judge("one", 50, threshold));
        Assert.Equal(HealthStatus.Healthy, history.Judge("other", 45, threshold));
        Assert.Equal(HealthStatus.Warning, history.Judge("one", 45, threshold));
    }

    private static FigureHistory Fresh() => new(new TestClock());

    private static HealthStatus Plain(HealthThreshold threshold, double value) =>
        value >= threshold.Critical ? HealthStatus.Critical : value >= threshold.Warning ? HealthStatus.Warning : HealthStatus.Healthy;
}
