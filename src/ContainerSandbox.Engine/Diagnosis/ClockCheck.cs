using System.Globalization;
using ContainerSandbox.Engine.Backends;

namespace ContainerSandbox.Engine.Diagnosis;

/// <summary>Do the clocks here and at the engine show the same? Ages of leftovers are read off labels.</summary>
internal static class ClockCheck
{
    private const string Name = "Clock";
    private static readonly TimeSpan Bearable = TimeSpan.FromSeconds(30);

    /// <summary>Compares: the engine's clock was read at some time between asking and hearing.</summary>
    public static EngineCheck Run(BackendFacts facts, DateTimeOffset asked, DateTimeOffset heard)
    {
        if (facts.Time is not { } there)
            return Findings.Unknown(Name, "The engine does not say what time it is.");
        var ahead = there < asked ? there - asked : there > heard ? there - heard : TimeSpan.Zero;
        if (ahead.Duration() <= Bearable)
            return Findings.Passed(Name, "The engine's clock shows the same time as the one here.");
        var seconds = ahead.Duration().TotalSeconds.ToString("0", CultureInfo.InvariantCulture);
        return Findings.Warning(
            Name, $"The engine's clock is {seconds} s {(ahead > TimeSpan.Zero ? "ahead of" : "behind")} the one here.",
            "sudo timedatectl set-ntp true   # on both machines");
    }
}
