namespace ContainerSandbox.Engine.Slots;

/// <summary>Where the slots of a pool come from.</summary>
internal interface ISlotSource
{
    /// <summary>Starts one container and makes it ready.</summary>
    /// <param name="template">What it is.</param>
    /// <param name="cancellationToken">Ends the start; nothing stays.</param>
    /// <exception cref="SandboxException"><see cref="SandboxErrorId.StartFailed"/>, <see cref="SandboxErrorId.StartTimedOut"/>, or what the engine said.</exception>
    Task<Slot> StartAsync(SandboxTemplate template, CancellationToken cancellationToken);
}
