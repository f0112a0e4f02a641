namespace ContainerSandbox.Engine.Cleanup;

/// <summary>A container that should be gone.</summary>
/// <param name="ContainerId">The engine's id of it.</param>
/// <param name="Name">Its name on the engine.</param>
/// <param name="Reason">Why it is here, or why the last attempt proved nothing.</param>
internal sealed record QuarantinedContainer(string ContainerId, string Name, string Reason);
