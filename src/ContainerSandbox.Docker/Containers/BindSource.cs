namespace ContainerSandbox.Docker.Containers;

/// <summary>Tells an engine that does not have a folder which is to be bound from other failures.</summary>
internal static class BindSource
{
    private static readonly string[] Absences = ["bind source path does not exist", "no such file or directory"];

    /// <summary>True when a folder of the container is not on the engine's machine.</summary>
    public static bool IsMissing(ContainerSpec spec, Exception failure) =>
        failure is SandboxException { ErrorId: SandboxErrorId.EngineError } e
        && spec.BindMounts.Any(mount => e.Message.Contains(mount.Source, StringComparison.Ordinal))
        && Absences.Any(absence => e.Message.Contains(absence, StringComparison.OrdinalIgnoreCase));

    /// <summary>Says so, with the remedy.</summary>
    public static SandboxException Missing(ContainerSpec spec, string endpoint, Exception? failure) => new(
        SandboxErrorId.WorkspaceNotShared,
        SandboxErrorCategory.ResourceUnavailable,
        $"The engine at {endpoint} does not have the folder '{spec.BindMounts[0].Source}'. A workspace must be on the engine's own machine: use an engine on this one, or leave -Workspace out. {failure?.Message}".TrimEnd(),
        spec.BindMounts[0].Source,
        failure);
}
