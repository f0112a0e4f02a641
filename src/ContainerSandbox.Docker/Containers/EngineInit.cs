namespace ContainerSandbox.Docker.Containers;

/// <summary>Tells an engine without an init binary from other failures: it is found out only when a container starts.</summary>
internal static class EngineInit
{
    private static readonly string[] Names = ["docker-init", "container-init", "catatonit", "tini"];
    private static readonly string[] Absences = ["not found", "no such file"];

    /// <summary>True when the engine had no program to run as process 1.</summary>
    public static bool IsMissing(Exception failure) =>
        failure is SandboxException { ErrorId: SandboxErrorId.EngineError } e
        && Names.Any(name => e.Message.Contains(name, StringComparison.OrdinalIgnoreCase))
        && Absences.Any(absence => e.Message.Contains(absence, StringComparison.OrdinalIgnoreCase));

    /// <summary>Says so, with the remedy.</summary>
    public static SandboxException Missing(string endpoint, Exception failure) => new(
        SandboxErrorId.EngineHasNoInit,
        SandboxErrorCategory.ResourceUnavailable,
        $"The engine at {endpoint} has no init program, which ends a container's processes properly. Install it on the engine's machine (Docker: the package `tini` or `docker-init`; Podman: `catatonit`), or name one with `init-path` in the engine's configuration. {failure.Message}",
        endpoint,
        failure);
}
