using ContainerSandbox.Engine.Pools;

namespace ContainerSandbox.Engine.Tests.Pools;

/// <summary>How wide and how soon a pool starts.</summary>
public sealed class RefillPaceTests
{
    private readonly TestClock _clock = new();

    [Fact]
    public void The_first_filling_is_wide_and_refilling_narrow()
    {
        var pace = new RefillPace(4, 2, _clock);
        Assert.Equal((4, 4), (pace.Concurrency(isLow: true), pace.Concurrency(isLow: false)));
        pace.Filled();
        Assert.Equal((2, 2), (pace.Concurrency(isLow: true), pace.Concurrency(isLow: false)));
    }

    [Fact]
    public void A_pool_that_runs_low_is_refilled_wider_where_that_brings_more_and_one_that_is_nearly_full_is_not()
    {
        var pace = new RefillPace(8, 1, _clock);
        pace.Filled();
        for (var start = 0; start < 60; start++)
        {
            _clock.Advance(TimeSpan.FromSeconds(1.0 / pace.Concurrency(isLow: true)));
            pace.Succeeded(pace.Concurrency(isLow: true), moreWanted: true);
        }

        Assert.Equal((8, 1), (pace.Concurrency(isLow: true), pace.Concurrency(isLow: false)));
    }

    [Fact]
    public void After_a_failure_one_start_at_a_time_and_each_success_doubles_that()
    {
        var pace = new RefillPace(6, 2, _clock);
        pace.Failed(EngineFault.Refused());
        List<int> widths = [pace.Concurrency(isLow: true)];
        for (var success = 0; success < 4; success++)
        {
            pace.Succeeded(1, moreWanted: true);
            widths.Add(pace.Concurrency(isLow: true));
        }

        Assert.Equal([1, 2, 4, 6, 6], widths);
        Assert.Equal(TimeSpan.Zero, pace.Pause);
        Assert.Null(pace.LastError);
    }

    [Fact]
    public void Pauses_double_up_to_ten_seconds()
    {
        var pace = new RefillPace(1, 1, _clock);
        List<double> pauses = [];
        for (var failure = 0; failure < 9; failure++)
        {
            pace.Failed(EngineFault.Refused());
            pauses.Add(pace.Pause.TotalSeconds);
        }

        Assert.Equal([0.2, 0.4, 0.8, 1.6, 3.2, 6.4, 10, 10, 10], pauses);
    }

    [Fact]
    public void A_thousand_failures_still_pause_ten_seconds()
    {
        var pace = new RefillPace(1, 1, _clock);
        for (var failure = 0; failure < 2000; failure++)
            pace.Failed(EngineFault.Refused());
        Assert.Equal(TimeSpan.FromSeconds(10), pace.Pause);
    }

    [Fact]
    public void It_is_degraded_from_the_third_failure_in_a_row()
    {
        var pace = new RefillPace(1, 1, _clock);
        pace.Failed(EngineFault.Refused());
        pace.Failed(EngineFault.Refused());
        Assert.False(pace.IsDegraded);
        pace.Failed(EngineFault.Refused());
        Assert.True(pace.IsDegraded);
        pace.Succeeded(1, moreWanted: false);
        Assert.False(pace.IsDegraded);
    }

    [Fact]
    public void Containers_that_die_soon_after_each_start_degrade_it_although_every_start_succeeds()
    {
        var pace = new RefillPace(4, 1, _clock);
        List<double> pauses = [];
        for (var death = 0; death < 5; death++)
        {
            Assert.Equal(death > 0, StartAndDie(pace, TimeSpan.FromSeconds(1)));
            pauses.Add(pace.Pause.TotalSeconds);
        }

        Assert.Equal([0, 0.2, 0.4, 0.8, 1.6], pauses);
        Assert.True(pace.IsDegraded);
        Assert.Equal(1, pace.Concurrency(isLow: true));
        Assert.Contains("1 s after", pace.LastError?.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Early_deaths_are_forgotten_when_a_later_container_lives()
    {
        var pace = new RefillPace(4, 1, _clock);
        for (var death = 0; death < 5; death++)
            StartAndDie(pace, TimeSpan.FromSeconds(1));
        pace.Succeeded(1, moreWanted: true);
        _clock.Advance(TimeSpan.FromSeconds(9.9));
        Assert.True(pace.IsDegraded);
        _clock.Advance(TimeSpan.FromSeconds(0.1));
        Assert.False(pace.IsDegraded);
        Assert.Null(pace.LastError);
        Assert.False(StartAndDie(pace, TimeSpan.Zero));
        Assert.True(StartAndDie(pace, TimeSpan.Zero));
        Assert.Equal(TimeSpan.FromSeconds(0.2), pace.Pause);
    }

    [Fact]
    public void Containers_that_die_together_are_one_death()
    {
        var pace = new RefillPace(4, 1, _clock);
        var born = _clock.GetTimestamp();
        _clock.Advance(TimeSpan.FromSeconds(2));
        Assert.DoesNotContain(Enumerable.Range(0, 200), _ => pace.Died(born, "image:1"));
        Assert.Equal((4, TimeSpan.Zero), (pace.Concurrency(isLow: true), pace.Pause));
    }

    [Fact]
    public void A_container_that_lived_long_enough_may_die()
    {
        var pace = new RefillPace(4, 1, _clock);
        Assert.False(StartAndDie(pace, TimeSpan.FromSeconds(10)));
        Assert.Equal((4, TimeSpan.Zero), (pace.Concurrency(isLow: true), pace.Pause));
    }

    private bool StartAndDie(RefillPace pace, TimeSpan life)
    {
        _clock.Advance(TimeSpan.FromMilliseconds(1));
        pace.Succeeded(1, moreWanted: true);
        var born = _clock.GetTimestamp();
        _clock.Advance(life);
        return pace.Died(born, "image:1");
    }
}
