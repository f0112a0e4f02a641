namespace ContainerSandbox.Engine.Backends;

/// <summary>What an engine says of itself and its machine that matters to nobody but who looks for a fault.</summary>
/// <param name="Time">Its clock when it answered; null when it does not say.</param>
/// <param name="Machine">Name of its machine; empty when it does not say.</param>
/// <param name="DataFolder">Where it keeps images and containers, on its own machine; empty when it does not say.</param>
/// <param name="Warnings">What it finds wrong itself.</param>
/// <param name="IsOpenToNetwork">True when it is reached without encryption over a network.</param>
public sealed record BackendFacts(DateTimeOffset? Time, string Machine, string DataFolder, IReadOnlyList<string> Warnings, bool IsOpenToNetwork);
