using ContainerSandbox.Engine.Backends;

namespace ContainerSandbox.Engine.Monitoring;

/// <summary>A reading, and what two of them tell.</summary>
/// <param name="Reading">The newest.</param>
/// <param name="Source">Where it comes from.</param>
/// <param name="CpuPercent">Processor use since the one before in percent of one core; null for the first.</param>
/// <param name="ThrottledPercent">Share of the periods since then that were throttled in percent; null for the first.</param>
internal sealed record ResourceUse(ResourceReading Reading, SampleSource Source, double? CpuPercent, double? ThrottledPercent);
