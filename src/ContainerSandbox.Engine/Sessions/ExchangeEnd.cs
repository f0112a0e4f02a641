namespace ContainerSandbox.Engine.Sessions;

/// <summary>How an exchange ended.</summary>
/// <param name="Status">The status that the session reported; null when it ended instead.</param>
/// <param name="ProcessesLeft">Processes that the command left.</param>
/// <param name="Failure">Why the session's connection ended, when it was not in order.</param>
internal sealed record ExchangeEnd(int? Status, int ProcessesLeft, Exception? Failure);
