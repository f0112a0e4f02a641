namespace ContainerSandbox.Docker.Tests.Contract;

/// <summary>A container as its engine describes it.</summary>
/// <param name="User">User of its main process.</param>
/// <param name="Arguments">Program and arguments of its main process.</param>
/// <param name="VolumeMounts">Mounts of it that are not file systems in memory.</param>
/// <param name="HasHealthCheck">True when the engine checks it.</param>
/// <param name="KeepsLog">True when the engine keeps what it writes.</param>
/// <param name="StopSignal">The signal that stops it.</param>
public sealed record ContainerView(
    string User, IReadOnlyList<string> Arguments, int VolumeMounts, bool HasHealthCheck, bool KeepsLog, string StopSignal);
