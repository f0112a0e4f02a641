namespace ContainerSandbox.Engine.Health.Checks;

/// <summary>Did the kernel end processes because the memory was used up, since the last check or within the last minute?</summary>
internal sealed class OutOfMemoryCheck : IHealthCheck
{
    private const string Next = "see Get-SandboxEvent -Kind OutOfMemory, and claim it again with more -Memory";

    public IEnumerable<HealthFinding> Judge(HealthView view)
    {
        var threshold = view.Thresholds.OutOfMemory;
        var lately = threshold.Judge(view.OutOfMemoryLately, HealthStatus.Healthy);
        if (lately > HealthStatus.Healthy)
            yield return new HealthFinding(lately, $"memory was used up {Times(view.OutOfMemoryLately)} within the last minute ({threshold.Describe(lately)}): {Next}");
        else if (view.OutOfMemorySinceLast > 0)
            yield return new HealthFinding(HealthStatus.Warning, $"memory was used up {Times(view.OutOfMemorySinceLast)} since the last check (warning from 1): {Next}");
    }

    private static string Times(long count) => count == 1 ? "once" : $"{count} times";
}
