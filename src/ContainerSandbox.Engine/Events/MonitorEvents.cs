using System.Globalization;

namespace ContainerSandbox.Engine.Events;

/// <summary>The events of a monitor.</summary>
internal static class MonitorEvents
{
    /// <summary>Monitoring began.</summary>
    public static void MonitorStarted(this EventLog log, TimeSpan interval) =>
        log.Add(SandboxEventKind.MonitorStarted, "", "", () => string.Create(CultureInfo.InvariantCulture, $"a sample every {interval.TotalSeconds:0.###} s"));

    /// <summary>Monitoring ended.</summary>
    public static void MonitorStopped(this EventLog log) => log.Add(SandboxEventKind.MonitorStopped, "", "", static () => "no more samples are taken");

    /// <summary>Monitoring cannot keep its interval, or can again.</summary>
    public static void MonitorPace(this EventLog log, bool isDegraded, TimeSpan interval) => log.Add(
        isDegraded ? SandboxEventKind.MonitorDegraded : SandboxEventKind.MonitorRecovered,
        "",
        "",
        () => string.Create(CultureInfo.InvariantCulture, $"sweeps take {(isDegraded ? "longer" : "no longer")} than the interval of {interval.TotalSeconds:0.###} s"));
}
