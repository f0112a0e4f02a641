using ContainerSandbox.Engine.Backends;
using ContainerSandbox.Engine.Slots;

namespace ContainerSandbox.Engine.Environments;

/// <summary>What a claim came to: whether its pool may serve it, and what is started where that does not.</summary>
/// <param name="Template">What a start of its own would make.</param>
/// <param name="Image">The image of that.</param>
/// <param name="Miss">Why the pool may not serve it; null when it may.</param>
internal sealed record ClaimOrder(SandboxTemplate Template, BackendImage Image, SandboxPoolMiss? Miss);
