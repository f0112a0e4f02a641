using System.Globalization;

namespace ContainerSandbox.Engine.Health;

/// <summary>From which value on a figure is not well.</summary>
/// <param name="Warning">From here on it needs attention.</param>
/// <param name="Critical">From here on it does not work; null where a figure alone never shows that.</param>
/// <param name="Margin">How far it must come down below either before that is over, so that a figure at its edge does not come and go.</param>
/// <param name="Unit">What stands behind the figures.</param>
/// <param name="IsNoisy">True where a single reading says little: it takes two in a row, where one was taken a moment before.</param>
internal sealed record HealthThreshold(double Warning, double? Critical, double Margin = 0, string Unit = " %", bool IsNoisy = false)
{
    /// <summary>The verdict on a figure, given the one before.</summary>
    public HealthStatus Judge(double value, HealthStatus before)
    {
        if (value >= Critical || (before == HealthStatus.Critical && value >= Critical - Margin))
            return HealthStatus.Critical;
        return value >= Warning || (before >= HealthStatus.Warning && value >= Warning - Margin) ? HealthStatus.Warning : HealthStatus.Healthy;
    }

    /// <summary>Says where a verdict begins and ends.</summary>
    public string Describe(HealthStatus verdict)
    {
        var (name, from) = verdict == HealthStatus.Critical ? ("critical", Critical!.Value) : ("warning", Warning);
        return Margin == 0
            ? string.Create(CultureInfo.InvariantCulture, $"{name} from {from}{Unit}")
            : string.Create(CultureInfo.InvariantCulture, $"{name} from {from}{Unit} until below {from - Margin}{Unit}");
    }
}
