namespace ContainerSandbox.Engine.Trends;

/// <summary>What an environment may use; null where that is unknown or not limited.</summary>
/// <param name="CpuPercent">Processor use in percent; 100 is one core.</param>
/// <param name="Processes">Number of processes.</param>
internal sealed record TrendLimits(double? CpuPercent, double? Processes)
{
    public double? Of(ResourceFigure figure, ResourceHistoryPoint newest) => figure switch
    {
        ResourceFigure.Memory => newest.MemoryLimit,
        ResourceFigure.Cpu => CpuPercent,
        ResourceFigure.Processes => Processes,
        _ => null,
    };
}
