namespace ContainerSandbox.Engine.Commands;

/// <summary>How a command ended.</summary>
/// <param name="ExitCode">Its exit code.</param>
/// <param name="ProcessesLeft">Processes that it left; null when its session is used up.</param>
/// <param name="TimedOut">True when it was ended.</param>
internal sealed record CommandOutcome(int ExitCode, int? ProcessesLeft, bool TimedOut);
