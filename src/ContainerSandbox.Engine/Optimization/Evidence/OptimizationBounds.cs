namespace ContainerSandbox.Engine.Optimization;

/// <summary>What no recommendation goes beyond.</summary>
/// <param name="MaximumWarmupContainers">Containers that a pool keeps ready.</param>
/// <param name="MaximumMemory">Memory limit of an environment in bytes.</param>
/// <param name="MaximumCpu">Processor limit of an environment in cores.</param>
internal sealed record OptimizationBounds(int MaximumWarmupContainers, long MaximumMemory, double MaximumCpu)
{
    private const int LeastMaximum = 16;

    /// <summary>Those that the engine's machine suggests: four containers for each core, half of its memory, all of its cores.</summary>
    public static OptimizationBounds Of(EngineInfo engine) => new(
        Math.Max(LeastMaximum, 4 * engine.ProcessorCount),
        engine.TotalMemory > 0 ? engine.TotalMemory / 2 : long.MaxValue,
        Math.Max(engine.ProcessorCount, 1));
}
