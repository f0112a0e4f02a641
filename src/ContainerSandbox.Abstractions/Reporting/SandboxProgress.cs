namespace ContainerSandbox;

/// <summary>How far a long piece of work is.</summary>
/// <param name="Activity">The work, for example <c>Filling the pool</c>.</param>
/// <param name="Status">Where it is, for example <c>3 of 5 containers</c>.</param>
/// <param name="PercentComplete">0 to 100, or -1 when that cannot be told.</param>
public sealed record SandboxProgress(string Activity, string Status, int PercentComplete);
