using ContainerSandbox.Engine.Watching;
using CsCheck;

namespace ContainerSandbox.Engine.Tests.Watching;

/// <summary>When something happened is known although the engine's clock is another and its word comes late.</summary>
public sealed class EngineClockTests
{
    private static readonly TimeSpan Prompt = TimeSpan.FromMilliseconds(5);

    [Fact]
    public void Whatever_the_clocks_show_an_event_is_dated_no_earlier_than_it_happened_and_later_by_no_more_than_the_fastest_took() =>
        Gen.Select(Gen.Int[-100_000_000, 100_000_000], Gen.Int[0, 5_000].Array[1, 60]).Sample((skew, latencies) =>
        {
            var time = new TestClock();
            var clock = new EngineClock(time);
            var heard = new List<int>();
            foreach (var latency in latencies)
            {
                time.Advance(TimeSpan.FromSeconds(1));
                var happened = clock.Now;
                var at = time.GetUtcNow() + TimeSpan.FromMilliseconds(skew);
                time.Advance(TimeSpan.FromMilliseconds(latency));
                heard.Add(latency);
                var dated = clock.Heard(at);
                Assert.InRange(dated, happened, happened + TimeSpan.FromMilliseconds(heard.TakeLast(32).Min()));
            }
        });

    [Theory]
    [InlineData(-86_400)]
    [InlineData(-3_600)]
    [InlineData(3_600)]
    [InlineData(86_400)]
    public void A_clock_that_is_set_does_not_move_what_happens_afterwards_into_the_past(int seconds)
    {
        var time = new TestClock();
        var clock = new EngineClock(time);
        clock.Heard(time.GetUtcNow());
        time.Jump(TimeSpan.FromSeconds(seconds));
        time.Advance(Prompt);
        var happened = clock.Now;
        var at = time.GetUtcNow();
        time.Advance(Prompt);
        Assert.InRange(clock.Heard(at), happened, happened + Prompt);
    }

    [Fact]
    public void Clocks_that_drift_apart_are_compared_anew()
    {
        var time = new TestClock();
        var clock = new EngineClock(time);
        clock.Heard(time.GetUtcNow());
        time.Advance(TimeSpan.FromHours(8));
        time.Jump(TimeSpan.FromSeconds(-30));
        Assert.Equal(clock.Now, clock.Heard(time.GetUtcNow()));
    }
}
