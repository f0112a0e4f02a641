using System.Globalization;

namespace ContainerSandbox.Engine.Health.Checks;

/// <summary>Are there nearly as many processes and threads as there may be? At the limit nothing starts any more.</summary>
internal sealed class ProcessCheck : IHealthCheck
{
    public IEnumerable<HealthFinding> Judge(HealthView view)
    {
        if (view.Sample?.ProcessCount is not { } count || view.Limits.PidsLimit <= 0)
            return [];
        var percent = 100.0 * count / view.Limits.PidsLimit;
        return view.Judge(
            "processes",
            percent,
            view.Thresholds.Processes,
            () => string.Create(CultureInfo.InvariantCulture, $"{count} of {view.Limits.PidsLimit} processes and threads, {percent:0.#} %"),
            "end some (Invoke-AgentCommand with 'ps' shows them), or claim it again with a higher -PidsLimit");
    }
}
