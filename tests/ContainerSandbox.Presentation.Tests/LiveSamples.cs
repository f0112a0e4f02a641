using System.Text.RegularExpressions;
using ContainerSandbox.Engine.Presenting;
using ContainerSandbox.Presentation.Live;

namespace ContainerSandbox.Presentation.Tests;

/// <summary>The sandbox of the report, as a live view gets it.</summary>
internal static partial class LiveSamples
{
    /// <param name="text">Stands behind each name, reason and cause.</param>
    /// <param name="agents">How many agents.</param>
    /// <param name="events">How many events.</param>
    public static LiveContent Make(string text = "", int agents = 6, int events = 5)
    {
        var report = ReportSamples.Make(text, agents);
        var recent = report.Agents.ToDictionary(agent => agent.AgentId, agent => agent.Points.TakeLast(30).ToList());
        return new LiveContent
        {
            CreatedAt = ReportSamples.Now,
            Sandbox = report.Sandbox,
            HitRate = 0.775,
            Step = TimeSpan.FromSeconds(10),
            Agents =
            [
                .. report.Environments.Select(environment => new LiveAgent
                {
                    Environment = environment,
                    Newest = recent.TryGetValue(environment.AgentId, out var points)
                        ? points[^1] with { MemoryMean = points[^1].MemoryMaximum, ProcessMean = 3 }
                        : null,
                    Recent = points ?? [],
                }),
            ],
            Events = [.. report.Events.Take(events).Reverse()],
        };
    }

    public static IReadOnlyList<string> Lines(LiveContent content, int width = 120, int height = 40, ViewState? state = null, bool hasColor = false, bool isUnicode = true) =>
        [.. Styled(content, width, height, state, hasColor, isUnicode).Select(line => Style().Replace(line, ""))];

    public static IReadOnlyList<string> Styled(
        LiveContent content, int width, int height = 40, ViewState? state = null, bool hasColor = false, bool isUnicode = true) =>
        Frame.Lines(LiveScreen.Make(content, state ?? new ViewState(), new ScreenSize(width, height), isUnicode), width, hasColor);

    [GeneratedRegex(@"\u001b\[[0-9;]*m")]
    private static partial Regex Style();
}
