namespace ContainerSandbox.Engine.Optimization;

/// <summary>What an environment used since its limits changed last, of two hours at most.</summary>
/// <param name="Observed">Time covered by samples.</param>
/// <param name="Samples">Samples with figures.</param>
/// <param name="MemoryUsual">Bytes that 95 % of the stretches stayed within.</param>
/// <param name="MemoryPeak">Most bytes.</param>
/// <param name="CpuUsual">Percent of a core that 95 % of the stretches stayed within.</param>
/// <param name="CpuPeak">Most percent of a core.</param>
/// <param name="Throttled">Time that processes stood still for want of processor time, of each unit of time; several at once count each.</param>
internal sealed record UseEvidence(
    TimeSpan Observed, int Samples, long MemoryUsual, long MemoryPeak, double CpuUsual, double CpuPeak, double Throttled);
