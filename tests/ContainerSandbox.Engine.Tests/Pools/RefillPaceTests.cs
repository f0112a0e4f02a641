using ContainerSandbox.Engine.Pools;

namespace ContainerSandbox.Engine.Tests.Pools;

public sealed class RefillPaceTests
{
    [Fact]
    public void The_first_filling_is_wide_and_refilling_narrow()
    {
        var pace = new RefillPace(4, 2);
        Assert.Equal(4, pace.Concurrency);
        pace.Filled();
        Assert.Equal(2, pace.Concurrency);
    }

    [Fact]
    public void After_a_failure_one_start_at_a_time_until_one_succeeds()
    {
        var pace = new RefillPace(4, 2);
        pace.Failed();
        Assert.Equal(1, pace.Concurrency);
        pace.Succeeded();
        Assert.Equal(4, pace.Concurrency);
        Assert.Equal(TimeSpan.Zero, pace.Pause);
    }

    [Fact]
    public void Pauses_double_up_to_thirty_seconds()
    {
        var pace = new RefillPace(1, 1);
        List<double> pauses = [];
        for (var failure = 0; failure < 12; failure++)
        {
            pace.Failed();
            pauses.Add(pace.Pause.TotalSeconds);
        }

        Assert.Equal([0.2, 0.4, 0.8, 1.6, 3.2, 6.4, 12.8, 25.6, 30, 30, 30, 30], pauses);
    }

    [Fact]
    public void A_thousand_failures_still_pause_thirty_seconds()
    {
        var pace = new RefillPace(1, 1);
        for (var failure = 0; failure < 2000; failure++)
            pace.Failed();
        Assert.Equal(TimeSpan.FromSeconds(30), pace.Pause);
    }

    [Fact]
    public void It_is_degraded_from_the_third_failure_in_a_row()
    {
        var pace = new RefillPace(1, 1);
        pace.Failed();
        pace.Failed();
        Assert.False(pace.IsDegraded);
        pace.Failed();
        Assert.True(pace.IsDegraded);
        pace.Succeeded();
        Assert.False(pace.IsDegraded);
    }
}
