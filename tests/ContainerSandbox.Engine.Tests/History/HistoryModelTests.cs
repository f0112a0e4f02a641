using ContainerSandbox.Engine.History;
using CsCheck;
using static ContainerSandbox.Engine.Tests.History.HistorySamples;

namespace ContainerSandbox.Engine.Tests.History;

/// <summary>Whatever comes at whatever pace, a history shows the newest part of what one that forgets nothing shows.</summary>
public sealed class HistoryModelTests
{
    private static readonly string[] Reasons = ["", "", "", "the engine did not answer", "the files are gone"];

    private static readonly Gen<ResourceSample> Samples = Gen.Select(
        Gen.Long[0, 1L << 40].Nullable(), Gen.Int[0, 400_000].Nullable(), Gen.Int[0, 9].Nullable(), Gen.Long[0, 1L << 50].Nullable(),
        Gen.Int[0, 4].Select(index => Reasons[index])).Select((memory, cpu, processes, counter, reason) =>
            Sample(default) with
            {
                MemoryUsage = reason.Length > 0 ? null : memory,
                MemoryLimit = reason.Length > 0 ? null : 1L << 40,
                CpuPercent = reason.Length > 0 ? null : cpu / 1000.0,
                ProcessCount = reason.Length > 0 ? null : processes ?? 1,
                ThrottledTime = reason.Length > 0 ? null : TimeSpan.FromTicks(counter ?? 0),
                DiskReadBytes = reason.Length > 0 ? null : counter,
                DiskWriteBytes = null,
                GapReason = reason,
            });

    // Mostly a steady pace; now and then a pause, and somebody who sets the clock.
    private static readonly Gen<(int Pace, int Repeat, int Jump, ResourceSample Sample)> Steps = Gen.Select(
        Gen.OneOf(Gen.Int[50, 3000], Gen.Int[1000, 1000], Gen.Int[1000, 3_000_000]),
        Gen.Frequency((8, Gen.Int[1, 10]), (2, Gen.Int[1, 300])),
        Gen.Frequency((9, Gen.Const(0)), (1, Gen.Int[-90_000, 90_000])),
        Samples);

    [Fact]
    public void Every_resolution_is_the_newest_part_of_everything() => Steps.Array[1, 60].Sample(
        steps =>
        {
            var (clock, naive) = (new TestClock(), new NaiveHistory());
            var history = new ResourceHistory(clock);
            var jumped = 0L;
            foreach (var (pace, repeat, jump, sample) in steps)
            {
                // What differs by less than a second is no clock that somebody set.
                if (Math.Abs(jump) > 1000)
                    clock.Jump(TimeSpan.FromMilliseconds(jump));
                jumped += Math.Abs(jump) > 1000 ? jump * TimeSpan.TicksPerMillisecond : 0;
                for (var time = 0; time < repeat; time++)
                {
                    clock.Advance(TimeSpan.FromMilliseconds(pace));
                    var taken = sample with { Timestamp = clock.GetUtcNow() };
                    history.Add(taken);
                    naive.Add(clock.GetTimestamp() - DateTimeOffset.UnixEpoch.Ticks, jumped, taken);
                }
            }

            foreach (var resolution in Enum.GetValues<HistoryResolution>())
            {
                var everything = naive.Points(resolution);
                var kept = history.Read("AGENT", new HistoryRequest { Resolution = resolution });
                Assert.InRange(kept.Count, Math.Min(everything.Count, Tiers.Least(resolution)), everything.Count);
                Assert.Equal(everything[^kept.Count..], kept.Select(reading => reading.Point));
                Assert.Equal(kept.OrderBy(reading => reading.At), kept);
            }

            Assert.InRange(history.Bytes, 1, Tiers.MaximumBytes);
        },
        iter: 60);

    [Fact]
    public void A_request_gets_its_part_and_no_more() => Gen.Select(
        Gen.Int[1, 4000], Gen.Int[1, 20_000], Gen.Int[1, 200_000], Gen.Int[1, 2000].Nullable()).Sample(
        (count, pace, last, newest) =>
        {
            var clock = new TestClock();
            var history = new ResourceHistory(clock);
            var begin = clock.GetUtcNow();
            for (var sample = 0; sample < count; sample++)
            {
                clock.Advance(TimeSpan.FromMilliseconds(pace));
                history.Add(Sample(clock.GetUtcNow()));
            }

            var from = clock.GetUtcNow() - TimeSpan.FromSeconds(last);
            var byDuration = history.Read("agent", new HistoryRequest { Last = TimeSpan.FromSeconds(last), Newest = newest });
            var byDate = history.Read("agent", new HistoryRequest { Since = from, Newest = newest });

            Assert.Equal(byDate, byDuration);
            Assert.InRange(byDuration.Count, 0, newest ?? int.MaxValue);
            Assert.All(byDuration, reading => Assert.True(reading.Point.Timestamp + reading.Point.Resolution >= from));

            // Nothing of the part is missing, as long as seven days are longer ago than it.
            var wanted = Math.Min(count, (int)(((long)last * 1000) / pace) + 1);
            if (newest is null)
                Assert.InRange(byDuration.Sum(reading => reading.Point.Samples), wanted, count);
        },
        iter: 60);
}
