using System.Globalization;
using ContainerSandbox.Engine.Backends;
using ContainerSandbox.Engine.Sandboxes;

namespace ContainerSandbox.Engine.Optimization;

/// <summary>The processor limit of an environment in cores.</summary>
internal sealed class CpuSetting(SandboxParts parts) : LimitSetting(parts)
{
    public override string Name => SettingNames.Cpu;

    protected override string Read(ResourceLimits limits) => ValueText.Of(limits.Cpu);

    protected override ResourceLimits Change(ResourceLimits limits, string value) =>
        double.TryParse(value, NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var cores)
            ? limits with { Cpu = cores } : throw InvalidRecommendation.Value(Name, value, "a number of cores");
}
