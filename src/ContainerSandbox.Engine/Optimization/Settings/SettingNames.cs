namespace ContainerSandbox.Engine.Optimization;

/// <summary>The names of what can be changed, as recommendations have them.</summary>
internal static class SettingNames
{
    public const string WarmupContainers = nameof(StartupOptimization.WarmupContainers);
    public const string PreloadBaseImages = nameof(StartupOptimization.PreloadBaseImages);
    public const string Memory = nameof(PoolChange.Memory);
    public const string Cpu = nameof(PoolChange.Cpu);
    public const string Environment = nameof(Environment);
}
