using ContainerSandbox.Engine.Backends;

namespace ContainerSandbox.Engine.Slots;

/// <summary>Where slots come from.</summary>
internal interface ISlotSource
{
    /// <summary>Starts one container.</summary>
    /// <param name="template">What it is.</param>
    /// <param name="limits">What it may use.</param>
    /// <param name="isAwaited">True when a claim waits for it: its sessions are then opened in the background.</param>
    /// <param name="cancellationToken">Ends the start; nothing stays.</param>
    /// <exception cref="SandboxException"><see cref="SandboxErrorId.StartFailed"/>, <see cref="SandboxErrorId.StartTimedOut"/>, or what the engine said.</exception>
    Task<Slot> StartAsync(SandboxTemplate template, ResourceLimits limits, bool isAwaited, CancellationToken cancellationToken);
}
