using ContainerSandbox.Presentation.Charts;
using CsCheck;
using Xunit;

namespace ContainerSandbox.Presentation.Tests;

/// <summary>What must hold for any series that is thinned.</summary>
public sealed class SeriesTests
{
    private static readonly Gen<List<SeriesPoint>> AnySeries = Gen.Select(Gen.Int[0, 9], Gen.Double[-1e9, 1e9]).List[0, 2000].Select(points => points
        .Select((point, index) => new SeriesPoint(DateTimeOffset.UnixEpoch.AddSeconds(index), point.Item1 == 0 ? null : point.Item2)).ToList());

    private static readonly Gen<int> AnyBound = Gen.Int[3, 500];

    [Fact]
    public void It_has_no_more_points_than_asked_for_in_their_order_and_none_made_up() => Gen.Select(AnySeries, AnyBound).Sample((series, most) =>
    {
        var thin = Series.Thin(series, most);
        Assert.True(thin.Count <= most);
        Assert.Subset(series.ToHashSet(), thin.ToHashSet());
        Assert.Equal(thin.OrderBy(point => point.Time).Distinct(), thin);
    });

    [Fact]
    public void Its_extremes_stay_and_so_does_that_it_has_gaps() => Gen.Select(AnySeries, AnyBound).Sample((series, most) =>
    {
        var thin = Series.Thin(series, most);
        Assert.Equal(series.Max(point => point.Value), thin.Max(point => point.Value));
        Assert.Equal(series.Min(point => point.Value), thin.Min(point => point.Value));
        Assert.Equal(series.Exists(point => point.Value is null), thin.Any(point => point.Value is null));
    });

    [Fact]
    public void What_is_short_stays_as_it_is() => AnySeries.Sample(series => Assert.Equal(series, Series.Thin(series, Math.Max(3, series.Count))));

    [Fact]
    public void Stretches_hold_every_value_and_no_gap() => AnySeries.Sample(series =>
        Assert.Equal(series.Where(point => point.Value is not null), Series.Split(series).SelectMany(stretch => stretch)));

    [Fact]
    public void A_pause_is_a_gap()
    {
        var points = new[] { 0, 1, 2, 3, 60, 61 }.Select(second => new SeriesPoint(DateTimeOffset.UnixEpoch.AddSeconds(second), second)).ToList();

        Assert.Equal([4, 2], Series.Split(Series.MarkPauses(points)).Select(stretch => stretch.Count));
    }
}
