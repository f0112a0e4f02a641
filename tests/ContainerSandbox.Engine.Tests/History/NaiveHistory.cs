using ContainerSandbox.Engine.History;

namespace ContainerSandbox.Engine.Tests.History;

/// <summary>A history that keeps everything and computes when asked.</summary>
internal sealed class NaiveHistory
{
    private readonly List<(long At, long Offset, ResourceSample Sample)> _samples = [];

    public int Count => _samples.Count;

    /// <param name="at">Ticks that passed, counted from 1970 as if nobody set the clock.</param>
    /// <param name="offset">What the clock shows beyond that, in ticks.</param>
    /// <param name="sample">The sample.</param>
    public void Add(long at, long offset, ResourceSample sample) => _samples.Add((at, offset, sample));

    public List<ResourceHistoryPoint> Points(HistoryResolution resolution)
    {
        if (resolution == HistoryResolution.Raw)
            return [.. _samples.Select(entry => Point(entry.Sample.Timestamp, TimeSpan.Zero, [entry.Sample]))];
        var length = Tiers.Length(resolution);
        return
        [
            .. _samples.GroupBy(entry => entry.At / length.Ticks).Select(group => Point(
                DateTimeOffset.UnixEpoch.AddTicks((group.Key * length.Ticks) + group.First().Offset), length, [.. group.Select(entry => entry.Sample)])),
        ];
    }

    private static ResourceHistoryPoint Point(DateTimeOffset begin, TimeSpan length, IReadOnlyList<ResourceSample> samples)
    {
        var memory = Values(samples, sample => sample.MemoryUsage);
        var cpu = Values(samples, sample => (decimal?)sample.CpuPercent);
        var processes = Values(samples, sample => sample.ProcessCount);
        return new ResourceHistoryPoint
        {
            AgentId = samples[0].AgentId,
            SandboxId = samples[0].SandboxId,
            EnvironmentId = samples[0].EnvironmentId,
            Timestamp = begin,
            Resolution = length,
            Samples = samples.Count,
            Gaps = samples.Count(sample => sample.GapReason.Length > 0),
            MemoryMinimum = (long?)memory?.Min(),
            MemoryMean = memory is null ? null : (long)Math.Round(memory.Average(), MidpointRounding.AwayFromZero),
            MemoryMaximum = (long?)memory?.Max(),
            CpuMinimum = (double?)cpu?.Min(),
            CpuMean = cpu is null ? null : (double)Math.Round(cpu.Average(), 3, MidpointRounding.AwayFromZero),
            CpuMaximum = (double?)cpu?.Max(),
            ProcessMinimum = (int?)processes?.Min(),
            ProcessMean = processes is null ? null : (double)Math.Round(processes.Average(), 2, MidpointRounding.AwayFromZero),
            ProcessMaximum = (int?)processes?.Max(),
            MemoryLimit = samples.LastOrDefault(sample => sample.MemoryLimit is not null)?.MemoryLimit,
            ThrottledTime = samples.LastOrDefault(sample => sample.ThrottledTime is not null)?.ThrottledTime,
            DiskReadBytes = samples.LastOrDefault(sample => sample.DiskReadBytes is not null)?.DiskReadBytes,
            DiskWriteBytes = samples.LastOrDefault(sample => sample.DiskWriteBytes is not null)?.DiskWriteBytes,
            NetworkReceivedBytes = samples.LastOrDefault(sample => sample.NetworkReceivedBytes is not null)?.NetworkReceivedBytes,
            NetworkSentBytes = samples.LastOrDefault(sample => sample.NetworkSentBytes is not null)?.NetworkSentBytes,
            GapReason = samples.LastOrDefault(sample => sample.GapReason.Length > 0)?.GapReason ?? "",
        };
    }

    private static List<decimal>? Values(IReadOnlyList<ResourceSample> samples, Func<ResourceSample, decimal?> figure)
    {
        var values = samples.Select(figure).OfType<decimal>().ToList();
        return values.Count == 0 ? null : values;
    }
}
