using ContainerSandbox.Engine.Backends;
using ContainerSandbox.Engine.Pools;
using ContainerSandbox.Engine.Slots;

namespace ContainerSandbox.Engine.Environments;

/// <summary>What a claim came to: the pool that is asked, and what is started where that does not serve.</summary>
/// <param name="Pool">The pool of its specialization, else the default one.</param>
/// <param name="Template">What a start of its own would make.</param>
/// <param name="Image">The image of that.</param>
/// <param name="Limits">What it may use.</param>
/// <param name="Miss">Why the pool may not serve it; null when it may.</param>
internal sealed record ClaimOrder(
    SandboxPool Pool, SandboxTemplate Template, BackendImage Image, ResourceLimits Limits, SandboxPoolMiss? Miss);
