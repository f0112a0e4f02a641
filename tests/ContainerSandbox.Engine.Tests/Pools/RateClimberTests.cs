using ContainerSandbox.Engine.Pools;

namespace ContainerSandbox.Engine.Tests.Pools;

/// <summary>On an engine of any kind it comes near to the concurrency that starts the most.</summary>
public sealed class RateClimberTests
{
    private readonly TestClock _clock = new();

    [Theory]
    [InlineData(1, 8, 1)]
    [InlineData(1, 8, 3)]
    [InlineData(1, 8, 8)]
    [InlineData(8, 8, 3)]
    [InlineData(8, 8, 8)]
    [InlineData(4, 16, 6)]
    public void It_stays_within_one_of_what_the_engine_can_do(int start, int most, int cores)
    {
        var climber = new RateClimber(start, most, _clock);
        Work(climber, 500, width => Math.Min(width, cores));
        List<int> widths = [];
        for (var turn = 0; turn < 500; turn++)
        {
            Work(climber, 1, width => Math.Min(width, cores));
            widths.Add(climber.Width);
        }

        Assert.InRange(widths.Average(), cores - 1, cores + 1);
        Assert.All(widths, width => Assert.InRange(width, Math.Max(1, cores - 1), Math.Min(most, cores + 1)));
    }

    [Fact]
    public void It_follows_an_engine_that_gets_slower_and_faster_again()
    {
        var climber = new RateClimber(2, 8, _clock);
        Work(climber, 500, width => Math.Min(width, 6));
        Assert.InRange(climber.Width, 5, 7);
        Work(climber, 1000, width => width > 2 ? 1 : width);
        Assert.InRange(climber.Width, 1, 3);
        Work(climber, 1000, width => Math.Min(width, 6));
        Assert.InRange(climber.Width, 5, 7);
    }

    [Fact]
    public void Whatever_the_rates_it_keeps_its_bounds()
    {
        var climber = new RateClimber(3, 5, _clock);
        var random = new Random(1);
        for (var turn = 0; turn < 5000; turn++)
        {
            Work(climber, 1, _ => 0.1 + random.NextDouble());
            Assert.InRange(climber.Width, 1, 5);
        }
    }

    [Fact]
    public void Time_in_which_nothing_more_was_wanted_says_nothing()
    {
        var climber = new RateClimber(1, 8, _clock);
        for (var turn = 0; turn < 500; turn++)
        {
            Work(climber, 3, width => width);
            climber.Finished(busy: false);
            _clock.Advance(TimeSpan.FromHours(1));
        }

        Assert.Equal(1, climber.Width);
    }

    [Fact]
    public void Where_one_is_the_most_it_is_one()
    {
        var climber = new RateClimber(1, 1, _clock);
        Work(climber, 200, _ => 1);
        Assert.Equal(1, climber.Width);
    }

    private void Work(RateClimber climber, int starts, Func<int, double> rate)
    {
        for (var start = 0; start < starts; start++)
        {
            _clock.Advance(TimeSpan.FromSeconds(1 / rate(climber.Width)));
            climber.Finished(busy: true);
        }
    }
}
