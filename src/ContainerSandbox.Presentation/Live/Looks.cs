using Spectre.Console;

namespace ContainerSandbox.Presentation.Live;

/// <summary>Styles. Only health and state have colours, and their words say the same.</summary>
internal static class Looks
{
    public static readonly Style Plain = Style.Plain;
    public static readonly Style Heading = new(decoration: Decoration.Bold);
    public static readonly Style Good = new(Color.Green);
    public static readonly Style Doubtful = new(Color.Olive);
    public static readonly Style Bad = new(Color.Red, decoration: Decoration.Bold);

    public static Style Of(HealthStatus health) => health switch
    {
        HealthStatus.Healthy => Good,
        HealthStatus.Warning => Doubtful,
        HealthStatus.Critical => Bad,
        _ => Plain,
    };

    public static Style Of(AgentEnvironmentState state) => state switch
    {
        AgentEnvironmentState.Running => Plain,
        AgentEnvironmentState.Lost => Bad,
        _ => Doubtful,
    };

    public static Style Of(SandboxState state) => state switch
    {
        SandboxState.Ready => Good,
        SandboxState.Degraded => Doubtful,
        _ => Bad,
    };

    public static Style Of(MonitorState state) => state == MonitorState.Running ? Good : Doubtful;
}
