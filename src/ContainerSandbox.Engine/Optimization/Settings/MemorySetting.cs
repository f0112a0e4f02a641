using System.Globalization;
using ContainerSandbox.Engine.Backends;
using ContainerSandbox.Engine.Sandboxes;

namespace ContainerSandbox.Engine.Optimization;

/// <summary>The memory limit of an environment in bytes.</summary>
internal sealed class MemorySetting(SandboxParts parts) : LimitSetting(parts)
{
    public override string Name => SettingNames.Memory;

    protected override string Read(ResourceLimits limits) => ValueText.Of(limits.Memory);

    protected override ResourceLimits Change(ResourceLimits limits, string value) =>
        long.TryParse(value, NumberStyles.None, CultureInfo.InvariantCulture, out var memory)
            ? limits with { Memory = memory } : throw InvalidRecommendation.Value(Name, value, "a number of bytes");
}
