using ContainerSandbox.Engine.Health.Checks;

namespace ContainerSandbox.Engine.Health;

/// <summary>All checks, in the order in which their reasons are given.</summary>
internal static class HealthChecks
{
    public static IReadOnlyList<IHealthCheck> All { get; } =
    [
        new ContainerCheck(),
        new EngineAnswerCheck(),
        new OutOfMemoryCheck(),
        new MemoryCheck(),
        new MemoryPressureCheck(),
        new ThrottlingCheck(),
        new ProcessCheck(),
        new SpaceCheck(),
        new WorkspaceSizeCheck(),
        new CommandCheck(),
        new LossCheck(),
        new ConnectionCheck(),
        new FigureCheck(),
        new PoolCheck(),
    ];

    /// <summary>The worst of what all of them find, with their reasons. What cannot be told about the container is not made up for by the rest.</summary>
    public static HealthFinding Judge(HealthView view)
    {
        var findings = All.SelectMany(check => check.Judge(view)).ToList();
        return new HealthFinding(
            view.Container.Status == HealthStatus.Unknown ? HealthStatus.Unknown : findings.Max(finding => finding.Status),
            string.Join("; ", findings.Select(finding => finding.Reason)));
    }
}
