using System.Globalization;

namespace ContainerSandbox.Engine.Health.Checks;

/// <summary>Do processes stand still because their share of the processor is used up?</summary>
internal sealed class ThrottlingCheck : IHealthCheck
{
    public IEnumerable<HealthFinding> Judge(HealthView view) => view.Sample?.ThrottledPercent is { } percent
        ? view.Judge(
            "throttling",
            percent,
            view.Thresholds.Throttled,
            () => string.Create(CultureInfo.InvariantCulture, $"its {view.Limits.Cpu:0.##} processors were used up in {percent:0.#} % of the periods"),
            "claim it again with more -Cpu, or let it run fewer processes at once")
        : [];
}
