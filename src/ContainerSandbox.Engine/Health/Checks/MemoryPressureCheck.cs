using System.Globalization;

namespace ContainerSandbox.Engine.Health.Checks;

/// <summary>Do processes wait for memory? The kernel tells before it ends any.</summary>
internal sealed class MemoryPressureCheck : IHealthCheck
{
    public IEnumerable<HealthFinding> Judge(HealthView view) => view.Sample?.MemoryPressurePercent is { } percent
        ? view.Judge(
            "memory pressure",
            percent,
            view.Thresholds.MemoryPressure,
            () => string.Create(CultureInfo.InvariantCulture, $"processes wait for memory {percent:0.#} % of the time"),
            "claim it again with more -Memory")
        : [];
}
