using System.Globalization;

namespace ContainerSandbox.Engine.Health.Checks;

/// <summary>Do many commands fail for a reason that is not their own, or run into their timeout?</summary>
internal sealed class CommandCheck : IHealthCheck
{
    public IEnumerable<HealthFinding> Judge(HealthView view)
    {
        var counts = view.Commands;
        if (counts.All < view.Thresholds.LeastCommands)
            return [];
        var errors = 100.0 * counts.Failed / counts.All;
        var timeouts = 100.0 * counts.TimedOut / counts.All;
        return view.Judge(
            "errors",
            errors,
            view.Thresholds.Errors,
            () => Say(counts.Failed, counts.All, errors, "ended without a result or out of memory"),
            "see Get-SandboxEvent -Kind CommandFailed, OutOfMemory").Concat(view.Judge(
            "timeouts",
            timeouts,
            view.Thresholds.Timeouts,
            () => Say(counts.TimedOut, counts.All, timeouts, "were ended by their timeout"),
            "give them more -TimeoutSeconds, or see whether throttling or memory slow them down"));
    }

    private static string Say(int some, int all, double percent, string what) => string.Create(
        CultureInfo.InvariantCulture, $"{some} of {all} commands in five minutes {what}, {percent:0.#} %");
}
