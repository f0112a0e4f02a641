using ContainerSandbox.Engine.Pools;
using CsCheck;

namespace ContainerSandbox.Engine.Tests.Pools;

/// <summary>Whatever several pools ask of a lane, and in whatever order.</summary>
public sealed class StartLanePropertyTests
{
    [Fact]
    public void Never_more_run_than_the_width_of_the_last_who_entered_and_whoever_waits_gets_a_place() =>
        Gen.Select(Gen.Int[0, 4], Gen.Int[1, 3], Gen.Bool).Array[0, 60].Sample(steps =>
        {
            var lane = new StartLane();
            var running = 0;
            var asked = new Queue<int>();
            var granted = new List<int>();
            var callbacks = Enumerable.Range(0, 5).Select(pool => (Action<StartLane>)(_ =>
            {
                granted.Add(pool);
                running++;
            })).ToArray();
            foreach (var (pool, width, isLeaving) in steps)
            {
                if (isLeaving && running > 0)
                {
                    running--;
                    lane.Leave();
                }
                else if (lane.TryEnter(callbacks[pool], width))
                {
                    Assert.Empty(asked.Skip(granted.Count));
                    running++;
                    Assert.True(running <= width, $"{running} run where {width} may");
                }
                else if (!asked.Skip(granted.Count).Contains(pool))
                {
                    asked.Enqueue(pool);
                }
            }

            while (running > 0)
            {
                running--;
                lane.Leave();
            }

            Assert.Equal(asked, granted);
        });
}
